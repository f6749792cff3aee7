/** PascalCase of a name as people write names: `roomId`, `NAME_TAKEN`, `chat-line`. */
export function toPascal(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => (/^[A-Z0-9]+$/.test(word) && word.length > 1 ? word.toLowerCase() : word))
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
}

/** camelCase of the same. */
export function toCamel(name: string): string {
  const pascal = toPascal(name)
  return pascal.charAt(0).toLowerCase() + pascal.slice(1)
}

/** The name of something within something else: `admin` and `users` are `adminUsers`. */
export function joinNames(prefix: string, name: string): string {
  return prefix === '' ? name : prefix + name.charAt(0).toUpperCase() + name.slice(1)
}

/** The type name of a schema's `$id`: of the last segment, without an extension, when it is an address. */
export function idToTypeName(id: string): string {
  const last =
    id
      .replace(/[#?].*$/, '')
      .replace(/\/+$/, '')
      .split('/')
      .at(-1) ?? id
  const name = toPascal(last.replace(/\.(schema\.)?json$/, '') || id)
  return /^[0-9]/.test(name) ? `_${name}` : name
}

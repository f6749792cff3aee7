const maxNameLength = 64

/** `1 item`, `2 items`. */
export function count(number: unknown, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`
}

/** A property's name in quotes, cut where it is long. */
export function nameOf(key: string): string {
  const short = key.length > maxNameLength ? `${key.slice(0, maxNameLength)}…` : key
  return `'${short}'`
}

const types: Readonly<Record<string, string>> = {
  array: 'an array',
  boolean: 'a boolean',
  integer: 'an integer',
  null: 'null',
  number: 'a number',
  object: 'an object',
  string: 'a string',
}

/** `a string or null`. */
export function typeWords(type: unknown): string {
  const names = Array.isArray(type) ? type : [type]
  return joinWords(names.map((name) => types[String(name)] ?? String(name)))
}

const maxListed = 10

/** The values that a schema allows: they are the schema's own and no secret. */
export function valueWords(values: readonly unknown[]): string {
  const shown = values.slice(0, maxListed).map((value) => JSON.stringify(value) ?? 'undefined')
  return values.length > maxListed
    ? `${shown.join(', ')} or one of ${values.length - maxListed} more`
    : joinWords(shown)
}

function joinWords(words: readonly string[]): string {
  const last = words.at(-1) ?? 'nothing'
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`
}

/** Shared by all requests that bring none. */
const none: Readonly<Record<string, never>> = Object.freeze(Object.create(null))

/** The query of a URL by name; a name that comes several times has all its values. */
export function parseQuery(search: string): Readonly<Record<string, string | readonly string[]>> {
  if (search === '') return none
  const values: Record<string, string | string[]> = Object.create(null)
  for (const [name, value] of new URLSearchParams(search)) {
    const known = values[name]
    if (known === undefined) values[name] = value
    else if (typeof known === 'string') values[name] = [known, value]
    else known.push(value)
  }
  return values
}

/** The cookies of a `Cookie` header (RFC 6265, section 5.4); the first of a name wins. */
export function parseCookies(header: string | undefined): Readonly<Record<string, string>> {
  if (header === undefined) return none
  const cookies: Record<string, string> = Object.create(null)
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=')
    const name = pair.slice(0, at).trim()
    if (at > 0 && !(name in cookies)) cookies[name] = decodeCookie(pair.slice(at + 1).trim())
  }
  return cookies
}

function decodeCookie(value: string): string {
  const bare = /^".*"$/.test(value) ? value.slice(1, -1) : value
  try {
    return decodeURIComponent(bare)
  } catch {
    return bare
  }
}

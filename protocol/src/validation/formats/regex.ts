/** A regular expression of ECMA-262, section 22.2.1, as Unicode (JSON Schema 2020-12 core, section 6.4). */
export function isRegex(text: string): boolean {
  try {
    new RegExp(text, 'u')
    return true
  } catch {
    return false
  }
}

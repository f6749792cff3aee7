const name = '(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2})+'
const variable = `${name}(?:\\.${name})*(?::[1-9]\\d{0,3}|\\*)?`
const expression = `\\{[+#./;?&=,!@|]?${variable}(?:,${variable})*\\}`
const literal = '[^\\u0000-\\u0020"%<>\\\\^`{|}\\u007f-\\u009f\\ud800-\\udfff]|%[0-9A-Fa-f]{2}'
const pattern = new RegExp(`^(?:${literal}|${expression})*$`, 'u')

/** A URI template (RFC 6570, section 2, with erratum 6937), operators reserved for the future included. */
export function isUriTemplate(text: string): boolean {
  return pattern.test(text)
}

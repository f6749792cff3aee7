/** A JSON Pointer in its string form (RFC 6901, sections 3 and 5). */
export function isJsonPointer(text: string): boolean {
  return /^(?:\/(?:[^~/]|~[01])*)*$/u.test(text)
}

/** A relative JSON Pointer (draft-bhutton-relative-json-pointer-00, section 3). */
export function isRelativeJsonPointer(text: string): boolean {
  const match = /^(?:0|[1-9]\d*)(?:[+-][1-9]\d*)?/.exec(text)
  if (match === null) return false
  const rest = text.slice(match[0].length)
  return rest === '#' || isJsonPointer(rest)
}

/** Whether a text is a token (RFC 9110, section 5.6.2), as the names of headers, cookies and subprotocols are. */
export function isToken(text: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(text)
}

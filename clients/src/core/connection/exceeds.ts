/** Whether the message is longer than `maxBytes`; in UTF-8 one unit of UTF-16 takes one to three bytes. */
export function exceeds(message: string | Uint8Array, maxBytes: number): boolean {
  if (message.length * 3 <= maxBytes) return false
  const { length } = typeof message === 'string' ? new TextEncoder().encode(message) : message
  return length > maxBytes
}

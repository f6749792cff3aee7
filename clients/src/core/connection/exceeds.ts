/** Whether the message is longer than `maxBytes`; in UTF-8 one unit of UTF-16 takes one to three bytes. */
export function exceeds(message: string | Uint8Array<ArrayBufferLike>, maxBytes: number): boolean {
  return message.length * 3 > maxBytes && new Blob([message as string]).size > maxBytes
}

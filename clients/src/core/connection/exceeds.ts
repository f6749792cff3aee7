/** Whether `text` is longer than `maxBytes` in UTF-8, where one unit of UTF-16 takes one to three bytes. */
export function exceeds(text: string, maxBytes: number): boolean {
  return text.length * 3 > maxBytes && new TextEncoder().encode(text).length > maxBytes
}

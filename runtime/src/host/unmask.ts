/** Undoes the mask at `start - 4` on the bytes from `start` to `end`, in place (RFC 6455, section 5.3). */
export function unmask(bytes: Uint8Array, start: number, end: number): void {
  const [a, b, c, d] = [bytes[start - 4], bytes[start - 3], bytes[start - 2], bytes[start - 1]] as Mask
  if ((a | b | c | d) === 0) return
  let index = start
  for (const whole = end - 3; index < whole; index += 4) {
    bytes[index] = (bytes[index] as number) ^ a
    bytes[index + 1] = (bytes[index + 1] as number) ^ b
    bytes[index + 2] = (bytes[index + 2] as number) ^ c
    bytes[index + 3] = (bytes[index + 3] as number) ^ d
  }
  if (index < end) bytes[index] = (bytes[index] as number) ^ a
  if (index + 1 < end) bytes[index + 1] = (bytes[index + 1] as number) ^ b
  if (index + 2 < end) bytes[index + 2] = (bytes[index + 2] as number) ^ c
}

type Mask = readonly [number, number, number, number]

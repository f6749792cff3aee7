/** What kind of frame it is (RFC 6455, section 5.2). */
export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const

/** What the first two bytes of a client's frame say that is wrong; undefined for nothing. */
export function headProblem(first: number, second: number, isWithinMessage: boolean): string | undefined {
  const opcode = first & 0x0f
  if ((first & 0x70) !== 0) return 'A reserved bit is set.'
  if ((second & 0x80) === 0) return 'A frame of a client has to be masked.'
  if (opcode === opcodes.continuation) return isWithinMessage ? undefined : 'There is nothing to continue.'
  if (opcode <= opcodes.binary) return isWithinMessage ? 'A message has begun already.' : undefined
  if (opcode < opcodes.close || opcode > opcodes.pong) return `There is no opcode ${opcode}.`
  if ((first & 0x80) === 0) return 'A control frame cannot be in fragments.'
  const length = second & 0x7f
  if (length > 125) return 'A control frame is too long.'
  return opcode === opcodes.close && length === 1 ? 'Half of a close code says nothing.' : undefined
}

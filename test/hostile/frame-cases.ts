import { close, fragments, frame, more, opcodes, ping, text } from './support/frame-bytes.js'

/** What a client sends behind its handshake, and what has to come of it. */
export interface FrameCase {
  readonly name: string
  readonly bytes: Uint8Array
  /** The code that the server closes with. Default 1000: it goes on, until the client says goodbye. */
  readonly close?: number
  /** What comes back. Default nothing. */
  readonly messages?: readonly string[]
  readonly pongs?: readonly string[]
}

/** The largest message that both servers under test accept. */
export const maxPayloadBytes = 70_000

const join = (...parts: Uint8Array[]) => Buffer.concat(parts)
const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex')

const fragmentation: FrameCase[] = [
  { name: 'two fragments', bytes: fragments(['he', 'llo']), messages: ['hello'] },
  { name: 'a fragment for each byte', bytes: fragments([...'hello']), messages: ['hello'] },
  { name: 'an empty first fragment', bytes: fragments(['', 'hello']), messages: ['hello'] },
  { name: 'an empty last fragment', bytes: fragments(['hello', '']), messages: ['hello'] },
  { name: 'empty fragments in between', bytes: fragments(['h', '', '', 'ello']), messages: ['hello'] },
  { name: 'empty fragments alone', bytes: fragments(['', '', '']), messages: [''] },
  {
    name: 'bytes in fragments',
    bytes: fragments(['\x01', '\x02'], opcodes.binary),
    messages: ['bytes:0102'],
  },
  { name: 'a thousand fragments', bytes: fragments(Array(1000).fill('x')), messages: ['x'.repeat(1000)] },
  {
    name: 'more fragments than a message may have',
    bytes: fragments(Array(16_400).fill('x')),
    close: 1008,
  },
  {
    name: 'fragments that are too large together',
    bytes: fragments(['x'.repeat(40_000), 'x'.repeat(40_000)]),
    close: 1009,
  },
  { name: 'a continuation of nothing', bytes: more('hello'), close: 1002 },
  { name: 'an unfinished continuation of nothing', bytes: more('hello', { fin: false }), close: 1002 },
  {
    name: 'a continuation of what is finished',
    bytes: join(fragments(['a', 'b']), more('c')),
    messages: ['ab'],
    close: 1002,
  },
  { name: 'a text within a text', bytes: join(text('a', { fin: false }), text('b')), close: 1002 },
  {
    name: 'bytes within a text',
    bytes: join(text('a', { fin: false }), frame({ opcode: opcodes.binary, payload: 'b' })),
    close: 1002,
  },
  {
    name: 'a beginning within a text',
    bytes: join(text('a', { fin: false }), text('b', { fin: false })),
    close: 1002,
  },
  { name: 'goodbye within a text', bytes: text('a', { fin: false }) },
  {
    name: 'a ping between fragments',
    bytes: join(text('a', { fin: false }), ping('p'), more('b')),
    messages: ['ab'],
    pongs: ['p'],
  },
  {
    name: 'a ping behind each fragment',
    bytes: join(
      text('a', { fin: false }),
      ping('1'),
      more('b', { fin: false }),
      ping('2'),
      more('c'),
      ping('3'),
    ),
    messages: ['abc'],
    pongs: ['1', '2', '3'],
  },
  {
    name: 'a pong between fragments',
    bytes: join(text('a', { fin: false }), frame({ opcode: opcodes.pong, payload: 'x' }), more('b')),
    messages: ['ab'],
  },
]

const kinds = [
  ['a text', opcodes.text],
  ['bytes', opcodes.binary],
  ['a ping', opcodes.ping],
  ['a pong', opcodes.pong],
  ['a close', opcodes.close],
] as const

const reserved: FrameCase[] = [1, 2, 3, 4, 5, 6, 7].flatMap((rsv) => [
  ...kinds.map(([what, opcode]) => ({
    name: `the reserved bits ${rsv} on ${what}`,
    bytes: frame({ opcode, rsv }),
    close: 1002,
  })),
  {
    name: `the reserved bits ${rsv} on a continuation`,
    bytes: join(text('a', { fin: false }), more('b', { rsv })),
    close: 1002,
  },
])

const badOpcodes: FrameCase[] = [3, 4, 5, 6, 7, 11, 12, 13, 14, 15].flatMap((opcode) => [
  { name: `the opcode ${opcode}`, bytes: frame({ opcode }), close: 1002 },
  { name: `the opcode ${opcode} with a payload`, bytes: frame({ opcode, payload: 'x' }), close: 1002 },
  { name: `the opcode ${opcode}, unfinished`, bytes: frame({ opcode, fin: false }), close: 1002 },
  {
    name: `the opcode ${opcode} behind a message`,
    bytes: join(text('a'), frame({ opcode }), text('b')),
    messages: ['a'],
    close: 1002,
  },
])

const control: FrameCase[] = [
  { name: 'a ping without a payload', bytes: ping(), pongs: [''] },
  { name: 'a ping as large as it may be', bytes: ping('x'.repeat(125)), pongs: ['x'.repeat(125)] },
  { name: 'pings one after the other', bytes: join(ping('1'), ping('2'), ping('3')), pongs: ['1', '2', '3'] },
  { name: 'a pong that nobody asked for', bytes: frame({ opcode: opcodes.pong, payload: 'x' }) },
  ...kinds.slice(2).flatMap(([what, opcode]) => [
    { name: `${what} of 126 bytes`, bytes: frame({ opcode, payload: 'x'.repeat(126) }), close: 1002 },
    { name: `${what} of 70,000 bytes`, bytes: frame({ opcode, payload: 'x'.repeat(70_000) }), close: 1002 },
    { name: `${what} that is a fragment`, bytes: frame({ opcode, fin: false }), close: 1002 },
    {
      name: `${what} whose length is written too long`,
      bytes: frame({ opcode, payload: 'x', lengthBytes: 2 }),
      close: 1002,
    },
  ]),
  {
    name: 'a ping in fragments between those of a text',
    bytes: join(text('a', { fin: false }), ping('p', { fin: false }), more('b')),
    close: 1002,
  },
]

const unmasked: FrameCase[] = [...kinds, ['a continuation', opcodes.continuation] as const].map(
  ([what, opcode]) => ({
    name: `${what} without a mask`,
    bytes: join(
      ...(opcode === opcodes.continuation ? [text('a', { fin: false })] : []),
      frame({ opcode, mask: false }),
    ),
    close: 1002,
  }),
)

const lengths: FrameCase[] = [
  ...[0, 1, 125, 126, 127, 65_535, 65_536, maxPayloadBytes].map((length) => ({
    name: `a text of ${length} bytes`,
    bytes: text('x'.repeat(length)),
    messages: ['x'.repeat(length)],
  })),
  { name: 'a text that is one byte too large', bytes: text('x'.repeat(maxPayloadBytes + 1)), close: 1009 },
  ...[2n ** 16n, 2n ** 32n - 1n, 2n ** 32n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n].map(
    (length) => ({
      name: `a text that says it has ${length} bytes`,
      bytes: text('x', { length: length > 65_536n ? length : 70_001n, lengthBytes: 8 }),
      close: 1009,
    }),
  ),
  { name: 'a short length, written long', bytes: text('hello', { lengthBytes: 8 }), messages: ['hello'] },
  {
    name: 'a length of the first fragment that is too large',
    bytes: text('x', { fin: false, length: 100_000n, lengthBytes: 8 }),
    close: 1009,
  },
]

/** Not UTF-8, whatever stands around it. */
const notUtf8 = [
  ['a continuation byte alone', '80'],
  ['a byte that never occurs', 'ff'],
  ['another that never occurs', 'fe'],
  ['an overlong slash', 'c0 af'],
  ['an overlong NUL', 'c0 80'],
  ['an overlong sequence of three', 'e0 80 af'],
  ['an overlong sequence of four', 'f0 80 80 af'],
  ['five bytes', 'f8 88 80 80 80'],
  ['six bytes', 'fc 84 80 80 80 80'],
  ['a high surrogate', 'ed a0 80'],
  ['a low surrogate', 'ed bf bf'],
  ['a pair of surrogates', 'ed a0 80 ed b0 80'],
  ['what lies above Unicode', 'f4 90 80 80'],
  ['the beginning of two bytes', 'c3'],
  ['the beginning of three bytes', 'e2 82'],
  ['the beginning of four bytes', 'f0 9f 98'],
  ['a sequence that breaks off', 'e2 82 41'],
] as const

const ends = [
  ['alone', '', ''],
  ['behind text', '48 c3 bc', ''],
  ['before text', '', '48 c3 bc'],
] as const

const utf8: FrameCase[] = [
  ...splits('a text of every width, split at', bytes('48 c3 bc e2 82 ac f0 9f 98 80 21'), {
    messages: ['Hü€😀!'],
  }),
  { name: 'a byte order mark', bytes: text(bytes('ef bb bf 41')), messages: ['\uFEFFA'] },
  { name: 'a NUL', bytes: text('a\0b'), messages: ['a\0b'] },
  {
    name: 'what is no character',
    bytes: text(bytes('ef bf bf f4 8f bf bf')),
    messages: ['\uFFFF\u{10FFFF}'],
  },
  ...notUtf8.flatMap(([what, hex]) =>
    ends.map(([where, before, behind]) => ({
      name: `${what}, ${where}`,
      bytes: text(bytes(before + hex + behind)),
      close: 1007,
    })),
  ),
  ...notUtf8.flatMap(([what, hex]) =>
    splits(`${what}, split at`, bytes(`41 c3 bc ${hex} 42`), { close: 1007 }),
  ),
  {
    name: 'a text that is wrong in its first fragment, with a ping behind it',
    bytes: join(text(bytes('ff'), { fin: false }), ping('p'), more('a')),
    pongs: ['p'],
    close: 1007,
  },
  {
    name: 'the same bytes where bytes are due',
    bytes: fragments([bytes('ff'), bytes('c0')], 2),
    messages: ['bytes:ffc0'],
  },
]

/** One case for each place at which a text can be cut into two fragments. */
function splits(name: string, payload: Buffer, expected: Omit<FrameCase, 'name' | 'bytes'>): FrameCase[] {
  return Array.from({ length: payload.length + 1 }, (_, at) => ({
    name: `${name} ${at}`,
    bytes: fragments([payload.subarray(0, at), payload.subarray(at)]),
    ...expected,
  }))
}

const legal = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999]
const illegal = [0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 1999, 2000, 2999, 5000, 65_535]

const closes: FrameCase[] = [
  ...legal.map((code) => ({ name: `the close code ${code}`, bytes: close(code), close: code })),
  ...illegal.map((code) => ({ name: `the close code ${code}`, bytes: close(code), close: 1002 })),
  { name: 'a close without a code', bytes: close(), close: 1005 },
  { name: 'a close of one byte', bytes: frame({ opcode: opcodes.close, payload: '\x03' }), close: 1002 },
  { name: 'a reason as long as it may be', bytes: close(1000, 'x'.repeat(123)) },
  { name: 'a reason that is one byte too long', bytes: close(1000, 'x'.repeat(124)), close: 1002 },
  ...notUtf8.map(([what, hex]) => ({
    name: `${what} in a reason`,
    bytes: close(1000, bytes(`41${hex}`)),
    close: 1007,
  })),
  { name: 'a text behind a close', bytes: join(text('a'), close(1000), text('b')), messages: ['a'] },
  { name: 'a ping behind a close', bytes: join(close(1000), ping('p')) },
  { name: 'a close behind a close', bytes: join(close(1001), close(1000)), close: 1001 },
  { name: 'nonsense behind a close', bytes: join(close(1000), bytes('ff ff ff ff')) },
]

const many: FrameCase[] = [
  {
    name: 'a hundred messages in one piece',
    bytes: join(...Array.from({ length: 100 }, (_, index) => text(`${index}`))),
    messages: Array.from({ length: 100 }, (_, index) => `${index}`),
  },
  {
    name: 'a bad frame behind a hundred good ones',
    bytes: join(...Array.from({ length: 100 }, (_, index) => text(`${index}`)), frame({ opcode: 3 })),
    messages: Array.from({ length: 100 }, (_, index) => `${index}`),
    close: 1002,
  },
  { name: 'no frames at all but HTTP', bytes: Buffer.from('GET / HTTP/1.1\r\n\r\n'), close: 1002 },
  { name: 'zeros', bytes: Buffer.alloc(100), close: 1002 },
  { name: 'ones', bytes: Buffer.alloc(100, 0xff), close: 1002 },
]

export const frameCases: readonly FrameCase[] = [
  ...fragmentation,
  ...reserved,
  ...badOpcodes,
  ...control,
  ...unmasked,
  ...lengths,
  ...utf8,
  ...closes,
  ...many,
]

import {
  decodeBinaryFrame,
  decodeClientFrame,
  decodeServerFrame,
  encodeBinaryFrame,
  type Frame,
} from '@wirepact/protocol'
import { describe, expect, test } from 'vitest'

const limits = { maxDepth: 8 }
const fromClient = (bytes: Uint8Array) => decodeBinaryFrame(bytes, (text) => decodeClientFrame(text, limits))
const fromServer = (bytes: Uint8Array) => decodeBinaryFrame(bytes, (text) => decodeServerFrame(text, limits))

/** A message of a header as it is given and a payload; `length` is what it says about the header. */
function message(header: string | Uint8Array, payload: readonly number[] = [], length?: number): Uint8Array {
  const bytes = typeof header === 'string' ? new TextEncoder().encode(header) : header
  const said = length ?? bytes.length
  const prefix = [said >>> 24, (said >>> 16) & 255, (said >>> 8) & 255, said & 255]
  return Uint8Array.from([...prefix, ...bytes, ...payload])
}

const bytes = Uint8Array.of(0, 255, 91, 34)

describe('a binary frame', () => {
  test('is the length of the header, the header with null for the payload, and the payload', () => {
    const header = '["event","blob",null]'
    expect(encodeBinaryFrame(['event', 'blob', bytes])).toEqual(message(header, [...bytes]))
    expect(fromClient(message(header, [...bytes]))).toEqual(['event', 'blob', bytes])
  })

  test.each<readonly [Frame]>([
    [['event', 'blob', bytes]],
    [['event', 'blob', bytes, 7]],
    [['request', 1, 'blöb', bytes]],
    [['stream', 1, 'blob', bytes, 3]],
    [['reply', 1, bytes]],
    [['item', 1, bytes]],
    [['item', 1, new Uint8Array(0)]],
  ])('of a client comes out as it went in: %j', (frame) => {
    expect(fromClient(encodeBinaryFrame(frame))).toEqual(frame)
  })

  test.each<readonly [Frame]>([
    [['publication', 'room/ü', 'blob', bytes, 3]],
    [['publication', 'room/ü', 'blob', bytes, null]],
    [['request', 1, 'blob', bytes]],
    [['reply', 1, bytes]],
  ])('of a server comes out as it went in: %j', (frame) => {
    expect(fromServer(encodeBinaryFrame(frame))).toEqual(frame)
  })

  test('is read where it stands in a larger buffer, and its payload is a plain Uint8Array', () => {
    const one = encodeBinaryFrame(['event', 'blob', bytes])
    const pool = new Uint8Array(one.length + 20).fill(9)
    pool.set(one, 7)
    const frame = fromClient(Buffer.from(pool.buffer, 7, one.length))
    expect(frame).toEqual(['event', 'blob', bytes])
    expect(Object.getPrototypeOf(frame[2])).toBe(Uint8Array.prototype)
  })

  test.each([
    ['no bytes', new Uint8Array(0)],
    ['less than a length', Uint8Array.of(0, 0, 0)],
    ['a header longer than the message', message('["event","blob",null]', [], 22)],
    ['a header of four thousand million bytes', message('["event","blob",null]', [], 0xffffffff)],
    ['a header that is not UTF-8', message(Uint8Array.of(0x5b, 0x22, 0xff, 0x22, 0x5d))],
    ['a header whose payload is not null', message('["event","blob",1]', [1])],
    ['a frame that has no payload', message('["cancel",1]', [1])],
    ['a frame named like a method of Object', message('["toString",1,null]', [1])],
  ])('is not %s', (_what, bytes) => {
    expect(() => fromClient(bytes)).toThrow(expect.objectContaining({ code: 'INVALID_FRAME' }))
  })

  test('is refused for its header as text would be', () => {
    expect(() => fromClient(message('["event"', [1]))).toThrow(
      expect.objectContaining({ code: 'INVALID_JSON' }),
    )
    expect(() => fromClient(message('\uFEFF["event","blob",null]'))).toThrow(
      expect.objectContaining({ code: 'INVALID_JSON' }),
    )
  })

  test.each<readonly [Frame]>([[['event', 'blob', null]], [['event', 'blob', [1]]], [['cancel', 1]]])(
    'cannot be made of a frame without bytes: %j',
    (frame) => {
      expect(() => encodeBinaryFrame(frame)).toThrow(expect.objectContaining({ code: 'NOT_SERIALIZABLE' }))
    },
  )
})

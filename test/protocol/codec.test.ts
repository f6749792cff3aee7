import { decodeClientFrame, encodeFrame, type Frame } from '@wirepact/protocol'
import { describe, expect, test } from 'vitest'

const circular: Record<string, unknown> = {}
circular.itself = circular
const refusing = {
  toJSON: () => {
    throw new RangeError('not today')
  },
}

describe('encoding a frame', () => {
  test('writes the array without spaces', () => {
    expect(encodeFrame(['request', 1, 'rename', { name: 'Ada' }])).toBe(
      '["request",1,"rename",{"name":"Ada"}]',
    )
  })

  test('writes absent data as null, so that every frame has its length', () => {
    const text = encodeFrame(['event', 'say', undefined])
    expect(text).toBe('["event","say",null]')
    expect(decodeClientFrame(text, { maxDepth: 8 })).toEqual(['event', 'say', null])
  })

  test('leaves out members that are undefined', () => {
    expect(encodeFrame(['event', 'say', { a: 1, b: undefined }])).toBe('["event","say",{"a":1}]')
  })

  test('escapes lone surrogates, so that the text is always valid UTF-8', () => {
    expect(encodeFrame(['event', 'say', '\ud800'])).toBe('["event","say","\\ud800"]')
  })

  test.each([
    ['a bigint', 1n],
    ['a circle', circular],
    ['an object that refuses', refusing],
  ])('refuses %s, and says what happened', (_, data) => {
    const frame: Frame = ['event', 'say', data]
    const error = expect.objectContaining({ code: 'NOT_SERIALIZABLE', cause: expect.any(Error) })
    expect(() => encodeFrame(frame)).toThrow(error)
  })
})

describe('decoding a frame', () => {
  test('never puts what was sent into the message of the error', () => {
    for (const text of [
      '["secret"]',
      'secret',
      '["event","secret"]',
      '["event","e",{"__proto__":"secret"}]',
    ]) {
      expect(() => decodeClientFrame(text, { maxDepth: 8 })).toThrow(
        expect.objectContaining({ message: expect.not.stringContaining('secret') }),
      )
    }
  })

  test('counts the frame itself as one level', () => {
    expect(decodeClientFrame('["event","say",null]', { maxDepth: 1 })).toEqual(['event', 'say', null])
    const error = expect.objectContaining({ code: 'TOO_DEEP' })
    expect(() => decodeClientFrame('["event","say",{}]', { maxDepth: 1 })).toThrow(error)
  })
})

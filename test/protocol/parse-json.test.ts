import { escapePointer, parseJson } from '@wirepact/protocol'
import { describe, expect, test } from 'vitest'

const parse = (text: string, maxDepth = 8) => parseJson(text, { maxDepth })
const refusal = (code: string) => expect.objectContaining({ code })

describe('parsing JSON from outside', () => {
  test.each([
    ['null', null],
    ['0', 0],
    ['"a"', 'a'],
    ['[1,{"a":[]}]', [1, { a: [] }]],
    [' {} ', {}],
  ])('takes %s', (text, value) => {
    expect(parse(text)).toEqual(value)
  })

  test.each(['', ' ', 'undefined', '[1,]', "{'a':1}", '\ufeff1', '[', 'NaN'])('refuses %j', (text) => {
    expect(() => parse(text)).toThrow(refusal('INVALID_JSON'))
  })

  test('keeps the cause of a syntax error for the log', () => {
    expect(() => parse('[')).toThrow(expect.objectContaining({ cause: expect.any(SyntaxError) }))
  })

  test.each([1, 2, 8, 100])('takes %i levels where so many are allowed, and not one more', (depth) => {
    expect(parse('['.repeat(depth) + ']'.repeat(depth), depth)).toBeInstanceOf(Array)
    expect(() => parse('['.repeat(depth + 1) + ']'.repeat(depth + 1), depth)).toThrow(refusal('TOO_DEEP'))
  })

  test('counts depth, not brackets', () => {
    expect(parse(`[${Array(50).fill('[[]]').join()}]`, 3)).toHaveLength(50)
    expect(parse(JSON.stringify(['['.repeat(50)]), 3)).toEqual(['['.repeat(50)])
  })

  test('finds the deep place beside shallow ones, in arrays and objects', () => {
    for (const text of ['[[],[],[[[1]]],[]]', '{"a":{},"b":{"c":{"d":{}}},"e":1}', '[0,{"a":[{}]}]']) {
      expect(() => parse(text, 3)).toThrow(refusal('TOO_DEEP'))
      expect(parse(text, 4)).toBeTypeOf('object')
    }
  })

  test('does not overflow the stack, however deep the text is', () => {
    const depth = 200_000
    expect(() => parse('['.repeat(depth) + ']'.repeat(depth))).toThrow(refusal('TOO_DEEP'))
    expect(() => parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`)).toThrow(refusal('TOO_DEEP'))
  })

  test.each([
    ['{"__proto__":1}', '/__proto__'],
    ['{"\\u005f_proto__":1}', '/__proto__'],
    ['[{"a/b":{"__proto__":{}}}]', '/0/a~1b/__proto__'],
    ['{"constructor":{"prototype":{}}}', '/constructor/prototype'],
    ['{"constructor":{"a":1,"proto\\u0074ype":{}}}', '/constructor/prototype'],
  ])('refuses %s and names the place', (text, path) => {
    const problems = [{ path, keyword: 'propertyNames', message: expect.any(String) }]
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'FORBIDDEN_KEY', problems }))
  })

  test.each([
    '{"prototype":{"constructor":1}}',
    '{"constructor":{"a":{"prototype":1}}}',
    '{"constructor":1,"prototype":2}',
    '["__proto__"]',
    '{"a__proto__":1}',
    '{"toString":1,"hasOwnProperty":2}',
  ])('takes %s, which reaches no prototype', (text) => {
    expect(parse(text)).toEqual(JSON.parse(text))
  })

  test('leaves every prototype as it was', () => {
    expect(() => parse('{"__proto__":{"polluted":true}}')).toThrow(refusal('FORBIDDEN_KEY'))
    expect(Object.prototype).not.toHaveProperty('polluted')
  })
})

describe('escaping a segment of a JSON Pointer', () => {
  test.each([
    ['a', 'a'],
    ['a/b', 'a~1b'],
    ['a~b', 'a~0b'],
    ['~1', '~01'],
    ['', ''],
  ])('%j becomes %j', (key, escaped) => {
    expect(escapePointer(key)).toBe(escaped)
  })
})

import {
  areUnique,
  countCodePoints,
  hasMaxLength,
  hasMinLength,
  hasOwn,
  isArray,
  isDeepEqual,
  isMultipleOf,
  isObject,
  noData,
} from '@wirepact/protocol/validation'
import { describe, expect, it } from 'vitest'

describe('isMultipleOf', () => {
  it.each([
    [0.0075, 0.0001],
    [19.99, 0.01],
    [1e308, 0.5],
    [-9, 3],
    [0, 7],
    [-0, 0.1],
    [4.5, 1.5],
    [9_007_199_254_740_994, 1],
    [1e-7, 1e-8],
  ])('finds that %d is a multiple of %d', (value, divisor) => {
    expect(isMultipleOf(value, divisor)).toBe(true)
  })

  it.each([
    [0.00751, 0.0001],
    [1e-11, 1],
    [35, 1.5],
    [7, 3],
    [1e308, 0.123456789],
    [Number.POSITIVE_INFINITY, 1],
    [Number.NaN, 1],
  ])('finds that %d is no multiple of %d', (value, divisor) => {
    expect(isMultipleOf(value, divisor)).toBe(false)
  })

  it('has nothing to say about what is no number', () => {
    expect(isMultipleOf('1.5', 2)).toBe(true)
  })
})

describe('the length of a string', () => {
  it('counts code points, and a surrogate without a partner as one', () => {
    expect(['', 'abc', 'ü', '😀', 'a😀b', '\ud83d', '\ude00\ud83d', '😀\ud83d'].map(countCodePoints)).toEqual(
      [0, 3, 1, 1, 3, 1, 2, 2],
    )
  })

  it('is compared as if it had been counted', () => {
    for (const text of ['', 'a', 'ab', '😀', '😀a', '😀😀', '\ud83d\ud83d']) {
      for (const limit of [0, 1, 2, 3]) {
        expect(hasMinLength(text, limit)).toBe(countCodePoints(text) >= limit)
        expect(hasMaxLength(text, limit)).toBe(countCodePoints(text) <= limit)
      }
    }
  })
})

describe('equality', () => {
  it('ignores the order of keys and heeds everything else', () => {
    expect(isDeepEqual({ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 })).toBe(true)
    const unequal: [unknown, unknown][] = [
      [1, '1'],
      [0, false],
      [null, {}],
      [[], {}],
      [{}, []],
      [
        [1, 2],
        [2, 1],
      ],
      [{ a: 1 }, { b: 1 }],
      [{ a: undefined }, { b: undefined }],
      [{ toString: 1 }, {}],
      [{}, { toString: 1 }],
      [JSON.parse('{"__proto__":1}'), {}],
    ]
    expect(unequal.filter(([left, right]) => isDeepEqual(left, right))).toEqual([])
  })

  it('decides whether items are unique', () => {
    const unique = [
      [],
      [1, true],
      [0, false],
      ['1', 1],
      [[1], ['1']],
      [{ a: 1 }, { b: 1 }],
      [null, 0, ''],
      ['{}', {}],
      [[], {}, '[]'],
    ]
    const repeated = [
      [1, 1],
      [1, 1.0],
      [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
      [[{}], [{}]],
      ['a', 'a'],
      [0, -0],
      [[0], [-0]],
    ]
    expect(unique.filter((items) => !areUnique(items))).toEqual([])
    expect(repeated.filter((items) => areUnique(items))).toEqual([])
  })
})

describe('guards', () => {
  it('tell objects from arrays and null, and own properties from inherited ones', () => {
    expect([{}, Object.create(null), [], null, 'x', undefined].map(isObject)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ])
    expect([[], {}, null].map(isArray)).toEqual([true, false, false])
    expect(['toString', '__proto__', 'a'].map((key) => hasOwn({ a: 1 }, key))).toEqual([false, false, true])
  })

  it('let a message without data have none', async () => {
    expect([undefined, null, 0, '', {}, []].map((value) => noData.check(value))).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ])
    expect(await noData.explain({})).toEqual([expect.objectContaining({ path: '', keyword: 'type' })])
    expect(await noData.explain(null)).toEqual([])
  })
})

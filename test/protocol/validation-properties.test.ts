import { areUnique, formats, isDeepEqual, isMultipleOf } from '@wirepact/protocol/validation'
import { describe, expect, it } from 'vitest'

/** Whole numbers below `limit`, the same on every run. */
function* numbersBelow(limit: number): Generator<number> {
  for (let state = 12345; ; state = (state * 1_103_515_245 + 12_345) % 2 ** 31) {
    yield Math.floor((state / 2 ** 31) * limit)
  }
}

const rounds = 5000

describe('isMultipleOf', () => {
  it('says what arithmetic with whole numbers says of decimals', () => {
    const random = numbersBelow(1_000_000)
    const next = (limit: number) => (random.next().value as number) % limit
    for (let round = 0; round < rounds; round++) {
      const [places, divisorPlaces] = [next(7), next(5)]
      const divisor = next(50) + 1
      const isMeant = next(2) === 0
      const scale = 10 ** Math.max(places - divisorPlaces, 0)
      const count = isMeant ? divisor * next(100_000) * scale : next(1_000_000)
      const exact = BigInt(count) * 10n ** BigInt(divisorPlaces)
      const holds = exact % (BigInt(divisor) * 10n ** BigInt(places)) === 0n
      const [value, by] = [Number(`${count}e-${places}`), Number(`${divisor}e-${divisorPlaces}`)]
      expect(isMultipleOf(value, by), `${value} by ${by}`).toBe(holds)
      expect(isMultipleOf(-value, by), `${-value} by ${by}`).toBe(holds)
    }
  })

  it('says it of the largest and the smallest numbers, too', () => {
    expect(isMultipleOf(123_456_789_012_345.6, 0.1)).toBe(true)
    expect(isMultipleOf(123_456_789_012_345.6, 0.2)).toBe(true)
    expect(isMultipleOf(123_456_789_012_345.6, 0.5)).toBe(false)
    expect(isMultipleOf(1e22, 7)).toBe(false)
    expect(isMultipleOf(7e21, 7)).toBe(true)
    expect(isMultipleOf(5e-324, 5e-324)).toBe(true)
    expect(isMultipleOf(1e-20, 3e-21)).toBe(false)
    expect(isMultipleOf(1e300, 0.01)).toBe(true)
  })
})

describe('areUnique', () => {
  const values = [
    0,
    -0,
    1,
    '1',
    '0',
    '',
    null,
    true,
    'true',
    'null',
    [],
    {},
    [1],
    ['1'],
    { a: 1 },
    { a: '1' },
  ]

  it('says what a comparison of every item with every other says, however many there are', () => {
    const random = numbersBelow(values.length)
    for (let round = 0; round < 1000; round++) {
      const items = Array.from({ length: round % 30 }, () => values[random.next().value as number])
      const isPlain = round % 2 === 0
      const list = isPlain ? items.filter((item) => typeof item !== 'object') : items
      const hasTwo = list.some((item, index) =>
        list.slice(index + 1).some((other) => isDeepEqual(item, other)),
      )
      expect(areUnique(list), JSON.stringify(list)).toBe(!hasTwo)
    }
  })

  it('tells apart many different items of one kind', () => {
    const numbers = Array.from({ length: 1000 }, (_, index) => index)
    expect(areUnique(numbers)).toBe(true)
    expect(areUnique([...numbers, 500])).toBe(false)
    expect(areUnique(numbers.map((id) => ({ id, tags: ['a'] })))).toBe(true)
    expect(areUnique([...numbers.map((id) => ({ id, tags: [] })), { tags: [], id: 7 }])).toBe(false)
  })
})

describe('the formats of dates', () => {
  const isDate = formats.get('date') as (text: string) => boolean
  const isDateTime = formats.get('date-time') as (text: string) => boolean

  it('know the days of every month of four hundred years', () => {
    for (let year = 1800; year < 2200; year++) {
      for (let month = 1; month <= 12; month++) {
        const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
        const text = (day: number) =>
          `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
        expect([isDate(text(1)), isDate(text(last)), isDate(text(last + 1)), isDate(text(0))]).toEqual([
          true,
          true,
          false,
          false,
        ])
      }
    }
  })

  it('accept what JavaScript writes, and nothing with a character changed to another kind', () => {
    const text = new Date(Date.UTC(2026, 10, 20, 13, 37, 42, 123)).toISOString()
    expect(isDateTime(text)).toBe(true)
    for (const [index, character] of [...text].entries()) {
      const other = /\d/.test(character) ? 'x' : '0'
      expect(isDateTime(text.slice(0, index) + other + text.slice(index + 1)), `at ${index}`).toBe(false)
      expect(isDateTime(text.slice(0, index)), `cut at ${index}`).toBe(false)
    }
  })
})

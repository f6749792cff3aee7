import { closeCodes, isSendableCloseCode, shouldReconnect } from '@wirepact/protocol'
import { describe, expect, test } from 'vitest'

describe('close codes', () => {
  test('each has a number of its own that may be sent', () => {
    const codes = Object.values(closeCodes)
    expect(new Set(codes).size).toBe(codes.length)
    for (const code of codes) expect(isSendableCloseCode(code)).toBe(true)
  })

  test.each([1001, 1005, 1006, 1011, 1012, 1013, 1014, 1015, 3000, 3499, 4000, 4001, 4002, 4003, 4499])(
    '%i brings a client back',
    (code) => {
      expect(shouldReconnect(code)).toBe(true)
    },
  )

  test.each([
    0,
    999,
    1000,
    1002,
    1003,
    1004,
    1007,
    1008,
    1009,
    1010,
    1016,
    2000,
    2999,
    3500,
    3999,
    4500,
    4501,
    4502,
    4999,
    5000,
    65_535,
    -1,
    Number.NaN,
  ])('%d keeps a client away', (code) => {
    expect(shouldReconnect(code)).toBe(false)
  })

  test.each([1000, 1003, 1007, 1014, 3000, 4999])('an application may close with %i', (code) => {
    expect(isSendableCloseCode(code)).toBe(true)
  })

  test.each([
    0,
    999,
    1004,
    1005,
    1006,
    1015,
    1016,
    2999,
    5000,
    1000.5,
    -1000,
    Number.NaN,
    Number.POSITIVE_INFINITY,
  ])('an application may not close with %d', (code) => {
    expect(isSendableCloseCode(code)).toBe(false)
  })
})

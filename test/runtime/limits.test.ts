import { createApiServer, defaultLimits, type Limits } from '@wirepact/runtime'
import { expect, test } from 'vitest'

test('a limit that is none is refused, and one that is left out has its default', () => {
  const create = (limits: Partial<Limits>) =>
    createApiServer({ title: 'None', version: '1', contract: '0', routes: [] }, {}, { limits })
  for (const name of Object.keys(defaultLimits)) {
    expect(() => create({ [name]: -1 }), name).toThrow(RangeError)
    expect(() => create({ [name]: Number.NaN }), name).toThrow(RangeError)
    expect(() => create({ [name]: undefined as never }), name).not.toThrow()
  }
  expect(() => create({ maxNothing: 1 } as never)).toThrow(RangeError)
})

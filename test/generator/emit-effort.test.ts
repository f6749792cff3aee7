import { afterEach, expect, test, vi } from 'vitest'
import { emitApi, type JsonSchema } from 'wirepact/compiler'
import { toApi } from './differential/generated-checks.js'

/** Stands in the innermost schema: how often it is looked at is how often that schema is translated. */
const needle = '^needle$'

afterEach(() => void vi.unstubAllGlobals())

/** Unions within unions, each of which asks what the others have evaluated. */
function asking(depth: number): JsonSchema {
  if (depth === 0) return { type: 'string', pattern: needle }
  const branches = [asking(depth - 1), { properties: { [`p${depth}`]: { const: depth } } }]
  return { anyOf: branches, unevaluatedProperties: depth % 2 === 0 ? false : { type: 'string' } }
}

/** How often the innermost schema is translated. */
async function countOf(schema: JsonSchema): Promise<number> {
  let count = 0
  class Counting extends RegExp {
    constructor(source: string | RegExp, flags?: string) {
      super(source, flags)
      if (source === needle && flags === 'u') count++
    }
  }
  vi.stubGlobal('RegExp', Counting)
  await emitApi(toApi([schema]))
  vi.unstubAllGlobals()
  return count
}

test('unions in unions that each ask what is evaluated take no more work by each level than by the one before', async () => {
  const counts = [await countOf(asking(2)), await countOf(asking(6)), await countOf(asking(10))] as const
  expect(counts[0]).toBeGreaterThan(0)
  expect(counts[2] - counts[1]).toBeLessThanOrEqual(counts[1] - counts[0])
})

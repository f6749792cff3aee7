import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { findFailure, loadWorld, readVariants, type Variant } from '../../scripts/lib/simulation.mjs'

const seeds = 60

describe('the simulation', () => {
  test(`keeps every promise in ${seeds} worlds with faults`, async () => {
    expect(await findFailure(await loadWorld(), { first: 1, count: seeds })).toBeUndefined()
  }, 120_000)

  test('is the same world again for the same seed', async () => {
    const World = await loadWorld()
    const [first, second] = [await new World(77).run(), await new World(77).run()]
    expect(first.story.length).toBeGreaterThan(10)
    expect(second).toEqual(first)
  })

  test.each(readVariants())('finds in the built code what it breaks: $name', async ({ file, find }) => {
    const text = await readFile(new URL(`../../${file}`, import.meta.url), 'utf8')
    expect(text.split(find)).toHaveLength(2)
  })

  const quick = ['epoch-ignored', 'data-before-confirmation', 'position-forgotten', 'gap-not-announced']
  const variants = readVariants().filter(({ name }: Variant) => quick.includes(name))

  test.each(variants)('catches code that is broken on purpose: $name', async (variant) => {
    const failure = await findFailure(await loadWorld(variant), { first: 1, count: 200 })
    expect(failure?.wrong.length).toBeGreaterThan(0)
  })
})

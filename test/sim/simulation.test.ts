import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { findFailure, loadWorld, readVariants, type Variant } from '../../scripts/lib/simulation.mjs'

const seeds = 60

describe('the simulation', () => {
  test(`keeps every promise in ${seeds} worlds with faults`, async () => {
    expect(await findFailure(await loadWorld(), { first: 1, count: seeds })).toBeUndefined()
  }, 120_000)

  test.each([77, 78])(
    'is the same world again for the same seed, whatever was before it: %i',
    async (seed) => {
      const [World, Other] = [await loadWorld(), await loadWorld()]
      for (const before of [1, 2, 3, 4]) await new Other(before).run()
      const [first, second, third] = [
        await new World(seed).run(),
        await new World(seed).run(),
        await new Other(seed).run(),
      ]
      expect(first.story.length).toBeGreaterThan(10)
      expect(second).toEqual(first)
      expect(third).toEqual(first)
    },
  )

  test.each(readVariants())('finds in the built code what it breaks: $name', async ({ file, find }) => {
    const text = await readFile(new URL(`../../${file}`, import.meta.url), 'utf8')
    expect(text.split(find)).toHaveLength(2)
  })

  const quick = [
    'epoch-ignored',
    'data-before-confirmation',
    'position-forgotten',
    'gap-not-announced',
    'session-position-forgotten',
    'guard-not-asked',
    'user-left',
  ]
  const variants = readVariants().filter(({ name }: Variant) => quick.includes(name))

  test.each(variants)('catches code that is broken on purpose: $name', async (variant) => {
    const failure = await findFailure(await loadWorld(variant), { first: 1, count: 200 })
    expect(failure?.wrong.length).toBeGreaterThan(0)
  })
})

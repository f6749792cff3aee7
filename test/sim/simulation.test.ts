import { expect, test } from 'vitest'
import { World } from './world.js'

const seeds = Number(process.env.WIREPACT_SIM_SEEDS ?? 60)
const first = Number(process.env.WIREPACT_SIM_FIRST ?? 1)

test(`${seeds} worlds with faults end with every promise kept`, async () => {
  const failures: object[] = []
  for (let seed = first; seed < first + seeds; seed++) {
    const { wrong, story } = await new World(seed).run()
    if (wrong.length > 0) failures.push({ seed, wrong: wrong.slice(0, 5), story: story.slice(-12) })
    if (failures.length >= 3) break
  }
  expect(failures).toEqual([])
}, 600_000)

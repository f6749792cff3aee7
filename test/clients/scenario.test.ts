import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { runStep, steps } from './platforms/scenario.js'
import { Site } from './platforms/site.js'
import type { Addresses } from './platforms/step.js'

describe('what npm run platforms shows everywhere, with this Node and ws', () => {
  const site = new Site()
  let addresses: Addresses
  beforeAll(async () => {
    addresses = await site.start()
  })
  afterAll(() => site.stop())

  it.each(steps)('$name', async (step) => {
    expect(await runStep(step, { addresses, sendsHeaders: true, WebSocket })).toEqual({ name: step.name })
  })
})

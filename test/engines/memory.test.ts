import { memoryEngine } from '@wirepact/runtime'
import { describe, expect, test } from 'vitest'
import { describeEngine } from './conformance.js'
import { appendAll, draft, epochOf, everything, openNode, type Place, readAll } from './place.js'
import { turn, VirtualClock } from './virtual-clock.js'

async function makePlace(): Promise<Place> {
  const clock = new VirtualClock()
  const forgetAfterMs = 60_000
  const forgetEmptyAfterMs = 30_000
  return {
    clock,
    forgetAfterMs,
    forgetEmptyAfterMs,
    make: () => memoryEngine({ clock, forgetAfterMs, forgetEmptyAfterMs }),
    // The engine looks for what it may forget when something is added.
    idle: async (engine) => {
      for (let count = 0; count < 20; count++) {
        await epochOf(engine, `filler-${Math.random()}`)
        await engine.advance(`filler-${Math.random()}`, 1, 1)
      }
    },
    upkeep: turn,
    settle: turn,
    remove: async () => undefined,
  }
}

describeEngine('the memory engine', makePlace, { isShared: false })

describe('the memory engine alone', () => {
  test('answers every call at once, without promises', () => {
    const engine = memoryEngine()
    engine.open('node', { publication: () => undefined, presence: () => undefined })
    expect(engine.append('room', draft('a'), everything).offset).toBe(1)
    expect(engine.read('room', { limit: 1, after: 0 }, everything).offset).toBe(1)
    expect(engine.members('room')).toEqual([])
    expect(engine.sequence('s')).toBe(0)
  })

  test('refuses sessions beyond its limit, and takes them again when others have ended', async () => {
    const clock = new VirtualClock()
    const { engine } = await openNode(memoryEngine({ clock, maxSessions: 2 }))
    await engine.advance('a', 1, 1_000)
    await engine.advance('b', 1, 10_000)
    expect(() => engine.advance('c', 1, 1_000)).toThrow(expect.objectContaining({ code: 'ENGINE_FAILED' }))
    await engine.advance('b', 2, 10_000)
    expect(engine.sequence('b')).toBe(2)
    clock.skip(1_000)
    await engine.advance('c', 1, 1_000)
    expect(engine.sequence('c')).toBe(1)
  })

  test('refuses channels beyond its limit, and takes them again when others were forgotten', async () => {
    const clock = new VirtualClock()
    const { engine } = await openNode(memoryEngine({ clock, maxChannels: 2, forgetEmptyAfterMs: 1_000 }))
    await epochOf(engine, 'a')
    await epochOf(engine, 'b')
    await expect(epochOf(engine, 'c')).rejects.toMatchObject({ code: 'ENGINE_FAILED' })
    clock.skip(1_000)
    expect(await epochOf(engine, 'c')).not.toBe('')
  })

  test('keeps a long history in order while its front is cut off again and again', async () => {
    const { engine } = await openNode(memoryEngine())
    const keep = { ...everything, maxMessages: 100 }
    for (let index = 0; index < 1_000; index++) await appendAll(engine, [String(index)], keep)
    const kept = await readAll(engine, 'room', keep)
    expect(kept).toEqual(Array.from({ length: 100 }, (_, index) => String(900 + index)))
  })
})

import { describe, expect, test } from 'vitest'
import type { GetSubject } from '../conformance.js'
import { appendAll, draft, everything, readAll } from '../place.js'

const once = (key: string, maxKeys = 100) => ({ key, ttlMs: 10_000, maxKeys })

export function describeRepeating(get: GetSubject): void {
  describe('publishing once', () => {
    test('answers the second time with the first position, and tells and keeps nothing', async () => {
      const { engine, listener } = get()
      await engine.attach('room')
      const first = await engine.append('room', { ...draft('a'), once: once('k') }, everything)
      await appendAll(engine, ['b'])
      const second = await engine.append('room', { ...draft('c'), once: once('k') }, everything)
      expect(second).toEqual({ ...first, repeated: true })
      expect(first.repeated).toBeUndefined()
      expect(listener.lines).toEqual(['room 1 a', 'room 2 b'])
      expect(await readAll(engine, 'room')).toEqual(['a', 'b'])
    })

    test('holds within one turn of the event loop, and for each channel by itself', async () => {
      const { engine } = get()
      const append = (channel: string) =>
        engine.append(channel, { ...draft('a'), once: once('k') }, everything)
      const all = await Promise.all([append('room'), append('room'), append('hall')])
      expect(all.map(({ offset, repeated }) => [offset, repeated])).toEqual([
        [1, undefined],
        [1, true],
        [1, undefined],
      ])
    })

    test('holds for what is not kept', async () => {
      const { engine, listener } = get()
      await engine.attach('room')
      expect(await engine.send('room', { ...draft('a'), once: once('k') })).toBe(true)
      expect(await engine.send('room', { ...draft('b'), once: once('k') })).toBe(false)
      expect(await engine.send('room', draft('c'))).toBe(true)
      expect(listener.lines).toEqual(['room unkept a', 'room unkept c'])
    })

    test('ends when the time has passed', async () => {
      const { engine, place } = get()
      const append = (text: string) => engine.append('room', { ...draft(text), once: once('k') }, everything)
      await append('a')
      place.clock.skip(9_999)
      expect((await append('b')).repeated).toBe(true)
      place.clock.skip(1)
      expect(await append('c')).toMatchObject({ offset: 2 })
    })

    test('outlives the history that was cleared', async () => {
      const { engine } = get()
      const first = await engine.append('room', { ...draft('a'), once: once('k') }, everything)
      await engine.clear('room')
      const again = await engine.append('room', { ...draft('a'), once: once('k') }, everything)
      expect(again).toEqual({ ...first, repeated: true })
      expect(await readAll(engine, 'room')).toEqual([])
    })

    test('remembers so many keys and, in time, no more', async () => {
      const { engine, place } = get()
      const append = (key: string) => engine.append('room', { ...draft(key), once: once(key, 2) }, everything)
      for (const key of ['a', 'b', 'c']) await append(key)
      // Less than the time of a key, and enough for the engine to look after what it keeps.
      await place.upkeep()
      expect((await append('c')).repeated).toBe(true)
      expect((await append('b')).repeated).toBe(true)
      expect((await append('a')).repeated).toBeUndefined()
    })
  })

  describe('clearing everything', () => {
    test('begins every channel anew, and members stay', async () => {
      const { engine, listener } = get()
      await engine.attach('room')
      const before = await engine.append('room', draft('a'), everything)
      await engine.append('hall', draft('b'), everything)
      await engine.enter('room', { connection: 'c', data: '1' })
      await engine.clearAll()
      expect(await readAll(engine, 'room')).toEqual([])
      expect(await readAll(engine, 'hall')).toEqual([])
      const after = await engine.append('room', draft('d'), everything)
      expect(after.offset).toBe(1)
      expect(after.epoch).not.toBe(before.epoch)
      expect(await engine.count('room')).toEqual({ connections: 1, users: 0 })
      expect(listener.lines).toEqual(['room 1 a', 'room join c', 'room cleared', 'room 1 d'])
    })

    test('takes its place among what else is done in the same turn', async () => {
      const { engine, listener } = get()
      await engine.attach('room')
      await Promise.all([
        engine.append('room', draft('a'), everything),
        engine.clearAll(),
        engine.append('room', draft('b'), everything),
      ])
      expect(await readAll(engine, 'room')).toEqual(['b'])
      expect(listener.lines).toEqual(['room 1 a', 'room cleared', 'room 1 b'])
    })
  })
}

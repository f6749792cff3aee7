import { describe, expect, test } from 'vitest'
import type { GetSubject } from '../conformance.js'
import { appendAll, epochOf, everything, readAll } from '../place.js'

const short = { ...everything, ttlMs: 10 }

export function describeForgetting(get: GetSubject): void {
  /** Long enough, with every occasion to forget. */
  const neglect = async () => {
    const { engine, place } = get()
    place.clock.skip(place.forgetAfterMs)
    await place.idle(engine)
  }

  describe('forgetting', () => {
    test('a channel of which nothing is left comes back with a new epoch', async () => {
      const { engine } = get()
      const before = await epochOf(engine, 'room')
      await neglect()
      expect(await epochOf(engine, 'room')).not.toBe(before)
    })

    test('a channel that nothing was published in is forgotten sooner, and not while somebody is attached', async () => {
      const { engine, place } = get()
      await engine.attach('watched')
      const [room, watched] = [await epochOf(engine, 'room'), await epochOf(engine, 'watched')]
      for (let passed = 0; passed < 2 * place.forgetEmptyAfterMs; passed += 4_000) {
        place.clock.skip(4_000)
        await place.idle(engine)
      }
      expect(await epochOf(engine, 'room')).not.toBe(room)
      expect(await epochOf(engine, 'watched')).toBe(watched)
    })

    test('a channel that was published to is kept for longer than one that was not', async () => {
      const { engine, place } = get()
      await appendAll(engine, ['a'], short)
      const { epoch } = await engine.read('room', { limit: 1, after: 0 }, short)
      place.clock.skip(place.forgetEmptyAfterMs)
      await place.idle(engine)
      expect((await engine.read('room', { limit: 1, after: 0 }, short)).epoch).toBe(epoch)
    })

    test('a channel whose history became too old, unread, is forgotten as well', async () => {
      const { engine, place } = get()
      await appendAll(engine, ['a'], short)
      const { epoch } = await engine.read('room', { limit: 1, after: 0 }, short)
      await neglect()
      await place.idle(engine)
      const page = await engine.read('room', { limit: 1, after: 0 }, short)
      expect(page.epoch).not.toBe(epoch)
      expect(page.offset).toBe(0)
    })

    test('a channel is kept while something of its history is', async () => {
      const { engine } = get()
      await appendAll(engine, ['a'])
      const before = await epochOf(engine, 'room')
      await neglect()
      expect(await epochOf(engine, 'room')).toBe(before)
      expect(await readAll(engine, 'room')).toEqual(['a'])
    })

    test('a channel is kept while somebody is attached', async () => {
      const { engine } = get()
      await engine.attach('room')
      const before = await epochOf(engine, 'room')
      await neglect()
      expect(await epochOf(engine, 'room')).toBe(before)
    })

    test('a channel is kept while somebody is a member', async () => {
      const { engine } = get()
      await engine.enter('room', { connection: 'a', data: '{}' })
      const before = await epochOf(engine, 'room')
      await neglect()
      expect(await epochOf(engine, 'room')).toBe(before)
    })

    test('a channel is kept that was asked for not long ago', async () => {
      const { engine, place } = get()
      await appendAll(engine, ['a'])
      const before = await epochOf(engine, 'room')
      for (let count = 0; count < 3; count++) {
        place.clock.skip(place.forgetAfterMs / 2)
        await place.idle(engine)
        expect(await epochOf(engine, 'room')).toBe(before)
      }
    })
  })
}

import { describe, expect, test } from 'vitest'
import type { GetSubject } from '../conformance.js'
import { appendAll, draft, everything, readAll } from '../place.js'

export function describeAppending(get: GetSubject): void {
  describe('appending', () => {
    test('counts offsets from 1 without holes, in the order of the calls', async () => {
      const { engine } = get()
      expect(await appendAll(engine, ['a', 'b', 'c'])).toEqual([1, 2, 3])
      expect(await appendAll(engine, ['d'])).toEqual([4])
      expect(await readAll(engine, 'room')).toEqual(['a', 'b', 'c', 'd'])
    })

    test('counts each channel by itself, each with its epoch', async () => {
      const { engine } = get()
      const one = await engine.append('one', draft('a'), everything)
      const two = await engine.append('two', draft('b'), everything)
      expect([one.offset, two.offset]).toEqual([1, 1])
      expect(one.epoch).not.toBe(two.epoch)
    })

    test('keeps the epoch from one publication to the next', async () => {
      const { engine } = get()
      const one = await engine.append('room', draft('a'), everything)
      const two = await engine.append('room', draft('b'), everything)
      expect(two.epoch).toBe(one.epoch)
    })

    test.each(['💬 é', '', "'; DROP TABLE channels; --", '__proto__'])(
      'takes %j as a channel, a name and data',
      async (text) => {
        const { engine } = get()
        await engine.append(text, { name: text, data: text, at: 5 }, everything)
        const page = await engine.read(text, { limit: 1, after: 0 }, everything)
        expect(page.publications).toEqual([{ offset: 1, name: text, data: text, at: 5 }])
      },
    )

    test('keeps whom a publication is not for', async () => {
      const { engine } = get()
      await engine.append('room', { ...draft('a'), except: ['x'] }, everything)
      const page = await engine.read('room', { limit: 1, after: 0 }, everything)
      expect(page.publications[0]?.except).toEqual(['x'])
    })

    test('keeps whom alone a publication is for', async () => {
      const { engine, listener } = get()
      await engine.attach('room')
      await engine.append('room', { ...draft('a'), to: ['x'], except: ['y'] }, everything)
      await engine.append('room', { ...draft('b'), to: [] }, everything)
      const page = await engine.read('room', { limit: 2, after: 0 }, everything)
      expect(page.publications).toEqual([
        { ...draft('a'), offset: 1, to: ['x'], except: ['y'] },
        { ...draft('b'), offset: 2, to: [] },
      ])
      expect(listener.publications.map(([, publication]) => publication)).toEqual(page.publications)
    })

    test('drops the oldest beyond the count', async () => {
      const { engine } = get()
      const keep = { ...everything, maxMessages: 2 }
      await appendAll(engine, ['a', 'b', 'c'], keep)
      await appendAll(engine, ['d'], keep)
      expect(await readAll(engine, 'room', keep)).toEqual(['c', 'd'])
    })

    test('drops the oldest beyond the bytes, counted in UTF-8 with the name', async () => {
      const { engine } = get()
      const keep = { ...everything, maxBytes: 2 * (4 + 2) }
      await appendAll(engine, ['é', 'é', 'é'], keep)
      expect(await readAll(engine, 'room', keep)).toEqual(['é', 'é'])
      await appendAll(engine, ['12345678'], keep)
      expect(await readAll(engine, 'room', keep)).toEqual(['12345678'])
    })

    test('drops the oldest beyond the age', async () => {
      const { engine, place } = get()
      const keep = { ...everything, ttlMs: 1_000 }
      const now = place.clock.now()
      await engine.append('room', draft('a', now), keep)
      await engine.append('room', draft('b', now + 1), keep)
      place.clock.skip(1_000)
      await engine.append('room', draft('c', place.clock.now()), keep)
      expect(await readAll(engine, 'room', keep)).toEqual(['b', 'c'])
    })

    test('gives an offset to what is too large to keep, tells it, and keeps nothing', async () => {
      const { engine, listener } = get()
      const keep = { ...everything, maxBytes: 10 }
      await engine.attach('room')
      expect(await appendAll(engine, ['a', 'x'.repeat(11)], keep)).toEqual([1, 2])
      expect(listener.lines).toHaveLength(2)
      expect(await engine.read('room', { limit: 5, after: 0 }, keep)).toMatchObject({
        offset: 2,
        first: 3,
        publications: [],
      })
      expect(await appendAll(engine, ['b'], keep)).toEqual([3])
    })

    test('never uses an offset twice, also when nothing is kept any more', async () => {
      const { engine } = get()
      const nothing = { ...everything, maxMessages: 0 }
      await appendAll(engine, ['a', 'b'], nothing)
      expect(await appendAll(engine, ['c'])).toEqual([3])
      expect(await readAll(engine, 'room')).toEqual(['c'])
    })

    test('trims many at once and goes on counting', async () => {
      const { engine } = get()
      const texts = Array.from({ length: 700 }, (_, index) => String(index))
      await appendAll(engine, texts)
      await appendAll(engine, ['last'], { ...everything, maxMessages: 3 })
      expect(await readAll(engine, 'room')).toEqual(['698', '699', 'last'])
      await appendAll(engine, ['more'])
      expect(await readAll(engine, 'room')).toEqual(['698', '699', 'last', 'more'])
    })

    test('what is only sent takes no offset and is not kept', async () => {
      const { engine } = get()
      await engine.send('room', draft('a'))
      expect(await appendAll(engine, ['b'])).toEqual([1])
      await engine.send('room', draft('c'))
      expect(await readAll(engine, 'room')).toEqual(['b'])
    })
  })

  describe('clearing', () => {
    test('forgets the history, changes the epoch and counts from 1 again', async () => {
      const { engine } = get()
      const before = await engine.append('room', draft('a'), everything)
      await engine.clear('room')
      expect(await readAll(engine, 'room')).toEqual([])
      const after = await engine.append('room', draft('b'), everything)
      expect(after.offset).toBe(1)
      expect(after.epoch).not.toBe(before.epoch)
      expect(await readAll(engine, 'room')).toEqual(['b'])
    })

    test('tells the listener before anything of the new epoch', async () => {
      const { engine, listener } = get()
      await engine.attach('room')
      await engine.append('room', draft('a'), everything)
      await Promise.all([engine.clear('room'), engine.append('room', draft('b'), everything)])
      expect(listener.lines).toEqual(['room 1 a', 'room cleared', 'room 1 b'])
    })

    test('leaves members and attachments', async () => {
      const { engine, listener } = get()
      await engine.enter('room', { connection: 'c', data: '{}' })
      await engine.attach('room')
      await engine.append('room', draft('a'), everything)
      await engine.clear('room')
      expect(await engine.members('room')).toHaveLength(1)
      await engine.send('room', draft('b'))
      expect(listener.lines.at(-1)).toBe('room unkept b')
    })

    test('a channel that nobody knows does nothing', async () => {
      await get().engine.clear('nowhere')
    })
  })
}

import type { Retention } from '@wirepact/runtime'
import { describe, expect, test } from 'vitest'
import type { GetSubject } from '../conformance.js'
import { draft, everything } from '../place.js'

const latest: Retention = { ...everything, latest: true }

export function describeNewest(get: GetSubject): void {
  const append = async (texts: readonly string[], keep = latest) => {
    // The first letter is the key.
    const all = texts.map((text) =>
      get().engine.append('room', { ...draft(text), key: text.charAt(0) }, keep),
    )
    return (await Promise.all(all)).map(({ offset }) => offset)
  }
  const read = async (query: { after?: number; before?: number; limit?: number } = {}, keep = latest) => {
    const { before, after = 0, limit = 100 } = query
    const page = await get().engine.read(
      'room',
      before === undefined ? { limit, after } : { limit, before },
      keep,
    )
    return page.publications.map(({ offset, data }) => `${offset} ${data}`)
  }

  describe('the newest of each key', () => {
    test('is all that is kept, in the order of the offsets, which count everything', async () => {
      expect(await append(['a1', 'b1', 'a2', 'c1', 'a3'])).toEqual([1, 2, 3, 4, 5])
      expect(await append(['b2'])).toEqual([6])
      expect(await read()).toEqual(['4 c1', '5 a3', '6 b2'])
      const page = await get().engine.read('room', { limit: 0, after: 0 }, latest)
      expect([page.offset, page.first]).toEqual([6, 4])
    })

    test('is the newest at all where no key is given', async () => {
      const { engine } = get()
      for (const text of ['a', 'b']) await engine.append('room', draft(text), latest)
      expect(await read()).toEqual(['2 b'])
    })

    test('is read from any offset in both directions', async () => {
      await append(['a1', 'b1', 'a2', 'c1', 'd1'])
      expect(await read({ after: 2 })).toEqual(['3 a2', '4 c1', '5 d1'])
      expect(await read({ after: 1, limit: 2 })).toEqual(['2 b1', '3 a2'])
      expect(await read({ before: 5, limit: 2 })).toEqual(['3 a2', '4 c1'])
      expect(await read({ before: 3 })).toEqual(['2 b1'])
    })

    test('is told like any other publication', async () => {
      const { engine, listener } = get()
      await engine.attach('room')
      await append(['a1', 'a2'])
      expect(listener.lines).toEqual(['room 1 a1', 'room 2 a2'])
    })

    test('goes, oldest first, beyond the count', async () => {
      const keep = { ...latest, maxMessages: 2 }
      await append(['a1', 'b1', 'c1', 'a2'], keep)
      expect(await read({}, keep)).toEqual(['3 c1', '4 a2'])
    })

    test('goes, oldest first, beyond the bytes', async () => {
      const keep = { ...latest, maxBytes: 12 }
      await append(['a1', 'b1', 'c1'], keep)
      expect(await read({}, keep)).toEqual(['2 b1', '3 c1'])
    })

    test('goes when it is too old', async () => {
      const { engine, place } = get()
      const keep = { ...latest, ttlMs: 10 }
      const at = place.clock.now()
      await engine.append('room', { ...draft('a1', at), key: 'a' }, keep)
      await engine.append('room', { ...draft('b1', at + 5), key: 'b' }, keep)
      place.clock.skip(10)
      expect(await read({}, keep)).toEqual(['2 b1'])
    })

    test('is forgotten by clearing, with a new epoch', async () => {
      const { engine } = get()
      await append(['a1', 'b1'])
      const before = await engine.read('room', { limit: 0, after: 0 }, latest)
      await engine.clear('room')
      const after = await engine.read('room', { limit: 1, after: 0 }, latest)
      expect(after).toMatchObject({ offset: 0, first: 1, publications: [] })
      expect(after.epoch).not.toBe(before.epoch)
      expect(await append(['a9'])).toEqual([1])
    })

    test('takes the place of a history of the other kind, in a new epoch', async () => {
      const { engine } = get()
      const old = await engine.append('room', draft('a'), everything)
      const page = await engine.read('room', { limit: 9, after: 0 }, latest)
      expect(page.publications).toEqual([])
      expect(page.epoch).not.toBe(old.epoch)
      await append(['a1'])
      expect((await engine.read('room', { limit: 9, after: 0 }, everything)).publications).toEqual([])
    })
  })
}

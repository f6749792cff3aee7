import { describe, expect, test } from 'vitest'
import type { GetSubject } from '../conformance.js'
import { appendAll, draft, epochOf, everything, readAll } from '../place.js'

const texts = ['a', 'b', 'c', 'd', 'e']

export function describeReading(get: GetSubject): void {
  const read = async (query: { limit: number; after: number } | { limit: number; before: number }) => {
    const page = await get().engine.read('room', query, { ...everything, maxMessages: 4 })
    return page.publications.map((publication) => publication.data).join('')
  }

  describe('reading', () => {
    test.each([
      [{ limit: 2, after: 1 }, 'bc'],
      [{ limit: 2, after: 0 }, 'bc'],
      [{ limit: 9, after: 3 }, 'de'],
      [{ limit: 9, after: 5 }, ''],
      [{ limit: 9, after: Number.MAX_SAFE_INTEGER }, ''],
      [{ limit: 0, after: 0 }, ''],
      [{ limit: 2, before: 6 }, 'de'],
      [{ limit: 2, before: 5 }, 'cd'],
      [{ limit: 9, before: 4 }, 'bc'],
      [{ limit: 9, before: 2 }, ''],
      [{ limit: 9, before: 0 }, ''],
      [{ limit: 2, before: Number.MAX_SAFE_INTEGER }, 'de'],
      [{ limit: Number.POSITIVE_INFINITY, before: Number.POSITIVE_INFINITY }, 'bcde'],
      [{ limit: Number.POSITIVE_INFINITY, after: -1 }, 'bcde'],
    ])('%j of the offsets 2 to 5', async (query, expected) => {
      await appendAll(get().engine, texts, { ...everything, maxMessages: 4 })
      expect(await read(query)).toBe(expected)
    })

    test('answers with the position and the oldest offset of the same moment', async () => {
      const { engine } = get()
      const keep = { ...everything, maxMessages: 2 }
      await appendAll(engine, ['a', 'b', 'c'], keep)
      const page = await engine.read('room', { limit: 1, after: 0 }, keep)
      expect(page).toMatchObject({ offset: 3, first: 2, publications: [{ offset: 2 }] })
    })

    test('a channel that was never published to has an epoch, and keeps it', async () => {
      const { engine } = get()
      const page = await engine.read('room', { limit: 5, after: 0 }, everything)
      expect(page).toMatchObject({ offset: 0, first: 1, publications: [] })
      expect(page.epoch).not.toBe('')
      expect(await epochOf(engine, 'room')).toBe(page.epoch)
      expect((await engine.append('room', draft('a'), everything)).epoch).toBe(page.epoch)
    })

    test('does not read what has become too old since it was appended', async () => {
      const { engine, place } = get()
      const keep = { ...everything, ttlMs: 1_000 }
      const now = place.clock.now()
      await engine.append('room', draft('a', now), keep)
      await engine.append('room', draft('b', now + 500), keep)
      place.clock.skip(999)
      expect(await readAll(engine, 'room', keep)).toEqual(['a', 'b'])
      place.clock.skip(1)
      expect(await readAll(engine, 'room', keep)).toEqual(['b'])
      place.clock.skip(500)
      const page = await engine.read('room', { limit: 5, before: 9 }, keep)
      expect(page).toMatchObject({ offset: 2, first: 3, publications: [] })
    })

    test('a history that was trimmed to nothing still has its position', async () => {
      const { engine, place } = get()
      const keep = { ...everything, ttlMs: 1_000 }
      const { epoch } = await engine.append('room', draft('a', place.clock.now()), keep)
      place.clock.skip(5_000)
      expect(await engine.read('room', { limit: 5, after: 1 }, keep)).toEqual({
        epoch,
        offset: 1,
        first: 2,
        publications: [],
      })
    })

    test('sees what was appended before, also in the same turn', async () => {
      const { engine } = get()
      await engine.append('room', draft('a'), everything)
      expect(await readAll(engine, 'room')).toEqual(['a'])
    })
  })
}

import { describe, expect, test } from 'vitest'
import type { GetSubject } from '../conformance.js'

export function describeSessions(get: GetSubject): void {
  describe('sessions', () => {
    test('an unknown session is at 0', async () => {
      expect(await get().engine.sequence('s')).toBe(0)
    })

    test('remembers the last number of each session', async () => {
      const { engine } = get()
      await engine.advance('s', 3, 1_000)
      await engine.advance('t', 1, 1_000)
      await engine.advance('s', 4, 1_000)
      expect(await engine.sequence('s')).toBe(4)
      expect(await engine.sequence('t')).toBe(1)
    })

    test('never goes backwards', async () => {
      const { engine } = get()
      await engine.advance('s', 5, 1_000)
      await engine.advance('s', 3, 1_000)
      expect(await engine.sequence('s')).toBe(5)
    })

    test('remembers for as long as it was asked to, the longest wish counts', async () => {
      const { engine, place } = get()
      await engine.advance('s', 5, 1_000)
      await engine.advance('s', 6, 10)
      place.clock.skip(999)
      expect(await engine.sequence('s')).toBe(6)
    })

    test('remembers for longer when it is asked again', async () => {
      const { engine, place } = get()
      await engine.advance('s', 5, 1_000)
      place.clock.skip(900)
      await engine.advance('s', 6, 1_000)
      place.clock.skip(900)
      expect(await engine.sequence('s')).toBe(6)
    })

    test('forgets a session whose time is over, and begins anew', async () => {
      const { engine, place } = get()
      await engine.advance('s', 5, 1_000)
      place.clock.skip(1_000)
      await place.idle(engine)
      expect(await engine.sequence('s')).toBe(0)
      await engine.advance('s', 1, 1_000)
      expect(await engine.sequence('s')).toBe(1)
    })
  })
}

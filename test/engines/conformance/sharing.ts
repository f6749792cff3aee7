import { describe, expect, test } from 'vitest'
import type { GetSubject } from '../conformance.js'
import { appendAll, draft, everything, membersOf, readAll } from '../place.js'

export function describeSharing(get: GetSubject): void {
  describe('several nodes', () => {
    test('are not denied', () => {
      expect(get().engine.isLocal?.() ?? false).toBe(false)
    })

    test('are told what another one publishes, sends, changes and clears, in order', async () => {
      const { engine, place, other } = get()
      const there = await other()
      await there.engine.attach('room')
      await appendAll(engine, ['a'])
      await engine.send('room', { ...draft('b'), except: ['x'] })
      await engine.enter('room', { connection: 'c', data: '1' })
      await engine.enter('room', { connection: 'c', data: '2' })
      await engine.leave('room', 'c')
      await engine.clear('room')
      await appendAll(engine, ['d', 'e'])
      await place.settle()
      expect(there.listener.lines).toEqual([
        'room 1 a',
        'room unkept b',
        'room join c',
        'room update c',
        'room leave c',
        'room cleared',
        'room 1 d',
        'room 2 e',
      ])
      expect(there.listener.publications[1]?.[1]).toEqual({ ...draft('b'), offset: null, except: ['x'] })
      expect(there.listener.presences[1]?.[1]).toEqual({ change: 'update', connection: 'c', data: '2' })
    })

    test('a member that another node has taken over stays when its first node lets it go', async () => {
      const { engine, place, other } = get()
      const there = await other()
      await engine.enter('room', { connection: 'a', data: '1', user: 'ada' })
      await there.engine.enter('room', { connection: 'a', data: '2', user: 'ada' })
      await engine.leave('room', 'a')
      expect(await membersOf(engine, 'room')).toEqual([{ connection: 'a', data: '2', user: 'ada' }])
      await there.engine.leave('room', 'a')
      expect(await membersOf(engine, 'room')).toEqual([])
      await place.settle()
    })

    test('are told how a user stands over all of them, also when one closes', async () => {
      const { engine, listener, place, other } = get()
      const there = await other()
      await engine.attach('room')
      await engine.enter('room', { connection: 'a', data: '1', user: 'ada' })
      await there.engine.enter('room', { connection: 'b', data: '2', user: 'ada' })
      await there.engine.close()
      await place.settle()
      expect(listener.presences.map(([, event]) => event)).toEqual([
        { change: 'join', connection: 'a', data: '1', user: { user: 'ada', connections: 1, data: '1' } },
        { change: 'join', connection: 'b', data: '2', user: { user: 'ada', connections: 2, data: '2' } },
        { change: 'leave', connection: 'b', user: { user: 'ada', connections: 1, data: '1' } },
      ])
    })

    test('publish once between them', async () => {
      const { engine, place, other } = get()
      const there = await other()
      const once = { key: 'k', ttlMs: 1_000, maxKeys: 10 }
      const both = await Promise.all(
        [engine, there.engine].map((each) => each.append('room', { ...draft('a'), once }, everything)),
      )
      expect(both.map(({ offset }) => offset)).toEqual([1, 1])
      expect(both.filter(({ repeated }) => repeated)).toHaveLength(1)
      const sent = [engine, there.engine].map((each) =>
        each.send('room', { ...draft('b'), once: { ...once, key: 'l' } }),
      )
      expect((await Promise.all(sent)).filter(Boolean)).toHaveLength(1)
      await place.settle()
      expect(await readAll(engine, 'room')).toEqual(['a'])
    })

    test('are all told when everything is cleared', async () => {
      const { engine, place, other } = get()
      const there = await other()
      await there.engine.attach('room')
      await there.engine.attach('hall')
      await appendAll(engine, ['a'])
      await place.settle()
      there.listener.take()
      await engine.clearAll()
      await appendAll(engine, ['b'])
      await place.settle()
      const lines = there.listener.take()
      expect([...lines].sort()).toEqual(['hall cleared', 'room 1 b', 'room cleared'])
      expect(lines.indexOf('room cleared')).toBeLessThan(lines.indexOf('room 1 b'))
    })

    test('share one row of offsets, and all are told in the same order', async () => {
      const { engine, listener, place, other } = get()
      const there = await other()
      await engine.attach('room')
      await there.engine.attach('room')
      const offsets: number[] = []
      for (let round = 0; round < 10; round++) {
        const both = [engine, there.engine].map((each) => appendAll(each, [`${round}`, `${round}`]))
        offsets.push(...(await Promise.all(both)).flat())
      }
      await place.settle()
      const expected = Array.from({ length: 40 }, (_, index) => index + 1)
      expect(offsets.sort((one, two) => one - two)).toEqual(expected)
      expect(listener.publications.map(([, publication]) => publication.offset)).toEqual(expected)
      expect(there.listener.lines).toEqual(listener.lines)
    })

    test('are told of publications that were trimmed before they looked', async () => {
      const { engine, place, other } = get()
      const there = await other()
      await there.engine.attach('room')
      for (const text of ['a', 'b', 'c']) await appendAll(engine, [text], { ...everything, maxMessages: 1 })
      await place.settle()
      expect(there.listener.lines).toEqual(['room 1 a', 'room 2 b', 'room 3 c'])
    })

    test('are not told what was published before they attached', async () => {
      const { engine, place, other } = get()
      const there = await other()
      await there.engine.attach('elsewhere')
      await appendAll(engine, ['a'])
      await there.engine.attach('room')
      await place.settle()
      expect(there.listener.lines).toEqual([])
      await appendAll(engine, ['b'])
      await place.settle()
      expect(there.listener.lines).toEqual(['room 2 b'])
    })

    test('read the same history under the same epoch', async () => {
      const { engine, other } = get()
      const there = await other()
      const here = await engine.append('room', draft('a'), everything)
      const then = await there.engine.append('room', draft('b'), everything)
      expect(then).toEqual({ epoch: here.epoch, offset: 2 })
      expect(await readAll(engine, 'room')).toEqual(['a', 'b'])
    })

    test('see the members of all of them, and lose those of one that closes', async () => {
      const { engine, listener, place, other } = get()
      const there = await other()
      await engine.attach('room')
      await engine.enter('room', { connection: 'here', data: '1' })
      await there.engine.enter('room', { connection: 'there', data: '2' })
      expect(await engine.members('room')).toHaveLength(2)
      await there.engine.close()
      await place.settle()
      expect(await membersOf(engine, 'room')).toEqual([{ connection: 'here', data: '1' }])
      expect(listener.lines).toEqual(['room join here', 'room join there', 'room leave there'])
    })

    test('share sessions', async () => {
      const { engine, other } = get()
      const there = await other()
      await engine.advance('s', 7, 1_000)
      expect(await there.engine.sequence('s')).toBe(7)
    })

    test('none forgets a channel that another one is attached to', async () => {
      const { engine, place, other } = get()
      const there = await other()
      const { epoch } = await engine.read('room', { limit: 0, after: 0 }, everything)
      place.clock.skip(place.forgetAfterMs * 0.9)
      await there.engine.attach('room')
      for (let count = 0; count < 4; count++) {
        await place.clock.pass(place.forgetAfterMs / 2)
        await place.idle(engine)
      }
      expect((await engine.read('room', { limit: 0, after: 0 }, everything)).epoch).toBe(epoch)
    })
  })
}

import { describe, expect, test } from 'vitest'
import type { GetSubject } from '../conformance.js'

export function describePresence(get: GetSubject): void {
  describe('presence', () => {
    test('lists members in the order in which they entered', async () => {
      const { engine } = get()
      for (const connection of ['c', 'a', 'b'])
        await engine.enter('room', { connection, data: `"${connection}"` })
      await engine.enter('room', { connection: 'c', data: '"new"' })
      expect(await engine.members('room')).toEqual([
        { connection: 'c', data: '"new"' },
        { connection: 'a', data: '"a"' },
        { connection: 'b', data: '"b"' },
      ])
    })

    test('an empty channel has no members', async () => {
      expect(await get().engine.members('room')).toEqual([])
    })

    test('tells of joining, updating and leaving, by the time that the call answers', async () => {
      const { engine, listener } = get()
      await engine.attach('room')
      await engine.enter('room', { connection: 'a', data: '1' })
      expect(listener.presences).toEqual([['room', { change: 'join', connection: 'a', data: '1' }]])
      await engine.enter('room', { connection: 'a', data: '2' })
      expect(listener.presences[1]).toEqual(['room', { change: 'update', connection: 'a', data: '2' }])
      await engine.leave('room', 'a')
      expect(listener.presences[2]).toEqual(['room', { change: 'leave', connection: 'a' }])
      expect(await engine.members('room')).toEqual([])
    })

    test('tells nobody when somebody leaves who was not there', async () => {
      const { engine, listener } = get()
      await engine.attach('room')
      await engine.leave('room', 'a')
      await engine.leave('nowhere', 'a')
      expect(listener.lines).toEqual([])
    })

    test('entering, leaving and entering again in one turn ends with the member inside', async () => {
      const { engine, listener } = get()
      await engine.attach('room')
      const entry = { connection: 'a', data: '1' }
      await Promise.all([engine.enter('room', entry), engine.leave('room', 'a'), engine.enter('room', entry)])
      expect(listener.lines).toEqual(['room join a', 'room leave a', 'room join a'])
      expect(await engine.members('room')).toEqual([entry])
    })

    test('the same connection is a member of each channel by itself', async () => {
      const { engine } = get()
      await engine.enter('one', { connection: 'a', data: '1' })
      await engine.enter('two', { connection: 'a', data: '2' })
      await engine.leave('one', 'a')
      expect(await engine.members('two')).toEqual([{ connection: 'a', data: '2' }])
    })
  })
}

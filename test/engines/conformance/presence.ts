import { describe, expect, test } from 'vitest'
import type { GetSubject } from '../conformance.js'
import { membersOf } from '../place.js'

export function describePresence(get: GetSubject): void {
  describe('presence', () => {
    test('lists members in the order in which they entered', async () => {
      const { engine } = get()
      for (const connection of ['c', 'a', 'b'])
        await engine.enter('room', { connection, data: `"${connection}"` })
      await engine.enter('room', { connection: 'c', data: '"new"' })
      expect(await membersOf(engine, 'room')).toEqual([
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

    test('tells nobody when somebody enters as it is there already', async () => {
      const { engine, listener } = get()
      await engine.attach('room')
      for (const user of [{}, { user: 'ada' }]) {
        const entry = { connection: `a${Object.keys(user).length}`, data: '1', ...user }
        await engine.enter('room', entry)
        await engine.enter('room', entry)
      }
      expect(listener.lines).toEqual(['room join a0', 'room join a1'])
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
      expect(await membersOf(engine, 'room')).toEqual([entry])
    })

    test('the same connection is a member of each channel by itself', async () => {
      const { engine } = get()
      await engine.enter('one', { connection: 'a', data: '1' })
      await engine.enter('two', { connection: 'a', data: '2' })
      await engine.leave('one', 'a')
      expect(await membersOf(engine, 'two')).toEqual([{ connection: 'a', data: '2' }])
    })

    test('lists members page by page, and counts them', async () => {
      const { engine } = get()
      for (const connection of ['a', 'b', 'c', 'd']) await engine.enter('room', { connection, data: '1' })
      const first = await engine.members('room', { limit: 2 })
      const after = first.at(-1)?.order ?? 0
      // Who leaves meanwhile, even the one where the page ended, does not disturb the next page.
      await engine.leave('room', 'b')
      await engine.enter('room', { connection: 'a', data: '2' })
      const second = await engine.members('room', { limit: 2, after })
      expect([first, second].map((page) => page.map(({ connection }) => connection))).toEqual([
        ['a', 'b'],
        ['c', 'd'],
      ])
      expect(await engine.members('room', { limit: 2, after: second.at(-1)?.order ?? 0 })).toEqual([])
      expect(await engine.count('room')).toEqual({ connections: 3, users: 0 })
      expect(await engine.count('nowhere')).toEqual({ connections: 0, users: 0 })
    })

    test('tells with every change how the user stands then', async () => {
      const { engine, listener } = get()
      await engine.attach('room')
      const enter = (connection: string, data: string) =>
        engine.enter('room', { connection, data, user: 'ada' })
      await enter('a', '1')
      await enter('b', '2')
      await enter('a', '3')
      await engine.leave('room', 'a')
      await engine.leave('room', 'b')
      const user = (connections: number, data: string) => ({ user: 'ada', connections, data })
      expect(listener.presences.map(([, event]) => event)).toEqual([
        { change: 'join', connection: 'a', data: '1', user: user(1, '1') },
        { change: 'join', connection: 'b', data: '2', user: user(2, '2') },
        { change: 'update', connection: 'a', data: '3', user: user(2, '3') },
        { change: 'leave', connection: 'a', user: user(1, '2') },
        { change: 'leave', connection: 'b', user: user(0, '') },
      ])
    })

    test('takes what is news for what the user told last, also when the connection has told it before', async () => {
      const { engine, listener } = get()
      await engine.attach('room')
      await engine.enter('room', { connection: 'a', data: '1', user: 'ada' })
      await engine.enter('room', { connection: 'b', data: '2', user: 'ada' })
      await engine.enter('room', { connection: 'a', data: '1', user: 'ada' })
      expect(await engine.users('room')).toMatchObject([{ data: '2' }])
      for (let times = 0; times < 2; times++)
        await engine.enter('room', { connection: 'a', data: '1', user: 'ada', isNews: true })
      expect(await engine.users('room')).toMatchObject([{ data: '1', connections: 2 }])
      const last = {
        change: 'update',
        connection: 'a',
        data: '1',
        user: { user: 'ada', connections: 2, data: '1' },
      }
      expect(listener.presences.slice(2)).toEqual([['room', last]])
      expect((await engine.members('room')).map((member) => Object.keys(member).sort())).toEqual([
        ['connection', 'data', 'order', 'user'],
        ['connection', 'data', 'order', 'user'],
      ])
    })

    test('lists each user once, with the metadata that was entered last, page by page', async () => {
      const { engine } = get()
      await engine.enter('room', { connection: 'a1', data: '1', user: 'ada' })
      await engine.enter('room', { connection: 'x', data: '0' })
      await engine.enter('room', { connection: 'b1', data: '2', user: 'bob' })
      await engine.enter('room', { connection: 'a2', data: '3', user: 'ada' })
      const [ada] = await engine.users('room', { limit: 1 })
      expect(ada).toMatchObject({ user: 'ada', data: '3', connections: 2 })
      const rest = await engine.users('room', { after: ada?.order ?? 0 })
      expect(rest).toMatchObject([{ user: 'bob', data: '2', connections: 1 }])
      expect(rest).toHaveLength(1)
      expect(await engine.count('room')).toEqual({ connections: 4, users: 2 })
    })

    test('a connection that comes back as somebody else counts for that one alone', async () => {
      const { engine, listener } = get()
      await engine.enter('room', { connection: 'a', data: '1', user: 'ada' })
      await engine.attach('room')
      await engine.enter('room', { connection: 'a', data: '2', user: 'bob' })
      expect(listener.lines).toEqual(['room leave a', 'room join a'])
      expect(listener.presences[0]?.[1].change).toBe('leave')
      expect(await engine.users('room')).toMatchObject([{ user: 'bob', data: '2', connections: 1 }])
      expect(await engine.count('room')).toEqual({ connections: 1, users: 1 })
    })
  })
}

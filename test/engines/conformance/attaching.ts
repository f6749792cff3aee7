import { describe, expect, test } from 'vitest'
import type { GetSubject } from '../conformance.js'
import { appendAll, draft, everything } from '../place.js'

export function describeAttaching(get: GetSubject): void {
  describe('attaching', () => {
    test('tells every publication in ascending order, each once', async () => {
      const { engine, listener, place } = get()
      await engine.attach('room')
      await appendAll(engine, ['a', 'b'])
      await appendAll(engine, ['c'])
      await place.settle()
      expect(listener.lines).toEqual(['room 1 a', 'room 2 b', 'room 3 c'])
    })

    test('has told the listener by the time that append answers', async () => {
      const { engine, listener } = get()
      await engine.attach('room')
      await engine.append('room', draft('a'), everything)
      expect(listener.lines).toEqual(['room 1 a'])
    })

    test('tells nothing of other channels', async () => {
      const { engine, listener, place } = get()
      await engine.attach('room')
      await engine.append('elsewhere', draft('a'), everything)
      await engine.send('elsewhere', draft('b'))
      await engine.enter('elsewhere', { connection: 'c', data: '{}' })
      await engine.clear('elsewhere')
      await place.settle()
      expect(listener.lines).toEqual([])
    })

    test('tells nothing of what was published before', async () => {
      const { engine, listener, place } = get()
      await appendAll(engine, ['a'])
      await engine.attach('room')
      await place.settle()
      await appendAll(engine, ['b'])
      expect(listener.lines).toEqual(['room 2 b'])
    })

    test('twice is once', async () => {
      const { engine, listener } = get()
      await engine.attach('room')
      await engine.attach('room')
      await appendAll(engine, ['a'])
      expect(listener.lines).toEqual(['room 1 a'])
      await engine.detach('room')
      await appendAll(engine, ['b'])
      expect(listener.lines).toHaveLength(1)
    })

    test('ends with detach, and can begin again', async () => {
      const { engine, listener } = get()
      await engine.attach('room')
      await engine.detach('room')
      await engine.detach('never-attached')
      await appendAll(engine, ['a'])
      await engine.attach('room')
      await appendAll(engine, ['b'])
      expect(listener.lines).toEqual(['room 2 b'])
    })

    test('tells what is sent without being kept, in the order of sending', async () => {
      const { engine, listener } = get()
      await engine.attach('room')
      await Promise.all([
        engine.append('room', draft('a'), everything),
        engine.send('room', draft('b')),
        engine.send('room', draft('c')),
        engine.append('room', draft('d'), everything),
      ])
      expect(listener.lines).toEqual(['room 1 a', 'room unkept b', 'room unkept c', 'room 2 d'])
    })

    test('hands a publication on as it was drafted', async () => {
      const { engine, listener } = get()
      await engine.attach('room')
      await engine.append('room', { name: 'n', data: '{"a":1}', at: 17.5, except: ['x', 'y'] }, everything)
      await engine.send('room', { name: 'm', data: '"é"', at: 18 })
      expect(listener.publications).toEqual([
        ['room', { offset: 1, name: 'n', data: '{"a":1}', at: 17.5, except: ['x', 'y'] }],
        ['room', { offset: null, name: 'm', data: '"é"', at: 18 }],
      ])
    })
  })
}

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { describeEngine } from './conformance.js'
import { appendAll, draft, everything, openNode, readAll } from './place.js'
import { driver, rememberingDriver } from './sqlite-database.js'
import { makeSqlitePlace, type SqlitePlace } from './sqlite-place.js'
import { turn } from './virtual-clock.js'

describeEngine('the SQLite engine', makeSqlitePlace, { isShared: true })

describe('the SQLite engine alone', () => {
  let place: SqlitePlace

  beforeEach(async () => {
    place = await makeSqlitePlace()
  })

  afterEach(async () => {
    await place.remove()
  })

  test('keeps history, epoch, offsets and sessions over a restart, and no members', async () => {
    const before = await openNode(place.make())
    const keep = { ...everything, maxMessages: 2 }
    await appendAll(before.engine, ['a', 'b', 'c'], keep)
    await before.engine.advance('s', 9, 1_000)
    await before.engine.enter('room', { connection: 'c', data: '{}' })
    const page = await before.engine.read('room', { limit: 9, after: 0 }, keep)
    await before.engine.close()

    const after = await openNode(place.make())
    expect(await after.engine.read('room', { limit: 9, after: 0 }, keep)).toEqual(page)
    expect(await after.engine.append('room', draft('d'), keep)).toEqual({ epoch: page.epoch, offset: 4 })
    expect(await after.engine.sequence('s')).toBe(9)
    expect(await after.engine.members('room')).toEqual([])
    await after.engine.close()
  })

  test('keeps the epoch of a channel without publications over a restart', async () => {
    const epochs: string[] = []
    for (let run = 0; run < 2; run++) {
      const { engine } = await openNode(place.make())
      epochs.push((await engine.read('room', { limit: 0, after: 0 }, everything)).epoch)
      await engine.close()
    }
    expect(epochs[0]).toBe(epochs[1])
  })

  test('commits what is written in one turn in one transaction', async () => {
    const { commits, loadDriver } = rememberingDriver()
    const { engine } = await openNode(place.make({ loadDriver }))
    commits.length = 0
    await appendAll(engine, ['a', 'b', 'c'])
    expect(commits).toHaveLength(1)
    await appendAll(engine, ['d'])
    expect(commits).toHaveLength(2)
    await engine.close()
  })

  test('tells the listener only after the commit', async () => {
    const { engine, listener } = await openNode(place.make())
    const outside = new driver.DatabaseSync(place.file)
    const count = outside.prepare('SELECT count(*) AS count FROM publications')
    const seen: unknown[] = []
    listener.publication = () => seen.push({ ...(count.get() as object) })
    await engine.attach('room')
    await appendAll(engine, ['a', 'b'])
    expect(seen).toEqual([{ count: 2 }, { count: 2 }])
    outside.close()
    await engine.close()
  })

  test('a write that cannot be done does not fail the others of its turn', async () => {
    const { engine, listener } = await openNode(place.make())
    await engine.attach('room')
    const impossible = { ...draft('b'), data: Symbol('no text') as unknown as string }
    const results = await Promise.allSettled([
      engine.append('room', draft('a'), everything),
      engine.append('room', impossible, everything),
      engine.append('room', draft('c'), everything),
    ])
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(results[1]).toMatchObject({ reason: { code: 'ENGINE_FAILED' } })
    expect(listener.lines).toEqual(['room 1 a', 'room 2 c'])
    expect(await readAll(engine, 'room')).toEqual(['a', 'c'])
    await engine.close()
  })

  test('refuses writes beyond its limit instead of piling them up', async () => {
    const { engine } = await openNode(place.make({ maxPending: 2 }))
    const results = await Promise.allSettled(['a', 'b', 'c'].map((text) => appendAll(engine, [text])))
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'fulfilled', 'rejected'])
    await engine.close()
  })

  test('drops from the file what became too old in channels that nobody asks for', async () => {
    const { engine } = await openNode(place.make())
    await appendAll(engine, ['a', 'b'], { ...everything, ttlMs: 10 })
    await place.clock.pass(10_000)
    await turn()
    const outside = new driver.DatabaseSync(place.file)
    expect(outside.prepare('SELECT * FROM publications').all()).toEqual([])
    outside.close()
    await engine.close()
  })

  test.each([
    ['process', 1],
    ['power', 2],
  ] as const)('durability %s is what it sets SQLite to', async (durability, synchronous) => {
    const { connections, loadDriver } = rememberingDriver()
    const { engine } = await openNode(place.make({ loadDriver, durability }))
    expect({ ...(connections[0]?.prepare('PRAGMA synchronous').get() as object) }).toEqual({ synchronous })
    await engine.close()
  })
})

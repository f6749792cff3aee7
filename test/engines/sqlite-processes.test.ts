import { type SqliteEngineOptions, sqliteEngine } from '@wirepact/runtime/sqlite'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { EngineProcess } from './engine-process.js'
import { appendAll, draft, everything, type Node, openNode, readAll } from './place.js'
import { runSql } from './sqlite-database.js'
import { makeSqlitePlace, type SqlitePlace } from './sqlite-place.js'
import { turn, VirtualClock } from './virtual-clock.js'

let place: SqlitePlace
let nodes: Node[]
let processes: EngineProcess[]

beforeEach(async () => {
  place = await makeSqlitePlace()
  nodes = []
  processes = []
})

afterEach(async () => {
  for (const child of processes) await child.kill()
  for (const node of nodes) await node.engine.close()
  await place.remove()
})

async function openHere(options: SqliteEngineOptions = {}): Promise<Node> {
  const node = await openNode(place.make(options))
  nodes.push(node)
  return node
}

function spawnThere(...task: string[]): EngineProcess {
  const child = new EngineProcess(place.file, ...task)
  processes.push(child)
  return child
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

describe('several processes', () => {
  test('share one row of offsets, and a listener is told of all of them in order, each once', async () => {
    const here = await openNode(sqliteEngine(place.file))
    nodes.push(here)
    await here.engine.attach('room')
    const there = [spawnThere('flood', '200'), spawnThere('flood', '200')]
    await there[0]?.said(1)
    for (let round = 0; round < 20; round++) await appendAll(here.engine, ['a', 'b', 'c', 'd', 'e'])
    await Promise.all(there.map((child) => child.ended()))
    await vi.waitFor(() => expect(here.listener.lines).toHaveLength(500), { timeout: 10_000 })
    expect(here.listener.publications.map(([, publication]) => publication.offset)).toEqual(upTo(500))
    expect(await readAll(here.engine, 'room')).toHaveLength(500)
  })

  test('what a killed process was told is kept is there, without holes', async () => {
    const child = spawnThere('flood')
    await child.said(300)
    await child.kill()
    const { engine } = await openHere()
    const page = await engine.read('room', { limit: 1_000_000, after: 0 }, everything)
    expect(page.publications.map((publication) => publication.offset)).toEqual(upTo(page.offset))
    const kept = new Set(page.publications.map((publication) => `${publication.offset} ${publication.data}`))
    expect(child.lines.filter((line) => /^\d+ \d+-\d+$/.test(line) && !kept.has(line))).toEqual([])
    expect(await appendAll(engine, ['next'])).toEqual([page.offset + 1])
  })

  test('the members of a killed process leave at the next beat', async () => {
    const { engine, listener } = await openHere()
    await engine.attach('room')
    const child = spawnThere('enter')
    await child.said(1)
    await place.settle()
    await place.clock.pass(30_000)
    expect(listener.lines).toEqual(['room join ghost'])
    await child.kill()
    await place.clock.pass(2_000)
    expect(listener.take()).toEqual(['room join ghost', 'room leave ghost'])
    expect(await engine.members('room')).toEqual([])
  })

  test('the members of a killed process are gone when the file is opened', async () => {
    const child = spawnThere('enter')
    await child.said(1)
    await child.kill()
    const { engine } = await openHere()
    expect(await engine.members('room')).toEqual([])
  })
})

describe('a node that cannot be looked at', () => {
  /** A node with one member, as another machine or a former process would have left it. */
  const leaveBehind = (host: string, started: string) =>
    runSql(
      place.file,
      `INSERT INTO nodes VALUES ('stranger', '${host}', ${process.pid}, '${started}', 1, 0);
       INSERT INTO members (channel, connection, node, data) VALUES ('room', 'ghost', 'stranger', '{}')`,
    )

  test('is dead when it has been silent for its time', async () => {
    const { engine, listener } = await openHere()
    await engine.attach('room')
    leaveBehind('elsewhere.example', '')
    await place.clock.pass(8_000)
    expect(await engine.members('room')).toHaveLength(1)
    await place.clock.pass(4_000)
    expect(await engine.members('room')).toEqual([])
    expect(listener.lines).toEqual(['room leave ghost'])
  })

  test('lives while it beats', async () => {
    const { engine } = await openHere()
    leaveBehind('elsewhere.example', '')
    for (let beat = 0; beat < 10; beat++) {
      await place.clock.pass(4_000)
      runSql(place.file, `UPDATE nodes SET beats = beats + 1 WHERE id = 'stranger'`)
    }
    expect(await engine.members('room')).toHaveLength(1)
  })

  test('is not taken for dead because this machine slept', async () => {
    const { engine } = await openHere()
    leaveBehind('elsewhere.example', '')
    await place.clock.pass(4_000)
    place.clock.skip(3_600_000)
    await place.clock.pass(2_000)
    expect(await engine.members('room')).toHaveLength(1)
  })

  test.runIf(process.platform === 'linux')('is dead when its number belongs to another process', async () => {
    const { hostname } = await import('node:os')
    const { engine } = await openHere()
    leaveBehind(hostname(), '1')
    await place.clock.pass(2_000)
    expect(await engine.members('room')).toEqual([])
  })
})

describe('a node that missed something', () => {
  test('is interrupted when others took it for dead, and takes part again', async () => {
    const here = await openHere()
    const there = await openHere()
    await here.engine.attach('room')
    await there.engine.attach('room')
    runSql(place.file, `DELETE FROM nodes WHERE rowid = (SELECT min(rowid) FROM nodes)`)
    await place.settle()
    expect(here.listener.take()).toEqual(['interrupted'])
    expect(there.listener.take()).toEqual([])
    await there.engine.append('room', draft('a'), everything)
    await place.settle()
    expect(here.listener.take()).toEqual(['room 1 a'])
  })

  test('is interrupted when it did not look for so long that events were dropped', async () => {
    const sleeping = new VirtualClock()
    const here = await openHere({ clock: sleeping })
    const there = await openHere({ maxBacklog: 5 })
    await here.engine.attach('room')
    for (let round = 0; round < 10; round++) await appendAll(there.engine, ['a'])
    await place.clock.pass(4_000)
    await sleeping.pass(25)
    await turn()
    expect(here.listener.take()).toEqual(['interrupted'])
    await appendAll(there.engine, ['b'])
    await sleeping.pass(25)
    expect(here.listener.take()).toEqual(['room 11 b'])
  })

  test('events are kept only until everybody has read them', async () => {
    const here = await openHere()
    const there = await openHere()
    await appendAll(here.engine, ['a', 'b'])
    await place.clock.pass(10_000)
    const { driver } = await import('./sqlite-database.js')
    const outside = new driver.DatabaseSync(place.file)
    expect(outside.prepare('SELECT * FROM events').all()).toEqual([])
    outside.close()
    await there.engine.close()
  })
})

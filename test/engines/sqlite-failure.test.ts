import { execFile } from 'node:child_process'
import { open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { sqliteEngine } from '@wirepact/runtime/sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { appendAll, draft, everything, openNode, readAll } from './place.js'
import { driver, rememberingDriver, runSql } from './sqlite-database.js'
import { makeSqlitePlace, type SqlitePlace } from './sqlite-place.js'
import { turn } from './virtual-clock.js'

let place: SqlitePlace

beforeEach(async () => {
  place = await makeSqlitePlace()
})

afterEach(async () => {
  await place.remove()
})

/** A node whose own connection the test can get at. */
async function openExposed() {
  const { connections, loadDriver } = rememberingDriver()
  const node = await openNode(place.make({ loadDriver }))
  return { ...node, run: (sql: string) => connections[0]?.exec(sql) }
}

describe('while it works', () => {
  test.each([
    ['the disk is full', 'PRAGMA max_page_count = 1', 'PRAGMA max_page_count = 1000000'],
    ['the file is read-only', 'PRAGMA query_only = 1', 'PRAGMA query_only = 0'],
  ])('%s: says so, changes nothing, and goes on when that is over', async (reason, begin, end) => {
    const { engine, listener, run } = await openExposed()
    await engine.attach('room')
    await appendAll(engine, ['a'])
    run(begin)
    const large = ['x', 'y'].map((text) => text.repeat(100_000))
    const results = await Promise.allSettled(large.map((text) => appendAll(engine, [text])))
    for (const result of results) {
      const message = expect.stringContaining(reason)
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'ENGINE_FAILED', message } })
    }
    expect(await readAll(engine, 'room')).toEqual(['a'])
    run(end)
    expect(await appendAll(engine, ['b'])).toEqual([2])
    expect(listener.lines).toEqual(['room 1 a', 'room 2 b'])
    await engine.close()
  })

  test.each(['removed', 'replaced'])(
    'the file is %s: says so, tells nobody, and goes on when it is back',
    async (what) => {
      const { engine, listener } = await openNode(place.make())
      await engine.attach('room')
      await appendAll(engine, ['a'])
      await rename(place.file, `${place.file}.away`)
      if (what === 'replaced') await writeFile(place.file, '')
      await place.clock.pass(250)
      const lost = { code: 'ENGINE_FAILED', message: 'The file of the engine was removed or replaced.' }
      for (const result of await Promise.allSettled([appendAll(engine, ['b']), appendAll(engine, ['c'])]))
        expect(result).toMatchObject({ status: 'rejected', reason: lost })
      expect(() => engine.sequence(''), 'so that health is told').toThrow(lost.message)
      await rename(`${place.file}.away`, place.file)
      await place.clock.pass(250)
      expect(await appendAll(engine, ['d'])).toEqual([2])
      expect(listener.lines).toEqual(['room 1 a', 'room 2 d'])
      await engine.close()
    },
  )

  test('can be closed when its file is gone', async () => {
    const { engine } = await openNode(place.make())
    await appendAll(engine, ['a'])
    await rm(place.file)
    await place.clock.pass(250)
    await engine.close()
  })

  test('waits for a lock without holding up the event loop, and keeps the order', async () => {
    const { engine, listener } = await openNode(place.make())
    await engine.attach('room')
    const other = new driver.DatabaseSync(place.file)
    other.exec('BEGIN IMMEDIATE')
    const first = appendAll(engine, ['a', 'b'])
    await turn()
    const second = appendAll(engine, ['c'])
    await place.clock.pass(1_000)
    expect(listener.lines).toEqual([])
    other.exec('COMMIT')
    await place.clock.pass(1_000)
    expect([...(await first), ...(await second)]).toEqual([1, 2, 3])
    expect(listener.lines).toEqual(['room 1 a', 'room 2 b', 'room 3 c'])
    other.close()
    await engine.close()
  })

  test('fails when the lock is held for too long, and works when it is let go', async () => {
    const { engine } = await openNode(place.make({ lockTimeoutMs: 500 }))
    const other = new driver.DatabaseSync(place.file)
    other.exec('BEGIN IMMEDIATE')
    const failed = expect(appendAll(engine, ['a'])).rejects.toMatchObject({
      code: 'ENGINE_FAILED',
      message: expect.stringContaining('locked'),
    })
    await turn()
    await place.clock.pass(600)
    await failed
    expect(await engine.members('room')).toEqual([])
    other.exec('COMMIT')
    other.close()
    expect(await appendAll(engine, ['b'])).toEqual([1])
    await engine.close()
  })

  test('an error never names the file, because it may go over the wire', async () => {
    const { engine, run } = await openExposed()
    run('PRAGMA query_only = 1')
    const error = await failureOf(() => engine.append('room', draft('a'), everything))
    expect(error).toMatchObject({ code: 'ENGINE_FAILED' })
    expect(String(error)).not.toContain(place.file)
    run('PRAGMA query_only = 0')
    await engine.close()
  })
})

describe('a file that it cannot use', () => {
  const refusal = async (file = place.file) => {
    const engine = sqliteEngine(file, { clock: place.clock })
    const error = await failureOf(() => openNode(engine))
    await engine.close()
    return error
  }

  test('that is no database is refused and left as it is', async () => {
    const text = 'These are notes, not a database. '.repeat(200)
    await writeFile(place.file, text)
    expect(await refusal()).toMatchObject({
      code: 'ENGINE_FAILED',
      message: expect.stringContaining('not a database'),
    })
    expect(await readFile(place.file, 'utf8')).toBe(text)
  })

  test('that belongs to another application is refused and left as it is', async () => {
    runSql(place.file, 'CREATE TABLE theirs (a)')
    const before = await readFile(place.file)
    const message = expect.stringContaining('another application')
    expect(await refusal()).toMatchObject({ code: 'ENGINE_FAILED', message })
    expect(before.equals(await readFile(place.file))).toBe(true)
  })

  test('that a newer version wrote is refused', async () => {
    const { engine } = await openNode(place.make())
    await engine.close()
    runSql(place.file, 'PRAGMA user_version = 99')
    const message = expect.stringContaining('newer version')
    expect(await refusal()).toMatchObject({ code: 'ENGINE_FAILED', message })
  })

  test('whose folder does not exist is named in the error', async () => {
    const file = `${dirname(place.file)}/nowhere/state.db`
    expect(await refusal(file)).toMatchObject({
      code: 'ENGINE_FAILED',
      message: expect.stringContaining(file),
    })
  })

  test('that is damaged fails when the damage is met, with a word for it', async () => {
    const { engine } = await openNode(place.make())
    await appendAll(
      engine,
      Array.from({ length: 100 }, (_, index) => `${index}`.repeat(500)),
    )
    await engine.close()
    await overwrite(place.file, 2)
    const read = async () => {
      const after = place.make()
      try {
        await openNode(after)
        return await readAll(after, 'room')
      } finally {
        await failureOf(() => after.close())
      }
    }
    await expect(read()).rejects.toMatchObject({
      code: 'ENGINE_FAILED',
      message: expect.stringMatching(/damaged/),
    })
  })

  test('can be tried again with the same engine when the cause is gone', async () => {
    await writeFile(place.file, 'no database '.repeat(200))
    const engine = place.make()
    await expect(openNode(engine)).rejects.toMatchObject({ code: 'ENGINE_FAILED' })
    await writeFile(place.file, '')
    await openNode(engine)
    expect(await appendAll(engine, ['a'])).toEqual([1])
    await engine.close()
  })

  test('is not opened where there is no SQLite, and the error says what to install', async () => {
    const script = fileURLToPath(new URL('./fixtures/open-without-sqlite.mjs', import.meta.url))
    const { stdout } = await promisify(execFile)(process.execPath, [script, place.file])
    expect(stdout).toContain('UNSUPPORTED_PLATFORM')
    expect(stdout).toContain('npm install @photostructure/sqlite')
  })
})

/** What `work` throws or rejects with; undefined when it does neither. */
async function failureOf(work: () => unknown): Promise<unknown> {
  try {
    await work()
    return undefined
  } catch (error) {
    return error
  }
}

/** Writes nonsense over the file, from a page on. */
async function overwrite(file: string, page: number): Promise<void> {
  const handle = await open(file, 'r+')
  const { size } = await handle.stat()
  const start = (page - 1) * 4_096
  await handle.write(Buffer.alloc(size - start, 0xa5), 0, size - start, start)
  await handle.close()
}

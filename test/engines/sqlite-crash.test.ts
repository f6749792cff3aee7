import { readFile, truncate, writeFile } from 'node:fs/promises'
import { sqliteEngine } from '@wirepact/runtime/sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { EngineProcess } from './engine-process.js'
import { appendAll, everything, openNode } from './place.js'
import { driver, runSql } from './sqlite-database.js'
import { makeSqlitePlace, type SqlitePlace } from './sqlite-place.js'

let place: SqlitePlace
let processes: EngineProcess[]

beforeEach(async () => {
  place = await makeSqlitePlace()
  processes = []
})

afterEach(async () => {
  for (const child of processes) await child.kill()
  await place.remove()
})

function spawnThere(...task: string[]): EngineProcess {
  const child = new EngineProcess(place.file, ...task)
  processes.push(child)
  return child
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)
const isAcknowledgement = (line: string) => /^\d+ \d+-\d+$/.test(line)

/** The file is whole, its offsets have no holes, and what was acknowledged stands where it was said to stand. */
async function requireWhole(acknowledged: readonly string[]): Promise<number> {
  const database = new driver.DatabaseSync(place.file)
  expect(database.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }])
  database.close()
  const { engine } = await openNode(sqliteEngine(place.file))
  const page = await engine.read('room', { limit: 1_000_000, after: 0 }, everything)
  await engine.close()
  expect(page.publications.map(({ offset }) => offset)).toEqual(upTo(page.offset))
  const kept = new Set(page.publications.map(({ offset, data }) => `${offset} ${data}`))
  expect(acknowledged.filter((line) => !kept.has(line))).toEqual([])
  return page.offset
}

test('two processes that publish at once and are killed anywhere lose nothing and leave no hole', async () => {
  const acknowledged: string[] = []
  for (const lines of [1, 37, 120, 263]) {
    const children = [spawnThere('flood'), spawnThere('flood')]
    await Promise.race(children.map((child) => child.said(lines)))
    await Promise.all(children.map((child) => child.kill()))
    acknowledged.push(...children.flatMap((child) => child.lines.filter(isAcknowledgement)))
    await requireWhole(acknowledged)
  }
  const { engine } = await openNode(sqliteEngine(place.file))
  const before = (await engine.read('room', { limit: 0, after: 0 }, everything)).offset
  expect(await appendAll(engine, ['next'])).toEqual([before + 1])
  await engine.close()
})

test('a disk that takes no more is said to, keeps what it has, and takes more when there is room', async () => {
  const child = spawnThere('fill')
  await child.ended()
  const failure = child.lines.find((line) => line.startsWith('failed'))
  expect(failure).toMatch(/^failed ENGINE_FAILED .*the disk (is full|failed)/)
  const acknowledged = child.lines.filter(isAcknowledgement)
  expect(acknowledged.length).toBeGreaterThan(0)
  expect(child.lines.at(-1)).toBe(`kept ${acknowledged.length}`)
  expect(await requireWhole(acknowledged)).toBe(acknowledged.length)
  const { engine } = await openNode(sqliteEngine(place.file))
  expect(await appendAll(engine, ['next'])).toEqual([acknowledged.length + 1])
  await engine.close()
})

describe('a file that is not what it was', () => {
  /** Something to lose, all of it in the file itself. */
  async function fill(): Promise<void> {
    const { engine } = await openNode(sqliteEngine(place.file))
    await appendAll(
      engine,
      upTo(200).map((index) => `${index} `.repeat(100)),
    )
    await engine.close()
    runSql(place.file, 'PRAGMA wal_checkpoint(TRUNCATE)')
  }

  /** Reads everything: all of it, or an error with a code, but never less without a word. */
  async function readOrFail(): Promise<unknown> {
    const engine = sqliteEngine(place.file)
    try {
      await openNode(engine)
      const page = await engine.read('room', { limit: 1_000, after: 0 }, everything)
      return page.publications.length
    } catch (error) {
      return (error as { code?: unknown }).code
    } finally {
      await Promise.resolve(engine.close()).catch(() => undefined)
    }
  }

  test.each([0.9, 0.5, 0.25])('cut to %d of its size is refused', async (part) => {
    await fill()
    const { length } = await readFile(place.file)
    await truncate(place.file, Math.floor(length * part))
    expect(await readOrFail()).toBe('ENGINE_FAILED')
  })

  test.each([1, 2, 3, 4, 5, 6])(
    'with nonsense in its page %d is refused, or read as a whole',
    async (page) => {
      await fill()
      const bytes = await readFile(place.file)
      bytes.fill(0xa5, (page - 1) * 4_096, page * 4_096)
      await writeFile(place.file, bytes)
      expect(['ENGINE_FAILED', 200]).toContain(await readOrFail())
    },
  )

  test.each([-1, 0, 98, 99])('of the version %d, which nobody wrote, is refused', async (version) => {
    await fill()
    runSql(place.file, `PRAGMA user_version = ${version}`)
    expect(await readOrFail()).toBe('ENGINE_FAILED')
  })

  test('without one of its tables is refused', async () => {
    await fill()
    runSql(place.file, 'DROP TABLE publications')
    expect(await readOrFail()).toBe('ENGINE_FAILED')
  })
})

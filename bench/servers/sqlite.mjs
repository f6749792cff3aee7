import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { DatabaseSync } from '@photostructure/sqlite'
import { sqliteEngine } from '@wirepact/runtime/sqlite'
import { createServer } from '../api/dist/generated/server.js'
import { createTick } from '../lib/payloads.mjs'

const { side, channel: name = 'archive' } = JSON.parse(process.argv[2])
const folder = mkdtempSync(join(tmpdir(), 'wirepact-bench-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
// Ctrl-C reaches this process, too, and would end it without `exit`.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1))

const publishTurn = side === 'wirepact' ? await createOurs() : createBare()

process.on('message', async ({ id, options: { turns, perTurn } }) => {
  const start = process.hrtime.bigint()
  const before = process.cpuUsage()
  for (let turn = 0; turn < turns; turn++) {
    await publishTurn(perTurn)
    await nextTurn()
  }
  const { user, system } = process.cpuUsage(before)
  const elapsedMs = Number(process.hrtime.bigint() - start) / 1e6
  process.send({ id, answer: { elapsedMs, usageMs: (user + system) / 1000 } })
})
process.on('disconnect', () => process.exit())
process.send({ port: 0, facts: {} })

/** Through the whole runtime: checked, encoded, kept in a channel's history. */
async function createOurs() {
  const handlers = { market: { order: () => ({ id: 1, symbol: '', total: 0 }), post: () => undefined } }
  const server = createServer(handlers, { engine: sqliteEngine(join(folder, 'ours.db')) })
  await server.listen({ host: '127.0.0.1' })
  const channel = server.routes.market.channels[name]()
  return (perTurn) => {
    const published = Array.from({ length: perTurn }, () => channel.publish('tick', createTick(900)))
    return Promise.all(published)
  }
}

/** Nothing but inserts into one table, the settings being ours, in one transaction for each turn. */
function createBare() {
  const database = new DatabaseSync(join(folder, 'bare.db'))
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
  database.exec(`CREATE TABLE publication (channel TEXT NOT NULL, offset INTEGER NOT NULL, name TEXT NOT NULL,
    data TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (channel, offset)) WITHOUT ROWID`)
  const insert = database.prepare('INSERT INTO publication VALUES (?, ?, ?, ?, ?)')
  let offset = 0
  return (perTurn) => {
    database.exec('BEGIN IMMEDIATE')
    for (let index = 0; index < perTurn; index++) {
      insert.run('kept', ++offset, 'tick', JSON.stringify(createTick(900)), Date.now())
    }
    database.exec('COMMIT')
  }
}

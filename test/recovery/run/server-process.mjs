// The server of the recovery tests: `node server-process.mjs PORT FILE`. Says what it handles, at once, on its output.
import { writeSync } from 'node:fs'
import { createApiServer } from '@wirepact/runtime'
import { sqliteEngine } from '@wirepact/runtime/sqlite'
import { serverDefinition } from './api.mjs'

const [port, file] = process.argv.slice(2)
const tell = (line) => writeSync(1, `${line}\n`)
const wait = (delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs))

const handlers = {
  say: async (ctx, { id, text }) => (await ctx.channels.room({ id }).publish('said', { text })).position,
  add: (_ctx, [a, b]) => a + b,
  async put(_ctx, number) {
    if (number % 3 === 0) await wait(20)
    tell(`put ${number}`)
  },
  async *count(_ctx, to) {
    for (let item = 1; item <= to; item++) {
      yield item
      if (item % 10 === 0) await wait(5)
    }
  },
}

const ignore = () => undefined
const server = createApiServer(
  serverDefinition,
  { town: handlers },
  {
    engine: sqliteEngine(file),
    limits: { pingIntervalMs: 800, pingTimeoutMs: 800 },
    logger: {
      debug: ignore,
      info: ignore,
      warn: ignore,
      error: ({ error }) => tell(`error ${error?.stack}`),
    },
  },
)
await server.listen({ port: Number(port), host: '127.0.0.1' })
tell('ready')

import { failureOf, pause, same, until, upTo } from './expect.js'
import type { Step } from './step.js'

export const callSteps: readonly Step[] = [
  {
    name: 'an event goes there, and another one comes back',
    async run({ labs, lab }) {
      const connection = labs().lab({ params: { lab } })
      const texts: string[] = []
      connection.on('noted', ({ text }) => texts.push(text))
      same(connection.note({ text: 'early' }).outcome, 'queued', 'outcome')
      await connection.ready()
      same(connection.note({ text: 'schön 👋' }).outcome, 'sent', 'outcome')
      await until(() => texts, ['early', 'schön 👋'])
    },
  },
  {
    name: 'a request is answered, or fails with its declared error, thrown or returned',
    async run({ labs, lab }) {
      const connection = labs().lab({ params: { lab } })
      same(await connection.add({ a: 40, b: 2 }), { sum: 42 })
      const tooLarge = { code: 'TOO_LARGE', data: { max: 100 } }
      same(await failureOf(connection.add({ a: 100, b: 2 })), tooLarge, 'error')
      const { ok, error } = await connection.add.safe({ a: 100, b: 2 })
      same({ ok, code: error?.code }, { ok: false, code: 'TOO_LARGE' }, 'outcome')
      same((await failureOf(connection.add({ a: 0.5, b: 2 }))).code, 'INVALID_PAYLOAD', 'error')
    },
  },
  {
    name: 'a request ends after its time, by its signal and with its connection',
    async run({ labs, lab }) {
      const client = labs()
      const connection = client.lab({ params: { lab } })
      same((await failureOf(connection.wait(undefined, { timeoutMs: 100 }))).code, 'TIMEOUT', 'error')
      const stop = new AbortController()
      const aborted = failureOf(connection.wait(undefined, { signal: stop.signal }))
      await pause(10)
      stop.abort()
      same((await aborted).code, 'ABORTED', 'error')
      const lost = failureOf(connection.wait())
      await connection.add({ a: 1, b: 1 })
      client.close()
      same((await lost).code, 'CONNECTION_CLOSED', 'error')
    },
  },
  {
    name: 'bytes are bytes, both ways',
    async run({ labs, lab }) {
      const connection = labs().lab({ params: { lab } })
      same(await connection.reverse(new Uint8Array([1, 2, 255])), new Uint8Array([255, 2, 1]))
      const large = new Uint8Array(100_000).fill(7).fill(8, 0, 1)
      const reversed = await connection.reverse(large.subarray())
      same([reversed.length, reversed[0], reversed.at(-1)], [100_000, 7, 8])
    },
  },
  {
    name: 'a stream is read to its end, fails with its declared error, and is stopped by leaving it',
    async run({ labs, lab, network }) {
      const connection = labs().lab({ params: { lab } })
      same((await read(connection.count({ to: 200 }))).at(-1), { value: 200 })
      same((await failureOf(read(connection.count({ to: 0 })))).code, 'NOTHING', 'error')
      same((await network.report({ lab })).stopped, 1, 'number of streams that ended')
      same(await read(connection.count({ to: 1_000_000 }), 3), [{ value: 1 }, { value: 2 }, { value: 3 }])
      await until(async () => (await network.report({ lab })).stopped, 2, 'number of streams that ended')
      const stop = new AbortController()
      const stopped = failureOf(read(connection.count({ to: 1_000_000 }, { signal: stop.signal })))
      await pause(10)
      stop.abort()
      same((await stopped).code, 'ABORTED', 'error')
    },
  },
  {
    name: 'the server asks: it is answered, told a declared error, given a stream',
    async run({ labs, lab }) {
      const connection = labs().lab({ params: { lab } })
      connection.handle('confirm', ({ question }, { errors }) => {
        if (question === 'busy?') throw errors.BUSY({ until: 7 })
        return question === 'sure?'
      })
      let isDone = false
      connection.handle('measure', async function* () {
        try {
          for (let value = 1; ; value++) yield { value }
        } finally {
          isDone = true
        }
      })
      same(await connection.consult({ question: 'sure?' }), 'yes', 'answer')
      same(await connection.consult({ question: 'busy?' }), 'BUSY until 7', 'answer')
      same(await connection.observe({ until: 4 }), upTo(5))
      await until(() => isDone, true, 'end of the stream')
    },
  },
]

/** The items of a stream, or the first few. */
async function read<Item>(items: AsyncIterable<Item>, count = Number.POSITIVE_INFINITY): Promise<Item[]> {
  const found: Item[] = []
  for await (const item of items) if (found.push(item) >= count) break
  return found
}

import { afterEach, expect, test } from 'vitest'
import { RawClient } from '../support/raw-client.js'
import { createServer, type HallHandlers } from './hall/generated/server.js'

const servers: { close(options: object): Promise<void> }[] = []
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close({ timeoutMs: 200 }))))

const params = { hallId: 'a' }
const capBytes = 400_000
/** Each fits; all of them do not. */
const values = ['a', 'b', 'c'].map((letter) => ({ symbol: letter.repeat(250_000), price: 1 }))

async function start(handlers: Partial<HallHandlers> = {}) {
  const limits = { maxBufferedBytes: capBytes, maxUnsentBytes: capBytes / 4 }
  const hall = { authorize: { people: () => true }, ...handlers }
  const server = createServer({ hall }, { limits })
  servers.push(server)
  const { port } = await server.listen({ host: '127.0.0.1' })
  const quotes = server.routes.hall.channels.quotes(params)
  for (const value of values) await quotes.publish('quote', value)
  return { quotes, url: `ws://127.0.0.1:${port}/hall/a?name=ada` }
}

test('newest values that are more than may wait for a connection come one after the other', async () => {
  const { quotes, url } = await start()
  const client = await RawClient.open(url)
  client.send(['subscribe', 1, 'quotes/a', {}])
  await client.next('joined')
  await quotes.publish('halted', null)
  for (const offset of [1, 2, 3]) expect(await client.next('publication')).toMatchObject({ 4: offset })
  // What happened meanwhile is told behind them.
  expect(await client.next('publication')).toMatchObject({ 2: 'halted', 4: null })
  expect(client.socket.readyState).toBe(client.socket.OPEN)
})

test('they come behind the welcome when the connect handler joins', async () => {
  const { url } = await start({
    async connect(ctx) {
      await ctx.channels.quotes().join()
    },
  })
  const client = await RawClient.open(url)
  for (const offset of [1, 2, 3]) expect(await client.next('publication')).toMatchObject({ 4: offset })
  expect(client.frames.map(([type]) => type).slice(0, 2)).toEqual(['welcome', 'joined'])
})

test('a membership that is over while they come gets no more of them', async () => {
  const { url } = await start()
  const client = await RawClient.open(url)
  client.send(['subscribe', 1, 'quotes/a', {}])
  client.send(['unsubscribe', 2, 'quotes/a'])
  await client.next('left', 2)
  client.send(['subscribe', 3, 'quotes/a', {}])
  await client.next('joined', 3)
  await expect.poll(() => client.all('publication').map((frame) => frame[4])).toEqual([1, 1, 2, 3])
})

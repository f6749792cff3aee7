import { afterEach, expect, test } from 'vitest'
import WebSocket from 'ws'
import { RawClient } from '../support/raw-client.js'
import {
  type AdminStudioContext,
  type AdminStudioHandlers,
  createServer,
  type RobotHandlers,
  type Server,
} from './studio/generated/server.js'

const running: Server[] = []

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close({ timeoutMs: 200 })))
})

const robot: RobotHandlers = {
  move: (ctx, { x }) => ctx.client.line(`at ${x}`),
  stop: (ctx) => ctx.client.line('stopped'),
  frame: (ctx, data) => ctx.client.line(`${data.length} bytes`),
}

/** The handlers of the studio, as a person would write them; `connected` is the context of each connection. */
function studioHandlers(connected: (ctx: AdminStudioContext) => void): AdminStudioHandlers {
  return {
    async connect(ctx) {
      ctx.grant({ scopes: ['admin', ...(ctx.cookies.theme === 'dark' ? ['erase'] : [])] })
      ctx.state.shown = ctx.headers['x-tenant']
      connected(ctx)
    },
    async *slides(ctx, { from }) {
      if (from < 0) throw ctx.errors.EMPTY({ size: 0 })
      for (let number = from; ; number++) yield { number }
    },
    upload: (_ctx, data) => data.slice().reverse(),
    put(ctx, { number }) {
      ctx.state.shown = Number(ctx.state.shown) + number
    },
    erase: () => undefined,
  }
}

async function start() {
  const contexts: AdminStudioContext[] = []
  const server = createServer({ adminStudio: studioHandlers((ctx) => contexts.push(ctx)), robot })
  running.push(server)
  const { port } = await server.listen({ host: '127.0.0.1' })
  const url = `ws://127.0.0.1:${port}`
  const open = async (theme = 'dark') => {
    const headers = { 'x-tenant': '100', cookie: `theme=${theme}` }
    const client = await RawClient.open(`${url}/admin/studio/a/b`, { headers, protocols: ['studio.v1'] })
    return { client, ctx: contexts.at(-1) as AdminStudioContext }
  }
  return { server, url, open }
}

test('generated code hands every construct of a route to the runtime', async () => {
  const { open } = await start()
  const { client, ctx } = await open()
  expect([ctx.params.path, ctx.headers['x-tenant'], ctx.cookies.theme, ctx.subprotocol]).toEqual([
    'a/b',
    100,
    'dark',
    'studio.v1',
  ])
  client.send(['stream', 1, 'slides', { from: 5 }, 2])
  await client.next('item', 1)
  expect(await client.next('item', 1)).toEqual(['item', 1, { number: 6 }])
  client.send(['cancel', 1])
  client.send(['stream', 2, 'slides', { from: -1 }, 2])
  expect(await client.next('error', 2)).toMatchObject({ 2: { code: 'EMPTY', data: { size: 0 } } })
  client.sendBytes(['request', 3, 'upload', null], Buffer.from([1, 2, 3]))
  expect(await client.next('reply', 3)).toEqual(['reply', 3, null, Buffer.from([3, 2, 1])])
  client.sendBytes(['request', 4, 'upload', null], Buffer.alloc(1001))
  expect(await client.next('error', 4)).toMatchObject({ 2: { code: 'INVALID_PAYLOAD' } })
  client.send(['event', 'put', { number: 1 }, 1])
  client.send(['event', 'put', { number: 1 }, 1])
  await client.next('ack', 1)
  await client.next('ack', 1)
  expect(ctx.state.shown).toBe(101)
  expect(await client.ask(5, 'erase', null)).toBeNull()
})

test('generated code asks clients, and reads what they answer, by its types', async () => {
  const { open } = await start()
  const { client, ctx } = await open()
  const answer: Promise<boolean> = ctx.client.confirm({ question: 'Sure?' })
  client.send(['reply', (await client.next('request'))[1], true])
  expect(await answer).toBe(true)
  const chunks: Uint8Array[] = []
  const reading = (async () => {
    for await (const chunk of ctx.client.record()) chunks.push(chunk)
  })()
  const [, id] = await client.next('stream')
  client.sendBytes(['item', id, null], Buffer.from([7]))
  client.send(['end', id])
  await reading
  expect(chunks).toEqual([Uint8Array.of(7)])
  ctx.client.picture(Uint8Array.of(1))
  expect(await client.next('event')).toEqual(['event', 'picture', null, Buffer.from([1])])
})

test('generated code names channels by typed parameters, and publishes bytes to them', async () => {
  const { server, open } = await start()
  const { client } = await open()
  client.send(['subscribe', 1, 'shelf/0', {}])
  expect(await client.next('error', 1)).toMatchObject({ 2: { code: 'INVALID_PARAMS' } })
  client.send(['subscribe', 2, 'shelf/3', {}])
  await client.next('joined', 2)
  await server.routes.adminStudio.channels.shelf({ number: 3 }).publish('cover', Uint8Array.of(4, 5))
  expect(await client.next('publication')).toEqual([
    'publication',
    'shelf/3',
    'cover',
    null,
    1,
    Buffer.from([4, 5]),
  ])
})

test('generated code refuses who lacks a scope or a header', async () => {
  const { url, open } = await start()
  const { client } = await open('light')
  expect(await client.ask(1, 'erase', null)).toMatchObject({ code: 'FORBIDDEN' })
  await expect(RawClient.open(`${url}/admin/studio/a`)).rejects.toThrow('400')
})

test('generated code speaks to a client that knows no envelope', async () => {
  const { url } = await start()
  const socket = new WebSocket(`${url}/robot`)
  const lines: string[] = []
  socket.on('message', (data) => lines.push(String(data)))
  await new Promise((resolve) => socket.once('open', resolve))
  socket.send('{"op":"move","x":3}')
  socket.send(Buffer.from([1, 2]))
  socket.send('{"op":"stop"}')
  await expect.poll(() => lines).toEqual(['at 3', '2 bytes', 'stopped'])
  socket.close()
})

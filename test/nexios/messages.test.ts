import { once } from 'node:events'
import { afterEach, describe, expect, test, vi } from 'vitest'
import WebSocket from 'ws'
import { refused } from '../support/refused.js'
import { stopAll } from '../support/running.js'
import type { RoomContext } from './api/generated/server.js'
import { enter, start } from './support/start.js'

afterEach(stopAll)

const lobby = '/rooms/lobby?name=ada'

test('[nexios 6] the subprotocol is chosen from what the client offers, in the order of the route', async () => {
  const { raw, url } = await start()
  const chosen = async (...protocols: string[]) => {
    const { socket } = await raw(lobby, { protocols, hello: false })
    socket.terminate()
    return socket.protocol
  }
  expect(await chosen('rooms.v1', 'rooms.v2')).toBe('rooms.v2')
  expect(await chosen('rooms.v1', 'other')).toBe('rooms.v1')
  expect(await refused(url + lobby, { protocols: ['other'] })).toMatchObject({
    status: 400,
    body: { code: 'SUBPROTOCOL_REFUSED' },
  })
})

test('[nexios 6] the accepting response has the headers that the server sets', async () => {
  const { server, url } = await start()
  server.use(async (ctx, next) => {
    ctx.setHeader('x-served-by', 'here')
    await next()
  })
  const socket = new WebSocket(url + lobby)
  const [response] = await once(socket, 'upgrade')
  expect(response.headers['x-served-by']).toBe('here')
  socket.terminate()
})

describe('[nexios 7] close', () => {
  const codes = [
    1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999,
  ]
  test.each(codes)('takes the code %i', async (code) => {
    const connect = (ctx: RoomContext) => void setImmediate(() => ctx.close(code, 'enough'))
    const { raw } = await start({ room: { connect } })
    const client = await raw(lobby)
    expect(await client.ended).toEqual({ code, reason: 'enough' })
  })

  test.each([999, 1004, 1005, 1006, 1015, 2999, 5000, 1.5])(
    'refuses the code %d, and the connection goes on',
    async (code) => {
      const run = (ctx: RoomContext) => {
        try {
          ctx.close(code)
        } catch (error) {
          return (error as { code: string }).code
        }
        return 'closed'
      }
      const { raw } = await start({ room: { run } })
      const client = await raw(lobby)
      expect(await client.ask(1, 'run', { what: 'close' })).toBe('INVALID_CLOSE')
    },
  )

  test('refuses a reason of more than 123 bytes, and takes one of just as many', async () => {
    const run = (ctx: RoomContext, { what }: { what: string }) => ctx.close(4000, what)
    const { raw } = await start({ room: { run } })
    const client = await raw(lobby)
    expect(await client.ask(1, 'run', { what: 'ä'.repeat(62) })).toMatchObject({ code: 'INTERNAL' })
    client.send(['request', 2, 'run', { what: `ä${'a'.repeat(121)}` }])
    expect(await client.ended).toEqual({ code: 4000, reason: `ä${'a'.repeat(121)}` })
  })
})

describe('[nexios 8] messages', () => {
  test('are text, JSON and bytes, as the schema says of each', async () => {
    const { client, url } = await start()
    const talk = client().talk()
    const heard: unknown[] = []
    talk.on('echo', (text) => heard.push(text))
    talk.on('back', (bytes) => heard.push([...bytes]))
    talk.said('{"not": "parsed"}')
    talk.raw(Uint8Array.of(0, 255))
    await vi.waitFor(() => expect(heard).toEqual(['{"not": "parsed"}', [0, 255]]))
    const { room } = enter(url, 'ada')
    expect(await room.ask({ text: 'ä😀' })).toEqual({ text: 'ä😀' })
    expect(await room.bytes(Uint8Array.of(1, 2))).toEqual(Uint8Array.of(1, 2))
  })

  test('of the wrong kind are typed errors, and the connection goes on', async () => {
    const { raw } = await start()
    const client = await raw(lobby)
    client.sendBytes(['request', 1, 'ask', null], Buffer.from('{}'))
    expect(await client.next('error')).toMatchObject({ 2: { code: 'WRONG_KIND' } })
    client.send(['request', 2, 'bytes', 'text'])
    expect(await client.next('error')).toMatchObject({ 2: { code: 'WRONG_KIND' } })
    client.sendText('{ no json')
    expect(await client.next('error')).toMatchObject({ 2: { code: 'INVALID_JSON' } })
    client.sendText('"text"')
    expect(await client.next('error')).toMatchObject({ 2: { code: 'INVALID_FRAME' } })
    expect(await client.ask(3, 'ask', { text: 'still here' })).toEqual({ text: 'still here' })
  })

  test.each(['NaN', 'Infinity', '-Infinity'])('do not contain %s', async (number) => {
    const { raw } = await start()
    const client = await raw(lobby)
    client.sendText(`["request",1,"number",${number}]`)
    expect(await client.next('error')).toMatchObject({ 2: { code: 'INVALID_JSON' } })
  })

  test('never carry NaN or infinity from the server either', async () => {
    const number = (_ctx: RoomContext, given: number) => given / 0
    const { raw, logged } = await start({ room: { number } })
    const client = await raw(lobby)
    for (const given of [0, 1])
      expect(await client.ask(1, 'number', given)).toMatchObject({ code: 'INTERNAL' })
    expect(logged).toHaveLength(2)
    client.sendText('["request",2,"number",1e999]')
    expect(await client.next('error')).toMatchObject({ 2: { code: 'INVALID_PAYLOAD' } })
  })
})

test('[nexios 9] a bare route takes and gives messages as they are', async () => {
  const { url } = await start()
  const socket = new WebSocket(`${url}/talk`)
  await once(socket, 'open')
  const heard: string[] = []
  socket.on('message', (data, isBinary) => heard.push(`${isBinary ? 'bytes' : 'text'} ${data}`))
  socket.send('["hello", {}]')
  socket.send(Buffer.from('raw'))
  await vi.waitFor(() => expect(heard).toEqual(['text ["hello", {}]', 'bytes raw']))
  socket.close()
})

test('[nexios 9] a handler iterates over the messages of a bare route until the disconnect', async () => {
  let ended = false
  const { url } = await start({
    others: {
      dictation: {
        connect(ctx) {
          const messages = ctx.messages()
          const write = async () => {
            for await (const { data } of messages) ctx.client.written(data.toUpperCase())
            ended = true
          }
          void write()
        },
      },
    },
  })
  const socket = new WebSocket(`${url}/dictation`)
  const written: string[] = []
  socket.on('message', (data) => written.push(String(data)))
  await once(socket, 'open')
  for (const word of ['one', 'two', 'three']) socket.send(word)
  await vi.waitFor(() => expect(written).toEqual(['ONE', 'TWO', 'THREE']))
  expect(ended).toBe(false)
  socket.close()
  await vi.waitFor(() => expect(ended).toBe(true))
})

test('[nexios 9] the messages of a channel are iterated over until the connection ends', async () => {
  const { url } = await start()
  const { room } = enter(url, 'ada')
  await room.ready()
  const iterated: string[] = []
  const done = (async () => {
    for await (const { data } of room.channels.room().messages()) iterated.push(JSON.stringify(data))
  })()
  for (const text of ['a', 'b']) room.say({ text })
  await vi.waitFor(() => expect(iterated).toEqual(['{"text":"a"}', '{"text":"b"}']))
  room.close()
  await done
})

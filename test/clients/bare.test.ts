import { once } from 'node:events'
import { bare, type Connection, createApiClient, type RouteDefinition, type Sent } from '@wirepact/client'
import type { Validator } from '@wirepact/protocol'
import { createApiServer } from '@wirepact/runtime'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import { MemoryTransport } from './support/memory-transport.js'
import { VirtualClock } from './support/virtual-clock.js'

interface Tagged extends Connection<{ moved: { type: 'move'; x: number }; ended: { type: 0 } }> {
  move(data: { type: 'go'; x: number }): Sent
}

const tagged: RouteDefinition = {
  path: '/game',
  calls: { move: 'event' },
  uses: [bare],
  discriminator: 'type',
  events: { moved: { is: 'move' }, ended: { is: 0 } },
  channels: {},
}

interface Terminal extends Connection<{ output: string; screen: Uint8Array }> {
  input(text: string): Sent
  file(bytes: Uint8Array): Sent
}

const terminal: RouteDefinition = {
  path: '/terminal',
  calls: { input: 'text', file: 'event' },
  uses: [bare],
  subprotocols: ['tty.v2', 'tty.v1'],
  events: { output: 'text', screen: 'binary' },
  channels: {},
}

interface Numbers extends Connection<{ number: number | null }> {
  number(data: number): Sent
}

const numbers: RouteDefinition = {
  path: '/numbers',
  calls: { number: 'event' },
  uses: [bare],
  events: { number: 'json' },
  channels: {},
}

/** A bare route on a network that the test plays. `raw` is what goes over it. */
function scene<T extends Connection<object>>(route: RouteDefinition) {
  const raw: (string | Uint8Array)[] = []
  const transport = new MemoryTransport((message) => raw.push(message))
  const clock = new VirtualClock()
  const environment = { clock, random: { next: () => 0.5 } }
  const client = createApiClient('abc', 'ws://example.org', { WebSocket: transport.WebSocket, environment })
  const connection = client.connect<T>(route)
  const errors: string[] = []
  connection.onError(({ code }) => errors.push(code))
  return { connection, clock, raw, errors, transport, socket: () => transport.last }
}

describe('a bare route', () => {
  it('is open as soon as the socket is, and says no hello', () => {
    const { connection, raw, socket, clock } = scene<Tagged>(tagged)
    expect(connection.status.state).toBe('connecting')
    socket().accept()
    expect(connection.status).toEqual({ state: 'open', connection: '', session: '' })
    expect([raw, socket().protocols, clock.running]).toEqual([[], [], 0])
  })

  it('sends messages as they are, those that waited too', () => {
    const { connection, raw, socket } = scene<Tagged>(tagged)
    expect(connection.move({ type: 'go', x: 1 })).toEqual({ outcome: 'queued' })
    socket().accept()
    expect(connection.move({ type: 'go', x: 2 })).toEqual({ outcome: 'sent' })
    expect(connection.move(1n as never)).toMatchObject({ error: { code: 'NOT_SERIALIZABLE' } })
    expect(raw).toEqual(['{"type":"go","x":1}', '{"type":"go","x":2}'])
  })

  it('hears each message by its discriminator', () => {
    const { connection, errors, socket } = scene<Tagged>(tagged)
    const heard: unknown[] = []
    connection.on('moved', (data) => heard.push(data))
    connection.on('ended', (data) => heard.push(data))
    socket().accept()
    for (const text of ['{"type":"move","x":1}', '{"type":0}']) socket().deliverRaw(text)
    expect(heard).toEqual([{ type: 'move', x: 1 }, { type: 0 }])
    for (const text of ['{"type":"0"}', '{}', 'null', '7', '["ping"]']) socket().deliverRaw(text)
    expect(errors).toEqual(Array(5).fill('UNKNOWN_MESSAGE'))
    socket().deliverRaw('{')
    socket().deliverRaw(new ArrayBuffer(1))
    expect(errors.slice(5)).toEqual(['INVALID_JSON', 'WRONG_KIND'])
    expect(heard).toHaveLength(2)
  })

  it('carries texts and bytes, empty ones too', () => {
    const { connection, raw, socket } = scene<Terminal>(terminal)
    const heard: unknown[] = []
    connection.on('output', (text) => heard.push(text))
    connection.on('screen', (bytes) => heard.push(bytes))
    socket().accept()
    for (const text of ['ls', '', '{']) connection.input(text)
    connection.file(Uint8Array.of(1))
    expect(raw).toEqual(['ls', '', '{', Uint8Array.of(1)])
    socket().deliverRaw('["ping"]')
    socket().deliverRaw('')
    socket().deliverRaw(Uint8Array.of(2).buffer)
    expect(heard).toEqual(['["ping"]', '', Uint8Array.of(2)])
    expect(socket().protocols).toEqual(['tty.v2', 'tty.v1'])
  })

  it('of one message in JSON needs nothing to tell it apart', () => {
    const { connection, raw, socket } = scene<Numbers>(numbers)
    const heard: unknown[] = []
    connection.on('number', (data) => heard.push(data))
    socket().accept()
    connection.number(7)
    for (const text of ['1', 'null', '"a"']) socket().deliverRaw(text)
    expect([raw, heard]).toEqual([['7'], [1, null, 'a']])
  })

  it('takes for the message without a tag what no tag tells', () => {
    const events: RouteDefinition['events'] = { rest: 'json', moved: { is: 'move' } }
    const { connection, socket } = scene<Connection<{ rest: unknown; moved: unknown }>>({ ...tagged, events })
    const heard: unknown[] = []
    connection.on('rest', (data) => heard.push(['rest', data]))
    connection.on('moved', (data) => heard.push(['moved', data]))
    socket().accept()
    for (const text of ['{"type":"move"}', '{"type":"other"}', '[]']) socket().deliverRaw(text)
    expect(heard).toEqual([
      ['moved', { type: 'move' }],
      ['rest', { type: 'other' }],
      ['rest', []],
    ])
  })

  it('comes back as any other', () => {
    const { connection, clock, raw, socket, transport } = scene<Numbers>(numbers)
    socket().accept()
    socket().end(1006)
    expect(connection.status).toMatchObject({ state: 'waiting', attempt: 1 })
    connection.number(1)
    clock.advance(1_000)
    socket().accept()
    expect([transport.sockets.length, connection.status.state, raw]).toEqual([2, 'open', ['1']])
    socket().end(1000)
    expect(connection.status.state).toBe('closed')
  })
})

describe('a bare route on a real socket', () => {
  const servers: WebSocketServer[] = []
  afterEach(() => {
    for (const server of servers.splice(0)) {
      for (const socket of server.clients) socket.terminate()
      server.close()
    }
  })

  it('speaks with the runtime', async () => {
    const anything: Validator = { check: () => true, explain: () => [] }
    const event = { kind: 'event', data: anything } as const
    const definition = {
      title: 'Game',
      version: '1.0.0',
      contract: 'abc',
      routes: [
        {
          name: 'game',
          path: '/game',
          wire: 'bare',
          discriminator: 'type',
          receives: { move: { ...event, tag: 'go' } },
          sends: { moved: event, ended: event },
          channels: {},
        },
      ],
    } as const
    type Context = { client: Record<'moved' | 'ended', (data: object) => unknown> }
    const move = ({ client }: Context, { x }: { x: number }) => {
      client.moved({ type: 'move', x })
      client.ended({ type: 0 })
    }
    const server = createApiServer(definition, { game: { move } })
    const { port } = await server.listen({ host: '127.0.0.1' })
    const client = createApiClient('abc', `ws://127.0.0.1:${port}`)
    const connection = client.connect<Tagged>(tagged)
    const heard: unknown[] = []
    connection.on('moved', (data) => heard.push(data))
    const ended = new Promise((resolve) => connection.on('ended', resolve))
    expect(connection.move({ type: 'go', x: 3 })).toEqual({ outcome: 'queued' })
    expect(await ended).toEqual({ type: 0 })
    expect(heard).toEqual([{ type: 'move', x: 3 }])
    client.close()
    await server.close({ timeoutMs: 200 })
  })

  it('exchanges texts and bytes, under the subprotocol that the server chose', async () => {
    const server = new WebSocketServer({
      port: 0,
      host: '127.0.0.1',
      handleProtocols: (offered) => [...offered][1] ?? false,
    })
    servers.push(server)
    server.on('connection', (socket) => {
      socket.send(socket.protocol)
      socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }))
    })
    await once(server, 'listening')
    const { port } = server.address() as { port: number }
    const client = createApiClient('abc', `ws://127.0.0.1:${port}`)
    const connection = client.connect<Terminal>(terminal)
    const heard: unknown[] = []
    const done = new Promise<void>((resolve) => {
      connection.on('screen', (bytes) => resolve(void heard.push(bytes)))
    })
    connection.on('output', (text) => heard.push(text))
    connection.input('hi')
    connection.file(Uint8Array.of(1, 2))
    await done
    expect(heard).toEqual(['tty.v1', 'hi', Uint8Array.of(1, 2)])
    client.close()
  })
})

import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import {
  type ApiClient,
  type ClientOptions,
  type Connection,
  createApiClient,
  type Status,
} from '@wirepact/client'
import type { ClientFrame, ServerFrame } from '@wirepact/protocol'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { type ChatConnection, chatRoute } from './support/chat-route.js'
import { ScriptedServer } from './support/scripted-server.js'

const room = 'room/one'
const clients: ApiClient[] = []
const servers: ScriptedServer[] = []

afterEach(async () => {
  vi.unstubAllGlobals()
  for (const client of clients.splice(0)) client.close()
  await Promise.all(servers.splice(0).map((server) => server.kill()))
})

describe('the client in Node', () => {
  it('connects by the package ws, offers the subprotocol, and calls', async () => {
    const server = await start(([type, id]) =>
      type === 'request' ? [['reply', id as number, { id: 'x' }]] : [],
    )
    const chat = connect(server.url)
    expect(await chat.say({ text: 'hi' })).toEqual({ id: 'x' })
    expect(server.peers[0]?.socket.protocol).toBe('wirepact.v1.json')
  })

  it('comes back to a server that was killed and started again, and misses nothing', async () => {
    const first = await start(([type]) =>
      type === 'hello' ? [joined({ position: ['e', 0], top: 0 }), said(1)] : [],
    )
    const chat = connect(first.url)
    const heard: number[] = []
    chat.channels.room().on('said', (_, { offset }) => heard.push(offset ?? -1))
    await vi.waitFor(() => expect(heard).toEqual([1]))
    const lost = chat.rename.safe({ name: 'Ada' })
    await first.kill()
    expect(await lost).toMatchObject({ error: { code: 'CONNECTION_LOST' } })
    await until(chat, 'waiting')
    const second = await start(recover, first.port)
    await vi.waitFor(() => expect(heard).toEqual([1, 2, 3]))
    expect(second.peers[0]?.sent[0]).toEqual([
      'hello',
      { contract: 'abc', attempt: 2, session: 's1', positions: { [room]: ['e', 1] } },
    ])
  })

  it('uses the WebSocket that it is given, before its own', async () => {
    class Given extends WebSocket {}
    class Own extends WebSocket {}
    const made: unknown[] = []
    const track = (Class: typeof WebSocket) =>
      new Proxy(Class, {
        construct: (target, args) => {
          made.push(target)
          return new target(...(args as ConstructorParameters<typeof WebSocket>))
        },
      })
    vi.stubGlobal('WebSocket', track(Own))
    const server = await start()
    await connect(server.url, { WebSocket: track(Given) }).ready()
    await connect(server.url).ready()
    expect(made).toEqual([Given, Own])
  })

  it('sends headers and cookies with the opening handshake, and asks for subprotocols', async () => {
    const http = createServer()
    const seen = new Promise<IncomingHttpHeaders>((resolve) =>
      http.on('upgrade', ({ headers }, socket) => {
        socket.destroy()
        resolve(headers)
      }),
    )
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
    const client = createApiClient('abc', `ws://127.0.0.1:${(http.address() as AddressInfo).port}`)
    clients.push(client)
    client.connect(chatRoute, {
      params: { roomId: 'one' },
      headers: { 'x-tenant': 42, 'x-none': undefined },
      cookies: { theme: 'dark blue', sid: '1;2' },
      subprotocols: ['b', 'a'],
    })
    expect(await seen).toMatchObject({
      'x-tenant': '42',
      cookie: 'theme=dark%20blue; sid=1%3B2',
      'sec-websocket-protocol': expect.stringMatching(/^wirepact\.v1\.json, ?b, ?a$/),
    })
    expect(await seen).not.toHaveProperty('x-none')
    client.close()
    await new Promise((resolve) => http.close(resolve))
  })

  it("gives headers to Node's own WebSocket as it takes them", async () => {
    const made: unknown[][] = []
    vi.stubGlobal(
      'WebSocket',
      class {
        constructor(...args: unknown[]) {
          made.push(args)
        }
        close = () => undefined
      },
    )
    const client = createApiClient('abc', 'ws://example.org')
    clients.push(client)
    client.connect(chatRoute, { params: { roomId: 'one' }, headers: { 'x-a': 'b' } })
    client.connect(chatRoute, { params: { roomId: 'one' } })
    await vi.waitFor(() => expect(made).toHaveLength(2))
    expect(made.map(([, ...rest]) => rest)).toEqual([
      [{ protocols: ['wirepact.v1.json'], headers: { 'x-a': 'b' } }],
      [['wirepact.v1.json']],
    ])
  })

  it('says what an HTTP refusal was, where the WebSocket tells, and goes on trying', async () => {
    const http = createServer()
    http.on('upgrade', (_, socket) => socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n'))
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
    const chat = connect(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`, { WebSocket })
    const causes: Status[] = []
    chat.onStatus((status) => status.state === 'waiting' && causes.push(status))
    await vi.waitFor(() => expect(causes.length).toBeGreaterThan(1))
    expect(causes[0]).toMatchObject({
      cause: { code: 1006, error: { message: expect.stringContaining('403') } },
    })
    chat.close()
    await new Promise((resolve) => http.close(resolve))
  })

  it('does not try again with a cookie that has no form on the wire', async () => {
    const chat = createApiClient('', 'ws://127.0.0.1:9').connect<Connection<object>>(chatRoute, {
      params: { roomId: 'one' },
      cookies: { name: '\ud800' },
    })
    await expect(chat.ready()).rejects.toMatchObject({ cause: expect.any(URIError) })
    expect(chat.status.state).toBe('closed')
  })

  it('can be closed while it connects, and no socket is left behind', async () => {
    const server = await start()
    const chat = connect(server.url)
    const early = connect(server.url)
    early.close()
    await new Promise((resolve) => setTimeout(resolve))
    chat.close()
    const after = connect(server.url)
    await after.ready()
    await vi.waitFor(() => expect(server.open).toBe(1))
  })

  it('closes with the code and the reason that it is told', async () => {
    const server = await start()
    const chat = connect(server.url)
    await chat.ready()
    const closed = new Promise((resolve) =>
      server.peers[0]?.socket.on('close', (code, reason) => resolve([code, String(reason)])),
    )
    chat.close(3_001, 'enough')
    expect(await closed).toEqual([3_001, 'enough'])
  })

  it('reports binary messages and goes on', async () => {
    const server = await start((frame, peer) => {
      if (frame[0] === 'hello') peer.socket.send(new Uint8Array([1, 2]))
      return []
    })
    const chat = connect(server.url)
    const codes: string[] = []
    chat.onError(({ code }) => codes.push(code))
    await vi.waitFor(() => expect(codes).toEqual(['INVALID_FRAME']))
    expect(chat.status.state).toBe('open')
  })

  it('says what to install where there is no WebSocket', async () => {
    const place = await mkdtemp(join(tmpdir(), 'wirepact-'))
    const built = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url))
    for (const [folder, name] of [
      ['clients', 'client'],
      ['protocol', 'protocol'],
    ] as const) {
      const target = join(place, 'node_modules/@wirepact', name)
      await mkdir(target, { recursive: true })
      await cp(built(`${folder}/package.json`), join(target, 'package.json'))
      await cp(built(`${folder}/dist`), join(target, 'dist'), { recursive: true })
    }
    await writeFile(join(place, 'run.mjs'), withoutWebSocket)
    const { stdout } = await promisify(execFile)(process.execPath, [join(place, 'run.mjs')])
    expect(stdout.trim()).toBe('closed UNSUPPORTED_PLATFORM true')
    await rm(place, { recursive: true })
  })
})

const withoutWebSocket = `
import { createApiClient } from '@wirepact/client'
delete globalThis.WebSocket
const chat = createApiClient('', 'ws://127.0.0.1:9').connect({ path: '/', calls: {}, channels: {} })
const error = await chat.ready().catch((error) => error)
console.log(chat.status.state, error.code, error.message.includes('npm install ws'))
`

function joined(details: object): ServerFrame {
  return ['joined', null, room, details]
}

function said(offset: number): ServerFrame {
  return ['publication', room, 'said', { text: '' }, offset]
}

function recover([type]: ClientFrame): readonly ServerFrame[] {
  return type === 'hello' ? [joined({ position: ['e', 1], top: 3, recovered: true }), said(2), said(3)] : []
}

async function start(
  script?: Parameters<typeof ScriptedServer.start>[0],
  port?: number,
): Promise<ScriptedServer> {
  const server = await ScriptedServer.start(script, port)
  servers.push(server)
  return server
}

function connect(url: string, options: ClientOptions = {}): ChatConnection {
  const client = createApiClient('abc', url, { reconnect: { minDelayMs: 5, maxDelayMs: 20 }, ...options })
  clients.push(client)
  return client.connect<ChatConnection>(chatRoute, { params: { roomId: 'one' } })
}

function until(chat: ChatConnection, state: Status['state']): Promise<void> {
  return vi.waitFor(() => expect(chat.status.state).toBe(state), { interval: 1 })
}

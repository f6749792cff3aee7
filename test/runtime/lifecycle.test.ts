import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import { connect } from 'node:net'
import { memoryEngine, type ServerOptions, WirepactError } from '@wirepact/runtime'
import { afterEach, describe, expect, test } from 'vitest'
import { RawClient } from '../support/raw-client.js'
import { createServer, type LabHandlers } from './api/generated/server.js'
import { deferred, type LabContext, labHandlers, startLab, stopLabs } from './lab.js'

afterEach(stopLabs)

describe('connect', () => {
  test('has settled before the client is welcome and before anything of it is handled', async () => {
    const gate = deferred()
    const order: string[] = []
    const lab = await startLab({
      async connect() {
        await gate.promise
        order.push('connected')
      },
      say: (_ctx, { text }) => void order.push(text),
    })
    const client = await RawClient.open(lab.url(), { hello: false })
    client.send(['hello', {}])
    client.send(['event', 'say', { text: 'early' }])
    client.send(['event', 'say', { text: 'bird' }])
    setTimeout(() => gate.resolve(), 20)
    await client.next('welcome')
    await client.ask(1, 'add', { a: 1, b: 1 })
    expect(order).toEqual(['connected', 'early', 'bird'])
    expect(client.frames[0]?.[0]).toBe('welcome')
  })

  test('may send and join: the welcome still comes first', async () => {
    const lab = await startLab({
      async connect(ctx) {
        ctx.client.notice({ text: 'hello' })
        await ctx.channels.room().join({ presence: { name: 'x' } })
      },
    })
    const client = await RawClient.open(lab.url())
    await client.next('joined')
    expect(client.frames.map((frame) => frame[0])).toEqual(['welcome', 'event', 'joined'])
  })

  test.each([
    [() => new WirepactError('UNAUTHENTICATED', 'Who are you?'), 4501, 'Who are you?'],
    [() => new WirepactError('FORBIDDEN', 'ü'.repeat(100)), 4503, 'ü'.repeat(60)],
    [() => new Error('a secret'), 1011, 'The connection could not be set up.'],
  ])('that throws closes the connection, and disconnect is still called once', async (make, code, reason) => {
    const ends: unknown[] = []
    const left = deferred()
    const lab = await startLab({
      async connect(ctx) {
        await ctx.channels.room().join({ presence: { name: 'x' } })
        throw make()
      },
      disconnect(_ctx, end) {
        ends.push(end)
        left.resolve()
      },
    })
    const client = await RawClient.open(lab.url())
    expect(await client.ended).toEqual({ code, reason })
    await left.promise
    expect(ends).toEqual([{ code, reason, wasClean: true }])
    expect(client.all('welcome')).toEqual([])
    expect(await lab.server.routes.lab.channels.room({ roomId: 'lobby' }).members()).toEqual([])
  })

  test('may look at the credential that the client gave', async () => {
    const lab = await startLab({
      connect(ctx) {
        if (ctx.token !== 'right') throw new WirepactError('UNAUTHENTICATED', 'No.')
      },
    })
    expect((await (await RawClient.open(lab.url(), { hello: { token: 'wrong' } })).ended).code).toBe(4501)
    expect((await RawClient.open(lab.url(), { hello: { token: 'right' } })).all('welcome')).toHaveLength(1)
  })

  test('that never settles ends with the handshake timeout', async () => {
    const lab = await startLab(
      { connect: () => new Promise(() => undefined) },
      { limits: { handshakeTimeoutMs: 50 } },
    )
    const client = await RawClient.open(lab.url())
    expect((await client.ended).code).toBe(4000)
  })
})

describe('disconnect', () => {
  async function connectAndEnd(end: (client: RawClient, ctx: LabContext) => void) {
    const contexts: LabContext[] = []
    const ended = deferred<unknown>()
    const calls: unknown[] = []
    const lab = await startLab({
      connect: (ctx) => void contexts.push(ctx),
      disconnect(_ctx, how) {
        calls.push(how)
        ended.resolve(how)
      },
    })
    const client = await RawClient.open(lab.url())
    end(client, contexts[0] as LabContext)
    await ended.promise
    await client.ended
    return { calls, client, context: contexts[0] as LabContext }
  }

  test('says how the client closed', async () => {
    const { calls } = await connectAndEnd((client) => void client.close(3456, 'enough'))
    expect(calls).toEqual([{ code: 3456, reason: 'enough', wasClean: true }])
  })

  test('says 1006 when the client vanished', async () => {
    const { calls } = await connectAndEnd((client) => client.terminate())
    expect(calls).toEqual([{ code: 1006, reason: '', wasClean: false }])
  })

  test('comes once when the server closes, however often it does', async () => {
    const { calls, client } = await connectAndEnd((_client, ctx) => {
      ctx.close(4321, 'bye')
      ctx.close(1000)
    })
    expect(calls).toEqual([{ code: 4321, reason: 'bye', wasClean: true }])
    expect(await client.ended).toEqual({ code: 4321, reason: 'bye' })
  })

  test('leaves the context closed: sending is dropped, joining is refused', async () => {
    const { context } = await connectAndEnd((client) => client.terminate())
    expect(context.status).toBe('closed')
    context.client.notice({ text: 'too late' })
    const joining = context.channels.room().join({ presence: { name: 'x' } })
    await expect(joining).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
  })

  test('is not called for a connection that never said hello', async () => {
    let calls = 0
    const lab = await startLab({ disconnect: () => void calls++ })
    await (await RawClient.open(lab.url(), { hello: false })).close()
    await (await RawClient.open(lab.url())).close()
    await lab.server.close()
    expect(calls).toBe(1)
  })

  test('that throws is logged, and the server goes on', async () => {
    const lab = await startLab({
      disconnect() {
        throw new Error('boom')
      },
    })
    await (await RawClient.open(lab.url())).close()
    const client = await RawClient.open(lab.url())
    expect(await client.ask(1, 'add', { a: 1, b: 1 })).toEqual({ sum: 2 })
    expect(lab.logged).toContainEqual(
      expect.objectContaining({
        level: 'error',
        details: expect.objectContaining({ handler: 'disconnect' }),
      }),
    )
  })
})

describe('close', () => {
  test.each([
    [1004, ''],
    [1005, ''],
    [1006, ''],
    [1015, ''],
    [999, ''],
    [2000, ''],
    [5000, ''],
    [1000.5, ''],
    [1000, 'ü'.repeat(62)],
  ])('refuses what may not go over the wire: %d', async (code, reason) => {
    let thrown: unknown
    const lab = await startLab({
      say(ctx) {
        try {
          ctx.close(code, reason)
        } catch (error) {
          thrown = error
        }
      },
    })
    const client = await RawClient.open(lab.url())
    client.send(['event', 'say', { text: 'close' }])
    expect(await client.ask(1, 'add', { a: 1, b: 1 })).toEqual({ sum: 2 })
    expect(thrown).toMatchObject({ code: 'INVALID_CLOSE' })
  })
})

describe('a server', () => {
  test('is not made when a message has no handler', () => {
    const { add: _add, ...rest } = labHandlers()
    expect(() => startLabWith(rest as LabHandlers)).toThrow(/lab has no handler for add/)
  })

  test('asks its clients to come back when it closes, and lets nobody in any more', async () => {
    const lab = await startLab()
    const client = await RawClient.open(lab.url())
    await lab.server.close({ retryAfterMs: [10, 20] })
    expect(await client.ended).toEqual({ code: 1012, reason: 'The server is closing.' })
    expect(await client.next('bye')).toMatchObject(['bye', { code: 1012, retryAfterMs: [10, 20] }])
    await expect(RawClient.open(lab.url())).rejects.toThrow()
  })

  test('closes in time although a client does not answer and a handler hangs', async () => {
    const lab = await startLab({ disconnect: () => new Promise(() => undefined) })
    const client = await RawClient.open(lab.url())
    client.socket.pause()
    await lab.server.close({ timeoutMs: 50 })
    expect(lab.logged).toContainEqual(expect.objectContaining({ level: 'warn' }))
    client.terminate()
  })

  test('closes although somebody has connected and says nothing', async () => {
    const lab = await startLab()
    const silent = connect(lab.port, '127.0.0.1')
    silent.on('error', () => undefined)
    await once(silent, 'connect')
    await lab.server.close({ timeoutMs: 50 })
    expect(lab.server.connections).toBe(0)
    silent.destroy()
  })

  test('listens once, and not any more when it is closed', async () => {
    const lab = await startLab()
    await expect(lab.server.listen()).rejects.toThrow('listens already')
    await lab.server.close()
    await expect(startedAgain(lab.server)).rejects.toThrow()
  })

  test('has the defaults for limits that are undefined, and refuses limits that are none', async () => {
    const lab = await startLab({}, { limits: { maxPending: undefined as unknown as number } })
    const client = await RawClient.open(lab.url())
    expect(await client.ask(1, 'add', { a: 1, b: 1 })).toEqual({ sum: 2 })
    const make = (limits: object) => () =>
      createServer({ lab: labHandlers(), plain: { ping: () => 'pong' } }, { limits })
    expect(make({ maxPending: -1 })).toThrow(RangeError)
    expect(make({ maxPending: '1' })).toThrow(RangeError)
    expect(make({ pingTimeoutMs: Number.POSITIVE_INFINITY })).toThrow('a finite number')
    expect(make({ maxConnectionsPerAddress: Number.POSITIVE_INFINITY })).not.toThrow()
    expect(make({ maxPendng: 1 })).toThrow('no limit maxPendng')
  })

  test('that is closed before it listens does not begin to', async () => {
    const server = startLabWith(labHandlers())
    const listening = server.listen({ host: 'localhost' })
    await server.close()
    await expect(listening).rejects.toMatchObject({ code: 'SERVER_CLOSING' })
    const late = startLabWith(labHandlers())
    const taken = late.listen({ host: 'localhost' }).then(
      ({ port }) => fetch(`http://localhost:${port}`),
      () => undefined,
    )
    await new Promise((resolve) => setImmediate(resolve))
    await late.close()
    expect(await taken.catch(() => undefined), 'while the address is looked up').toBeUndefined()
  })

  test('may be told to listen again when its engine could not be opened', async () => {
    const engine = Object.assign(memoryEngine(), {
      open: () => Promise.reject(new Error('The disk is away.')),
    })
    const server = startLabWith(labHandlers(), { engine })
    await expect(server.listen()).rejects.toThrow('The disk is away.')
    await expect(server.listen()).rejects.toThrow('The disk is away.')
  })

  test('lets go of its HTTP server although its engine cannot be closed', async () => {
    const engine = Object.assign(memoryEngine(), {
      close: () => Promise.reject(new Error('The disk is away.')),
    })
    const server = startLabWith(labHandlers(), { engine })
    const http = createHttpServer()
    await server.attach(http)
    await expect(server.close()).rejects.toThrow('The disk is away.')
    expect(http.listenerCount('upgrade')).toBe(0)
  })

  test('says which address is taken', async () => {
    const lab = await startLab()
    const other = startLabWith(labHandlers())
    await expect(other.listen({ port: lab.port, host: '127.0.0.1' })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    })
    await other.close()
  })
})

function startedAgain(server: ReturnType<typeof createServer>) {
  return server.attach(createHttpServer())
}

function startLabWith(lab: LabHandlers, options: ServerOptions = {}) {
  return createServer({ lab, plain: { ping: () => 'pong' } }, options)
}

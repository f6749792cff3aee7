import { createApiClient, WirepactError } from '@wirepact/client'
import type { Validator } from '@wirepact/protocol'
import { type ApiServer, createApiServer, type RouteDefinition } from '@wirepact/runtime'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { type ChatAnswers, type ChatConnection, chatRoute } from './support/chat-route.js'

const anything: Validator = { check: () => true, explain: () => [] }
const bytes: Validator = { ...anything, check: (data) => data instanceof Uint8Array, content: 'binary' }
const request = { kind: 'request', input: anything, output: anything, errors: {} } as const

const serverRoute: RouteDefinition = {
  name: 'chat',
  path: '/chat/{roomId}',
  params: { convert: { roomId: 'string' }, validator: anything },
  receives: {
    rename: request,
    transcript: { kind: 'stream', input: anything, item: anything, errors: { GONE: anything } },
    blur: { ...request, input: bytes, output: bytes },
    find: { ...request, idempotent: true },
    save: { kind: 'event', data: anything, delivery: 'acknowledged' },
  },
  sends: {
    photo: { kind: 'event', data: bytes },
    confirm: { ...request, errors: { BUSY: anything } },
    watch: { kind: 'stream', input: anything, item: anything, errors: { BUSY: anything } },
  },
  channels: {},
}

type Asked<Name extends keyof ChatAnswers> = Parameters<ChatAnswers[Name]>[0]

/** What the handlers below use of their context; generated code has it typed. */
interface ServerContext {
  readonly client: {
    photo(data: Uint8Array): unknown
    confirm(input: Asked<'confirm'>): Promise<{ yes: boolean }>
    watch(input: Asked<'watch'>, options?: { maxBuffered?: number }): AsyncIterable<number>
  }
  readonly errors: { GONE(data: { since: number }): Error }
}

describe('the whole language on the runtime', () => {
  let server: ApiServer<object>
  let chat: ChatConnection
  let close: () => void
  /** How many items the server has made. */
  let made: number
  let left: boolean
  let context: ServerContext
  let saved: number[]
  /** Runs before each answer to `find`. */
  let searching: () => void
  const sockets: WebSocket[] = []
  const cut = () => sockets.at(-1)?.terminate()

  async function* transcript(ctx: ServerContext, { from }: { from: number }) {
    try {
      for (let line = from; line < from + 1_000; line++) {
        if (line === 5_000) throw ctx.errors.GONE({ since: 7 })
        made += 1
        yield `line ${line}`
      }
    } finally {
      left = true
    }
  }

  beforeEach(async () => {
    made = 0
    left = false
    saved = []
    searching = () => undefined
    const connect = (ctx: ServerContext) => {
      context = ctx
    }
    const rename = async (ctx: ServerContext, { name }: { name: string }) => {
      const { yes } = await ctx.client.confirm({ question: `${name}?` })
      return { name: yes ? name : 'nobody' }
    }
    const blur = (ctx: ServerContext, picture: Uint8Array) => {
      ctx.client.photo(picture)
      return picture.toReversed()
    }
    const save = (_ctx: ServerContext, { n }: { n: number }) => void saved.push(n)
    const find = (_ctx: ServerContext, input: object) => {
      searching()
      return input
    }
    const definition = { title: 'Chat', version: '1.0.0', contract: 'abc', routes: [serverRoute] }
    server = createApiServer(definition, { chat: { connect, rename, transcript, blur, save, find } })
    const { port } = await server.listen({ host: '127.0.0.1' })
    const client = createApiClient('abc', `http://127.0.0.1:${port}`, {
      reconnect: { minDelayMs: 5, maxDelayMs: 20 },
      WebSocket: class extends WebSocket {
        constructor(url: string, protocol: string) {
          super(url, protocol)
          sockets.push(this)
        }
      },
    })
    chat = client.connect<ChatConnection>(chatRoute, { params: { roomId: 'one' } })
    close = () => client.close()
    await chat.ready()
  })

  afterEach(async () => {
    close()
    await server.close({ timeoutMs: 200 })
  })

  it('reads a stream to its end, in a window that is smaller than it', async () => {
    const lines: string[] = []
    for await (const line of chat.transcript({ from: 1 }, { maxBuffered: 7 })) lines.push(line)
    expect(lines).toHaveLength(1_000)
    expect([lines[0], lines.at(-1)]).toEqual(['line 1', 'line 1000'])
  })

  it('lets the server make no more than is read, and leave when the loop is left', async () => {
    for await (const line of chat.transcript({ from: 1 }, { maxBuffered: 4 })) if (line === 'line 10') break
    await vi.waitFor(() => expect(left).toBe(true))
    expect(made).toBeLessThanOrEqual(10 + 2 * 4)
  })

  it('ends a stream with the error that the schema declares', async () => {
    const stream = chat.transcript({ from: 4_999 })
    expect(await stream.next()).toMatchObject({ value: 'line 4999' })
    await expect(stream.next()).rejects.toMatchObject({ code: 'GONE', declared: true, data: { since: 7 } })
  })

  it('answers what the server asks', async () => {
    chat.handle('confirm', ({ question }) => ({ yes: question === 'Ada?' }))
    expect(await chat.rename({ name: 'Ada' })).toEqual({ name: 'Ada' })
    expect(await chat.rename({ name: 'Eve' })).toEqual({ name: 'nobody' })
  })

  it('refuses what the server asks', async () => {
    await expect(context.client.confirm({ question: '' })).rejects.toMatchObject({ code: 'UNKNOWN_MESSAGE' })
    chat.handle('confirm', (_input, { errors }) => {
      throw errors.BUSY({ until: 5 })
    })
    const busy = { code: 'BUSY', declared: true, data: { until: 5 } }
    await expect(context.client.confirm({ question: '' })).rejects.toMatchObject(busy)
    chat.handle('confirm', () => {
      throw new WirepactError('SECRET', 'secret')
    })
    chat.onError(() => undefined)
    await expect(context.client.confirm({ question: '' })).rejects.toMatchObject({ code: 'INTERNAL' })
  })

  it('makes items for the server as it reads them, until it leaves', async () => {
    let signal: AbortSignal | undefined
    chat.handle('watch', async function* ({ since }, context) {
      signal = context.signal
      for (let n = since; ; n++) {
        made += 1
        yield n
      }
    })
    const read: number[] = []
    for await (const n of context.client.watch({ since: 3 }, { maxBuffered: 4 })) {
      if (read.push(n) === 20) break
    }
    expect(read).toEqual(Array.from({ length: 20 }, (_, index) => index + 3))
    await vi.waitFor(() => expect(signal?.aborted).toBe(true))
    expect(made).toBeLessThanOrEqual(20 + 2 * 4)
  })

  it('has acknowledged events handled once and in order, wherever the socket breaks', async () => {
    for (let n = 1; n <= 60; n++) {
      expect(chat.save({ n }).outcome).not.toBe('refused')
      if (n % 20 === 0) cut()
      if (n % 7 === 0) await new Promise((resolve) => setTimeout(resolve, 3))
    }
    const all = Array.from({ length: 60 }, (_, index) => index + 1)
    await vi.waitFor(() => expect(saved).toHaveLength(60))
    expect(saved).toEqual(all)
  })

  it('asks again for an answer that was lost with the socket, where that may be', async () => {
    let asked = 0
    searching = () => {
      asked += 1
      if (asked === 1) cut()
    }
    expect(await chat.find({ name: 'Ada' })).toEqual({ name: 'Ada' })
    expect(asked).toBe(2)
  })

  it('carries bytes both ways', async () => {
    const photos: Uint8Array[] = []
    chat.on('photo', (photo) => photos.push(photo))
    expect(await chat.blur(Uint8Array.of(1, 2, 255))).toEqual(Uint8Array.of(255, 2, 1))
    expect(photos).toEqual([Uint8Array.of(1, 2, 255)])
    await expect(chat.blur([1] as never)).rejects.toMatchObject({ code: 'WRONG_KIND' })
  })
})

import { type ApiClient, createApiClient, type PublicationInfo } from '@wirepact/client'
import type { Validator } from '@wirepact/protocol'
import { type ApiServer, createApiServer, type MemberChannel, type RouteDefinition } from '@wirepact/runtime'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { type ChatConnection, chatRoute, type Person, type RoomMessages } from './support/chat-route.js'

const anything: Validator = { check: () => true, explain: () => [] }
const messages = { said: { data: anything, history: true }, typing: { data: anything, history: false } }
const request = (errors: Record<string, Validator> = {}) =>
  ({ kind: 'request', input: anything, output: anything, errors }) as const

const serverRoute: RouteDefinition = {
  name: 'chat',
  path: '/chat/{roomId}',
  params: { convert: { roomId: 'string' }, validator: anything },
  receives: {
    say: request(),
    rename: request({ NAME_TAKEN: anything }),
    typing: { kind: 'event', data: anything },
    shout: { kind: 'event', data: anything },
  },
  sends: { notice: { kind: 'event', data: anything } },
  channels: {
    room: { name: 'room/{roomId}', join: 'handler', messages, history: { replay: 2 }, presence: anything },
    lobby: { name: 'lobby', join: 'open', messages, history: {} },
    stage: { name: 'stage', join: 'guarded', messages, presence: anything },
  },
}

/** What the handlers below use of their context; generated code has it typed. */
interface ServerContext {
  readonly token: string | undefined
  readonly channels: {
    room(): MemberChannel<RoomMessages, Person>
    lobby(): MemberChannel<RoomMessages>
  }
  readonly client: { notice(data: { text: string }): void }
  readonly errors: { NAME_TAKEN(data: { suggestion: string }): Error }
}

const handlers = {
  chat: {
    authorize: { stage: ({ token }: ServerContext) => token === 'Ada' },
    async connect(ctx: ServerContext) {
      await ctx.channels.room().join({ presence: { name: ctx.token ?? 'nobody' } })
      ctx.client.notice({ text: 'hello' })
    },
    async say(ctx: ServerContext, input: { text: string }) {
      const { position } = await ctx.channels.room().publish('said', input)
      await ctx.channels.lobby().publish('said', input)
      return { id: String(position?.[1]) }
    },
    rename(ctx: ServerContext, { name }: Person) {
      if (name === 'Eve') throw ctx.errors.NAME_TAKEN({ suggestion: 'Eva' })
      return { name }
    },
    typing: (ctx: ServerContext) => ctx.channels.room().publish('typing', null),
    shout: () => undefined,
  },
}

describe('the client on the runtime', () => {
  let server: ApiServer<object>
  let url: string
  let clients: ApiClient[]
  const sockets: WebSocket[] = []

  beforeEach(async () => {
    clients = []
    const definition = { title: 'Chat', version: '1.0.0', contract: 'abc', routes: [serverRoute] }
    server = createApiServer(definition, handlers)
    url = `http://127.0.0.1:${(await server.listen({ host: '127.0.0.1' })).port}`
  })

  afterEach(async () => {
    for (const client of clients) client.close()
    await server.close({ timeoutMs: 200 })
  })

  /** A person in room one, whose sockets the test can cut. */
  function enter(name: string) {
    const client = createApiClient('abc', url, {
      auth: () => name,
      reconnect: { minDelayMs: 5, maxDelayMs: 20 },
      WebSocket: class extends WebSocket {
        constructor(address: string, protocol: string) {
          super(address, protocol)
          sockets.push(this)
        }
      },
    })
    clients.push(client)
    const chat = client.connect<ChatConnection>(chatRoute, { params: { roomId: 'one' } })
    const heard: [text: string, info: PublicationInfo][] = []
    chat.channels.room().on('said', ({ text }, info) => heard.push([text, info]))
    return { chat, heard, texts: () => heard.map(([text]) => text), cut: () => sockets.at(-1)?.terminate() }
  }

  it('calls, and is answered with replies and declared errors', async () => {
    const { chat } = enter('Ada')
    expect(await chat.rename({ name: 'Bea' })).toEqual({ name: 'Bea' })
    await expect(chat.rename({ name: 'Eve' })).rejects.toMatchObject({
      code: 'NAME_TAKEN',
      declared: true,
      data: { suggestion: 'Eva' },
    })
  })

  it('hears what the connect handler sent, replayed history, and what happens now', async () => {
    const ada = enter('Ada')
    const notices: string[] = []
    ada.chat.on('notice', ({ text }) => notices.push(text))
    for (const text of ['1', '2', '3']) await ada.chat.say({ text })
    const bea = enter('Bea')
    await bea.chat.ready()
    await ada.chat.say({ text: '4' })
    await vi.waitFor(() => expect(bea.texts()).toEqual(['2', '3', '4']))
    expect(bea.heard.map(([, { replayed }]) => replayed)).toEqual([true, true, false])
    expect(notices).toEqual(['hello'])
  })

  it('misses nothing and shows nothing twice when its socket breaks', async () => {
    const bea = enter('Bea')
    await bea.chat.ready()
    const lobby: string[] = []
    const gaps: unknown[] = []
    bea.chat.channels.lobby().on('said', ({ text }) => lobby.push(text))
    for (const channel of [bea.chat.channels.room(), bea.chat.channels.lobby()])
      channel.onGap((gap) => gaps.push(gap))
    await bea.chat.channels.lobby().subscribe()
    const ada = enter('Ada')
    await ada.chat.ready()
    const [beasSocket] = sockets.slice(-2)
    for (let round = 0; round < 5; round++) {
      await ada.chat.say({ text: `${round}a` })
      if (round === 2) beasSocket?.terminate()
      await ada.chat.say({ text: `${round}b` })
    }
    const all = [0, 1, 2, 3, 4].flatMap((round) => [`${round}a`, `${round}b`])
    await vi.waitFor(() => expect([bea.texts(), lobby]).toEqual([all, all]))
    expect(gaps).toEqual([])
  })

  it('sees who comes and who goes', async () => {
    const ada = enter('Ada')
    const { presence } = ada.chat.channels.room()
    const names = () => presence.members.map(({ data }) => data.name)
    await ada.chat.ready()
    const bea = enter('Bea')
    await vi.waitFor(() => expect(names()).toEqual(['Ada', 'Bea']))
    bea.chat.close()
    await vi.waitFor(() => expect(names()).toEqual(['Ada']))
  })

  it('subscribes where it may, and is refused where it may not', async () => {
    const [ada, bea] = [enter('Ada'), enter('Bea')]
    const stage = ada.chat.channels.stage()
    await stage.subscribe({ presence: { name: 'Ada' } })
    expect(stage.presence.members.map(({ data }) => data.name)).toEqual(['Ada'])
    const refused = bea.chat.channels.stage().subscribe({ presence: { name: 'Bea' } })
    await expect(refused).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await stage.unsubscribe()
    expect(stage.status).toEqual({ state: 'idle' })
    await stage.subscribe({ presence: { name: 'Ada' } })
  })

  it('reads history page by page', async () => {
    const { chat } = enter('Ada')
    for (const text of ['1', '2', '3']) await chat.say({ text })
    const newest = await chat.channels.room().history({ limit: 2 })
    expect(newest.publications.map(({ offset }) => offset)).toEqual([2, 3])
    const before = await chat.channels.room().history({ before: 2 })
    expect(before).toMatchObject({
      more: false,
      publications: [{ offset: 1, name: 'said', data: { text: '1' } }],
    })
  })

  it('waits for the window that a closing server names', async () => {
    const { chat } = enter('Ada')
    await chat.ready()
    const before = Date.now()
    await server.close({ timeoutMs: 500, retryAfterMs: [60_000, 120_000] })
    await vi.waitFor(() => expect(chat.status.state).toBe('waiting'))
    expect(chat.status).toMatchObject({ cause: { code: 1012 } })
    expect(chat.status.state === 'waiting' && chat.status.until).toBeGreaterThanOrEqual(before + 60_000)
  })
})

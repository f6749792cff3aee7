import type { ClientOptions } from '@wirepact/client'
import type { ServerOptions } from '@wirepact/runtime'
import { Cable } from '../../support/cable.js'
import { RawClient, type RawOptions } from '../../support/raw-client.js'
import { keepLog, noted, serve } from '../../support/running.js'
import { createClient } from '../api/generated/client.js'
import {
  createServer,
  type Handlers,
  type RoomContext,
  type RoomHandlers,
  type Server,
} from '../api/generated/server.js'

const pong = { ping: () => 'pong' }
const where = { where: (ctx: { readonly params: object }) => ctx.params }

/** What a test replaces. */
export interface Replaced {
  readonly room?: Partial<RoomHandlers> | (new () => RoomHandlers)
  readonly others?: Partial<Omit<Handlers, 'room'>>
  readonly options?: ServerOptions
}

/** Handlers that do what their messages say. */
export function roomHandlers(replaced: Partial<RoomHandlers> = {}): RoomHandlers {
  return {
    authorize: { vault: (_ctx, { params }) => params.key !== 'locked' },
    async connect(ctx) {
      await ctx.channels.room().join({ presence: { name: ctx.query.name } })
    },
    say: async (ctx, data) => void (await ctx.channels.room().publish('said', data)),
    note: async (ctx, data) => void (await ctx.channels.room().publish('said', data)),
    fail() {
      throw new Error('the secret of the failed event')
    },
    often: () => undefined,
    ask(ctx, { text }) {
      if (text === 'rude') throw ctx.errors.RUDE({ word: text })
      return { text }
    },
    run: () => null,
    number: (_ctx, number) => number,
    bytes: (_ctx, bytes) => bytes,
    secret: () => undefined,
    async *count(_ctx, { to }) {
      for (let number = 1; number <= to; number++) yield number
    },
    ...replaced,
  }
}

/** Handlers of the whole API. */
export function rowHandlers({ room = {}, others = {} }: Replaced = {}): Handlers {
  return {
    room: typeof room === 'function' ? room : roomHandlers(room),
    byInteger: where,
    byNumber: where,
    byUuid: where,
    bySlug: where,
    byPattern: where,
    byText: where,
    byRest: where,
    wsRoot: { ping: () => 'root' },
    wsChat: { ping: () => 'chat' },
    wsTeam: { ping: (ctx) => `team ${ctx.params.teamId}` },
    wsExtra: { ping: () => 'extra' },
    talk: { said: (ctx, text) => ctx.client.echo(text), raw: (ctx, bytes) => ctx.client.back(bytes) },
    dictation: { connect: () => undefined },
    members: pong,
    ...others,
  }
}

/** A server of the whole API that does not listen yet. */
export function createRows(replaced: Replaced = {}): Server {
  return createServer(rowHandlers(replaced), replaced.options)
}

/** A server of the whole API, on a free port unless one is named, and the ways to connect to it. */
export async function start(replaced: Replaced = {}, port = 0) {
  const { logged, logger } = keepLog()
  const server = createRows({ ...replaced, options: { logger, ...replaced.options } })
  const url = await serve(server, port)
  const client = (more: ClientOptions = {}) =>
    noted(createClient(url, { reconnect: { minDelayMs: 20, maxDelayMs: 50 }, ...more }))
  const raw = (path: string, rawOptions?: RawOptions) => RawClient.open(`${url}${path}`, rawOptions)
  return { server, url, logged, client, raw }
}

/** One person in the room `lobby`, with a cable of their own and what they hear. */
export function enter(url: string, name: string, options: ClientOptions = {}) {
  const cable = new Cable()
  const room = noted(createClient(url, { ...cable.options, ...options })).room({
    params: { roomId: 'lobby' },
    query: { name },
  })
  const heard: string[] = []
  room.channels.room().on('said', ({ text }) => heard.push(text))
  return { cable, room, heard }
}

/** A connect handler that also keeps its contexts. */
export function keepContexts(): { contexts: RoomContext[]; connect: NonNullable<RoomHandlers['connect']> } {
  const contexts: RoomContext[] = []
  return {
    contexts,
    async connect(ctx) {
      contexts.push(ctx)
      await ctx.channels.room().join({ presence: { name: ctx.query.name } })
    },
  }
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { emitApi } from 'wirepact/compiler'
import { chatIr } from './chat-ir.js'
import { type CompileOptions, compile, removeEmitted, writeEmitted } from './compile-emitted.js'
import { everythingIr } from './everything-ir.js'
import { languageIr } from './language-ir.js'
import { clientPrelude, rightUse, serverPrelude } from './types-table.js'

const rightChat = `
import { createClient, type ChatConnection, WirepactError } from './client.js'
import { createServer, type ChatContext, type ChatHandlers, type Server } from './server.js'

const line = (from: string, text: string) => ({ id: '1', from, text, at: 0 })

export const server: Server = createServer({
  chat: {
    async connect(ctx) {
      await ctx.channels.room().join({ presence: { name: ctx.query.name } })
    },
    async say(ctx, { text }) {
      const { position } = await ctx.channels.room().publish('said', line(ctx.query.name, text))
      const offset: number | undefined = position?.[1]
      ctx.client.notice({ text: String(offset) })
      return line(ctx.query.name, text)
    },
    typing(ctx) {
      void ctx.channels.room({ roomId: 'other' }).publish('typing', { from: ctx.params.roomId })
    },
    rename(ctx, { name }) {
      if (name === '') throw ctx.errors.NAME_TAKEN({ suggestion: 'x' })
      return { name }
    },
    disconnect(_ctx, { code, wasClean }) {
      console.log(code.toFixed(), wasClean)
    },
  },
})
server.routes.chat.channels.room({ roomId: 'a' }).publish('said', line('a', 'b'))

class Handlers implements ChatHandlers {
  #names: string[] = []
  say(ctx: ChatContext, input: { text: string }) {
    this.#names.push(ctx.query.name)
    return line(this.#names.join(), input.text)
  }
  typing() {}
  rename(_ctx: ChatContext, input: { name: string }) {
    return input
  }
}
export const another = createServer({ chat: Handlers }, {})

export async function use(): Promise<void> {
  const client = createClient('wss://example.org')
  const chat: ChatConnection = client.chat({ params: { roomId: 'lobby' }, query: { name: 'ada' } })
  chat.on('notice', ({ text }) => text.toUpperCase())
  const said: string = (await chat.say({ text: 'hi' })).text
  const outcome = await chat.rename.safe({ name: said }, { timeoutMs: 100 })
  if (outcome.ok) outcome.output.name.trim()
  else if (outcome.error.code === 'NAME_TAKEN') outcome.error.data.suggestion.trim()
  const room = chat.channels.room()
  room.on('said', (data, { offset }) => [data.text, offset])
  for await (const message of room.messages()) if (message.name === 'typing') message.data.from.trim()
  for (const { data } of room.presence.members) data.name.trim()
  if (chat.typing().outcome === 'refused') throw new WirepactError('X', 'x')
  client.close()
}
`

const wrongChat = `
import { createClient } from './client.js'
import { createServer } from './server.js'

const said = { id: '1', from: 'a', text: 'b', at: 0 }

// @ts-expect-error a route without handlers
createServer({})
// @ts-expect-error handlers that are missing
createServer({ chat: {} })
createServer({
  chat: {
    // @ts-expect-error a reply that lacks a property
    say: () => ({ id: '1' }),
    typing(ctx) {
      // @ts-expect-error there is no such message
      ctx.channels.room().publish('says', said)
      // @ts-expect-error a payload of another message
      ctx.channels.room().publish('typing', said.at)
      // @ts-expect-error presence is due
      ctx.channels.room().join()
      // @ts-expect-error a message that declares no errors
      ctx.errors
      // @ts-expect-error the server sends nothing of this name
      ctx.client.said(said)
    },
    rename(ctx, input) {
      // @ts-expect-error data of another form
      throw ctx.errors.NAME_TAKEN({ name: input.name })
    },
  },
})

const client = createClient('wss://example.org')
// @ts-expect-error the query is required
client.chat({ params: { roomId: 'lobby' } })
// @ts-expect-error arguments are required
client.chat()
const chat = client.chat({ params: { roomId: 'lobby' }, query: { name: 'ada' } })
// @ts-expect-error a property that is no part of the input
chat.say({ text: 'hi', extra: 1 })
// @ts-expect-error an event without data
chat.typing({})
// @ts-expect-error only handlers make members of this channel
chat.channels.room().subscribe()
// @ts-expect-error nothing of this name is sent
chat.on('said', () => {})
`

const rightEverything = `
import { createClient, type GameMoveInput } from './client.js'
import { createServer, type GameHandlers, type Tree } from './server.js'

const tree: Tree = { value: 'ab', children: [{ value: 'cd', children: [] }] }
const moves: GameMoveInput[] = [{ kind: 'step', by: 1 }, { kind: 'jump', to: { x: 1, y: 2 } }, null]

const game: GameHandlers = {
  authorize: {
    board: (ctx, { params }) => params.side === 'a' && ctx.params.isRanked,
    spectators: async (_ctx, { presence }) => presence.seat > 0,
  },
  async move(ctx, input) {
    if (input === null) throw ctx.errors.TOO_LATE()
    await ctx.channels.board({ side: 'a' }).publish('changed', { a1: 'king' })
    await ctx.channels.spectators().publish('waved', null)
    await ctx.channels.news({ gameId: 1 }).publish('said', { topic: String(ctx.query.tag?.[0]) })
    ctx.client.ended()
    return tree
  },
  resign() {},
  count: () => 1,
  sit(_ctx, { name, seat }) {
    console.log(name, seat + 1)
  },
  roll(_ctx, data) {
    if (typeof data === 'number') data.toFixed()
  },
  rule() {},
  from(_ctx, country) {
    if (country === 'AT') return
  },
  ping() {},
}
export const server = createServer({ game, status: {} })

export async function use(): Promise<number> {
  const client = createClient(new URL('wss://example.org'))
  client.status().on('tick', ({ at }) => at.x)
  const game = client.game({ params: { gameId: 1, isRanked: true } })
  for (const move of moves) (await game.move(move)).children[0]?.value
  await game.resign()
  await game.channels.spectators().subscribe({ presence: { seat: 1 } })
  await game.channels.board({ side: 'b' }).subscribe()
  game.on('topic', ({ topic }) => topic.trim())
  game.on('scored', (score) => score.tuple?.[1].toFixed())
  game.ping()
  return game.count()
}
`

const wrongEverything = `
import { createClient, type GameMoveInput, type GameScore, type GameSeat } from './client.js'

// @ts-expect-error a property of another branch
export const move: GameMoveInput = { kind: 'step', to: { x: 1, y: 2 } }
// @ts-expect-error both parts are due
export const seat: GameSeat = { name: 'a' }
// @ts-expect-error a tuple has its length
export const tuple: GameScore['tuple'] = ['a']
// @ts-expect-error undefined is no value of an optional property
export const score: Partial<GameScore> = { mail: undefined }

const game = createClient('wss://example.org').game({ params: { gameId: 1, isRanked: true } })
// @ts-expect-error a parameter that the route does not have
game.channels.board()
// @ts-expect-error presence is due
game.channels.spectators().subscribe()
// @ts-expect-error not one of the countries
game.from('XX')
// @ts-expect-error a parameter of another type
game.channels.news({ gameId: 'a' })
`

const apis = [
  { name: 'chat', api: chatIr, uses: { 'right.ts': rightChat, 'wrong.ts': wrongChat } },
  {
    name: 'everything',
    api: everythingIr,
    uses: { 'right.ts': rightEverything, 'wrong.ts': wrongEverything },
  },
  {
    name: 'language',
    api: languageIr,
    uses: {
      'server-use.ts': serverPrelude + rightUse.server,
      'client-use.ts': clientPrelude + rightUse.client,
    },
  },
]

const ways: CompileOptions[] = [
  { compiler: '5.9', resolution: 'nodenext' },
  { compiler: '5.9', resolution: 'bundler' },
  { compiler: '6', resolution: 'nodenext' },
  { compiler: '6', resolution: 'bundler' },
  { compiler: '7', resolution: 'nodenext' },
  { compiler: '7', resolution: 'bundler' },
]

describe('emitted modules', () => {
  let folder = ''
  beforeAll(async () => {
    const files: [string, string][] = []
    for (const { name, api, uses } of apis) {
      const modules = [...(await emitApi(api)), ...Object.entries(uses)]
      files.push(...modules.map(([path, text]): [string, string] => [`${name}/${path}`, text]))
    }
    folder = await writeEmitted('emit-types', files)
  })
  afterAll(() => removeEmitted(folder))

  it.each(ways)(
    'let right use compile and wrong use not, by TypeScript $compiler under $resolution',
    async (way) => {
      expect(await compile(folder, way)).toBe('')
    },
    60_000,
  )
})

it('have declarations that any tool can write from one file alone, and nothing that types alone do not erase', async () => {
  const emitted = apis.map(async ({ name, api }) =>
    [...(await emitApi(api))].map(([path, text]): [string, string] => [`${name}/${path}`, text]),
  )
  const folder = await writeEmitted('emit-declarations', (await Promise.all(emitted)).flat())
  const more = { declaration: true, isolatedDeclarations: true, erasableSyntaxOnly: true }
  const said = await compile(folder, { compiler: '7', resolution: 'nodenext', more })
  await removeEmitted(folder)
  expect(said).toBe('')
}, 60_000)

it('nothing at all is the type never, wherever it stands', async () => {
  const nothing = { not: {} }
  const properties = { alone: nothing, listed: { type: 'array', items: nothing }, either: {} }
  properties.either = { anyOf: [nothing, { type: 'string' }] }
  const schema = { type: 'object', properties, required: ['listed', 'either'] }
  const schemas = [
    { name: 'Nothing', schema: nothing, route: 'chat' },
    { name: 'Holder', schema, route: 'chat' },
  ]
  const types = (await emitApi({ ...chatIr, schemas: [...chatIr.schemas, ...schemas] })).get('chat/types.ts')
  expect(types).toContain('export type Nothing = never\n')
  expect(types).toContain('  alone?: never\n  listed: never[]\n  either: string\n')
})

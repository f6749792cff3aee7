import { wrongPresenceUses } from './presence-table.js'

/** One wrong use of generated code. The line that ends in the mark is where a person is to be pointed at. */
export interface WrongUse {
  readonly name: string
  readonly code: string
  /** What TypeScript calls the mistake. */
  readonly error: `TS${number}`
}

export const mark = ' // here'

/** What every use of the server starts with. */
export const serverPrelude = `
import { createServer, type Handlers, type Server, type StudioContext, type StudioHandlers, type StudioSaveContext } from './server.js'
declare const ctx: StudioContext
declare const saving: StudioSaveContext
declare const studio: StudioHandlers
declare const others: Omit<Handlers, 'studio'>
declare const server: Server
export { createServer, ctx, others, saving, server, studio }
`

/** What every use of the client starts with. */
export const clientPrelude = `
import { type Client, createClient, type StudioConnection } from './client.js'
declare const client: Client
declare const studio: StudioConnection
const params = { size: 1, file: 'a/b.png' }
export { client, createClient, params, studio }
`

export const rightUse: Readonly<Record<'server' | 'client', string>> = {
  server: `
class Studio implements StudioHandlers {
  authorize = { layer: (_ctx: StudioContext, { params }: { params: { layer: number } }) => params.layer > 0 }
  draw() {}
  clear() {}
  upload(_ctx: StudioContext, input: Uint8Array) {
    input.byteLength.toFixed()
  }
  save() {
    return { revision: 1 }
  }
  async *transcript() {
    yield { at: 1, text: 'a' }
  }
  film = async function* () {
    yield new Uint8Array(1)
  }
}
createServer({ studio: Studio, ...others })
createServer({
  studio: {
    ...studio,
    async draw(ctx, { shape, id }) {
      ctx.state.user = { name: 'ada' }
      ctx.state.user.name.trim()
      ctx.state.seen += 1
      ctx.headers['x-tenant'].trim()
      ctx.cookies.session?.trim()
      if (shape.kind === 'circle') shape.radius.toFixed()
      else shape.parts.length.toFixed()
      const isRight: boolean = await ctx.client.confirm({ question: id }, { timeoutMs: 100 })
      if (isRight) await ctx.client.wake()
      const asked = await ctx.client.confirm.safe({ question: id }, { timeoutMs: 100 })
      if (asked.ok) asked.output.valueOf()
      else if (asked.error.code === 'BUSY') asked.error.data?.untilMs.toFixed()
      await ctx.client.wake(undefined, { signal: AbortSignal.timeout(1) })
      for await (const { x, y } of ctx.client.watch()) console.log(x + y)
      ctx.client.frame(new Uint8Array(2))
      await ctx.channels.layer({ layer: 1 }).join({ presence: { name: 'a' } })
      await ctx.channels.layer({ layer: 1, file: 'b' }).publish('pixels', new Uint8Array(2))
    },
    save({ errors, params }) {
      if (params.size > 1) throw errors.READ_ONLY()
      return { revision: 1 }
    },
    async *transcript({ errors }, { from }) {
      if (from < 0) throw errors.TOO_OLD({ oldest: 0 })
      yield { at: from, text: 'a' }
    },
  },
  ticker: {
    subscribe(ctx, { type, symbols }) {
      ctx.client.priced({ type: 'price', symbol: symbols[0] ?? type, price: 1 })
    },
    ping: (ctx) => ctx.client.pong({ type: 'pong' }),
  },
  shell: { keys: (ctx, text) => ctx.client.screen(new TextEncoder().encode(text.trim())) },
  hall: {
    authorize: { stage: (_ctx, { presence }) => presence.name.length > 0 },
    async connect(ctx) {
      await ctx.channels.doors().join()
      await ctx.channels.guests().join({ presence: { name: 'a' } })
      const here: number = await ctx.channels.doors().count()
      for (const { user, data, connections } of await ctx.channels.guests().members())
        console.log(user.trim(), data.name, connections + here)
    },
  },
})
await server.routes.studio.channels.layer({ file: 'a', layer: 1 }).publish('moved', { id: 'a', x: 1 })
const here: number = await server.routes.studio.to({ user: 'ada' }).frame(new Uint8Array(1))
const sure: boolean = await ctx.to({ connection: ctx.id }).confirm({ question: 'a' }, { timeoutMs: 100 })
const outcome = await ctx.to({ connection: ctx.id }).confirm.safe({ question: 'a' })
console.log(here, sure, outcome.ok, await server.revoke({ user: 'ada' }, { reason: 'a' }))
createServer({
  studio: {
    ...studio,
    refresh(ctx, token) {
      ctx.grant({ user: token ?? 'nobody', scopes: ['a'], expiresAt: 1 })
    },
  },
  ticker: {
    connect(ctx) {
      void (async () => {
        for await (const { name, data } of ctx.messages({ maxBuffered: 1 }))
          if (name === 'subscribe') data.symbols.join()
      })()
    },
  },
  shell: others.shell,
  hall: others.hall,
})
`,
  client: `
createClient('wss://example.org').studio({ params })
client.studio({ params, headers: { 'x-tenant': 'a' }, cookies: {} })
studio.draw({ shape: { kind: 'group', parts: [{ kind: 'circle', radius: 1 }] }, id: 'a' })
studio.clear()
await studio.upload(new Uint8Array(1), { timeoutMs: 1 })
const { revision } = await studio.save()
console.log(revision.toFixed())
for await (const { at, text } of studio.transcript({ from: 0 }, { signal: AbortSignal.timeout(1) })) console.log(at, text)
for await (const frame of studio.film()) console.log(frame.byteLength)
studio.on('frame', (bytes) => bytes.byteLength)
studio.handle('confirm', async ({ question }, { errors, signal }) => {
  if (signal.aborted) throw errors.BUSY({ untilMs: 1 })
  return question.length > 0
})
studio.handle('wake', () => {})
studio.handle('watch', async function* () {
  yield { x: 1, y: 2 }
})
const layer = studio.channels.layer({ layer: 1 })
await layer.subscribe({ presence: { name: 'a' } })
layer.on('moved', ({ id, x }) => id + x)
layer.on('pixels', (bytes) => bytes.byteLength)
for (const { data } of layer.presence.members) data.name.trim()
await studio.refresh()
const outcome = await studio.save.safe()
if (!outcome.ok && outcome.error.code === 'READ_ONLY') outcome.error.message.trim()
const ticker = client.ticker()
ticker.subscribe({ type: 'subscribe', symbols: [] })
ticker.on('priced', ({ price }) => price.toFixed())
client.shell().keys('a')
const hall = client.hall({ params: { hallId: 'a' } })
const { seats, doors, guests, stage, notes } = hall.channels
await seats().subscribe()
seats().on('taken', ({ seat, by }) => by.name + seat)
seats().presence.onChange((count) => count.toFixed())
doors().presence.onChange((count) => count.toFixed())
console.log(doors({ hallId: 'b' }).presence.count.toFixed(), await doors().count())
await stage().subscribe({ presence: { name: 'a' } })
for (const { user, connections } of guests().presence.members) console.log(user.trim(), connections.toFixed())
stage().presence.onChange((members) => members.map(({ user, data }) => user + data.name))
notes().on('note', (text) => text.trim())
`,
}

export const wrongServerUses: readonly WrongUse[] = [
  { name: 'a route without handlers', error: 'TS2741', code: 'createServer({ ...others }) // here' },
  {
    name: 'a handler that is missing',
    error: 'TS2322',
    code: `const { film, ...rest } = studio
createServer({ ...others, studio: rest }) // here
film(ctx)`,
  },
  {
    name: 'a handler that nothing is sent to',
    error: 'TS2353',
    code: `createServer({
  ...others,
  studio: {
    ...studio,
    paint() {}, // here
  },
})`,
  },
  {
    name: 'a reply without its data',
    error: 'TS2322',
    code: `createServer({
  ...others,
  studio: {
    ...studio,
    save: () => ({ version: 1 }), // here
  },
})`,
  },
  {
    name: 'an item of another form',
    error: 'TS2322',
    code: `createServer({
  ...others,
  studio: {
    ...studio,
    async *transcript() { // here
      yield { at: 'now', text: 'a' }
    },
  },
})`,
  },
  {
    name: 'a stream that is answered like a request',
    error: 'TS2741',
    code: `createServer({
  ...others,
  studio: {
    ...studio,
    film: async () => [new Uint8Array(1)], // here
  },
})`,
  },
  {
    name: 'bytes that are text',
    error: 'TS2345',
    code: `ctx.client.frame('bytes') // here`,
  },
  {
    name: 'an event that is not sent',
    error: 'TS2551',
    code: `ctx.client.framed(new Uint8Array(1)) // here`,
  },
  {
    name: 'a question of another form',
    error: 'TS2353',
    code: `await ctx.client.confirm({ text: 'Really?' }) // here`,
  },
  {
    name: 'an answer taken for another type',
    error: 'TS2322',
    code: `const answer: string = await ctx.client.confirm({ question: 'a' }) // here
console.log(answer)`,
  },
  {
    name: 'an input where there is none',
    error: 'TS2345',
    code: `await ctx.client.wake({}) // here`,
  },
  {
    name: 'an item of the client taken for another type',
    error: 'TS2551',
    code: `for await (const point of ctx.client.watch()) console.log(point.X) // here`,
  },
  {
    name: 'a question to everybody that a user is',
    error: 'TS2339',
    code: `await ctx.to({ user: 'ada' }).confirm({ question: 'a' }) // here`,
  },
  {
    name: 'somebody who is not named',
    error: 'TS2769',
    code: `await ctx.to({ users: ['ada'] }).frame(new Uint8Array(1)) // here`,
  },
  {
    name: 'a payload of another form for somebody',
    error: 'TS2345',
    code: `await server.routes.studio.to({ user: 'ada' }).frame('bytes') // here`,
  },
  {
    name: 'messages one by one where they have handlers',
    error: 'TS2339',
    code: `ctx.messages() // here`,
  },
  { name: 'an error that is not declared', error: 'TS2339', code: `throw saving.errors.TOO_OLD() // here` },
  {
    name: 'data for an error that has none',
    error: 'TS2345',
    code: `throw saving.errors.READ_ONLY({ since: 1 }) // here`,
  },
  {
    name: 'errors where none are declared',
    error: 'TS2339',
    code: `throw ctx.errors.READ_ONLY() // here`,
  },
  {
    name: 'a channel without its parameter',
    error: 'TS2741',
    code: `ctx.channels.layer({ file: 'a' }) // here`,
  },
  {
    name: 'a channel parameter of another type',
    error: 'TS2322',
    code: `ctx.channels.layer({ layer: '1' }) // here`,
  },
  {
    name: 'a channel that is not there',
    error: 'TS2551',
    code: `ctx.channels.layers({ layer: 1 }) // here`,
  },
  {
    name: 'presence that is missing',
    error: 'TS2554',
    code: `await ctx.channels.layer({ layer: 1 }).join() // here`,
  },
  {
    name: 'presence of another form',
    error: 'TS2353',
    code: `await ctx.channels.layer({ layer: 1 }).join({ presence: { nick: 'a' } }) // here`,
  },
  {
    name: 'a message that the channel does not have',
    error: 'TS2345',
    code: `await ctx.channels.layer({ layer: 1 }).publish('said', { text: 'a' }) // here`,
  },
  {
    name: 'the payload of another message of the channel',
    error: 'TS2739',
    code: `await ctx.channels.layer({ layer: 1 }).publish('moved', new Uint8Array(1)) // here`,
  },
  {
    name: 'a route parameter of another type',
    error: 'TS2339',
    code: `ctx.params.size.trim() // here`,
  },
  { name: 'a header that is not declared', error: 'TS2339', code: `ctx.headers.host.trim() // here` },
  { name: 'a query where there is none', error: 'TS2339', code: `ctx.query.name.trim() // here` },
  { name: 'state that is not declared', error: 'TS2339', code: `ctx.state.count = 1 // here` },
  { name: 'state that may not be set yet', error: 'TS18048', code: `ctx.state.user.name.trim() // here` },
  { name: 'state of another type', error: 'TS2322', code: `ctx.state.seen = 'yes' // here` },
  {
    name: 'a membership that nobody decides about',
    error: 'TS2741',
    code: `createServer({
  ...others,
  studio: {
    ...studio,
    authorize: {}, // here
  },
})`,
  },
  {
    name: 'a bare message without what tells it apart',
    error: 'TS2741',
    code: `createServer({
  ...others,
  studio,
  ticker: {
    subscribe() {},
    ping(ctx) {
      ctx.client.pong({}) // here
    },
  },
})`,
  },
  {
    name: 'a class that lacks a handler',
    error: 'TS2420',
    code: `export class Half implements Pick<StudioHandlers, 'clear' | 'film'> { // here
  clear() {}
}`,
  },
]

export const wrongClientUses: readonly WrongUse[] = [
  { name: 'a connection without its parameters', error: 'TS2554', code: `client.studio() // here` },
  {
    name: 'a parameter of another type',
    error: 'TS2322',
    code: `client.studio({ params: { ...params, size: 'big' } }) // here`,
  },
  {
    name: 'a header that is not declared',
    error: 'TS2561',
    code: `client.studio({ params, headers: { tenant: 'a' } }) // here`,
  },
  {
    name: 'a query where there is none',
    error: 'TS2353',
    code: `client.studio({ params, query: {} }) // here`,
  },
  { name: 'a route that is not there', error: 'TS2339', code: `client.chat() // here` },
  { name: 'a message that is not there', error: 'TS2339', code: `studio.drew() // here` },
  {
    name: 'a payload of another form',
    error: 'TS2322',
    code: `studio.draw({ shape: { kind: 'square' }, id: 'a' }) // here`,
  },
  {
    name: 'a payload that lacks a property',
    error: 'TS2741',
    code: `studio.draw({ id: 'a' }) // here`,
  },
  { name: 'data for an event that has none', error: 'TS2345', code: `studio.clear({}) // here` },
  {
    name: 'a credential where nothing is for some alone',
    error: 'TS2339',
    code: `await client.ticker().refresh() // here`,
  },
  { name: 'bytes that are text', error: 'TS2345', code: `await studio.upload('bytes') // here` },
  ...wrongPresenceUses,
  {
    name: 'a reply taken for another type',
    error: 'TS2339',
    code: `console.log((await studio.save()).version) // here`,
  },
  {
    name: 'an event that the server does not send',
    error: 'TS2345',
    code: `studio.on('framed', () => {}) // here`,
  },
  {
    name: 'event data taken for another type',
    error: 'TS2339',
    code: `studio.on('frame', (frame) => frame.text.trim()) // here`,
  },
  {
    name: 'an item taken for another type',
    error: 'TS2339',
    code: `for await (const line of studio.transcript({ from: 0 })) line.words.length // here`,
  },
  {
    name: 'a stream that is awaited like a request',
    error: 'TS2339',
    code: `const line = await studio.transcript({ from: 0 })
line.text.trim() // here`,
  },
  { name: 'a stream without its input', error: 'TS2554', code: `studio.transcript() // here` },
  {
    name: 'an option that streams do not have',
    error: 'TS2353',
    code: `studio.transcript({ from: 0 }, { ttlMs: 1 }) // here`,
  },
  {
    name: 'an answer to what is not asked',
    error: 'TS2345',
    code: `studio.handle('confirmed', () => true) // here`,
  },
  {
    name: 'an answer of another form',
    error: 'TS2322',
    code: `studio.handle('confirm', () => 'yes') // here`,
  },
  {
    name: 'an item of an answer of another form',
    error: 'TS2345',
    code: `studio.handle('watch', async function* () { // here
  yield { x: 1 }
})`,
  },
  {
    name: 'an error that an answer does not declare',
    error: 'TS2339',
    code: `studio.handle('confirm', (_input, { errors }) => {
  throw errors.AWAY() // here
})`,
  },
  {
    name: 'an error code that a request does not have',
    error: 'TS2367',
    code: `const outcome = await studio.save.safe()
if (!outcome.ok && outcome.error.code === 'NAME_TAKEN') console.log(1) // here`,
  },
  {
    name: 'a channel without its parameter',
    error: 'TS2741',
    code: `studio.channels.layer({}) // here`,
  },
  {
    name: 'presence that is missing',
    error: 'TS2554',
    code: `await studio.channels.layer({ layer: 1 }).subscribe() // here`,
  },
  {
    name: 'a message that the channel does not have',
    error: 'TS2345',
    code: `studio.channels.layer({ layer: 1 }).on('said', () => {}) // here`,
  },
  {
    name: 'a message that only the server publishes',
    error: 'TS2339',
    code: `studio.channels.layer({ layer: 1 }).publish('moved', { id: 'a', x: 1 }) // here`,
  },
  {
    name: 'a constant of another message',
    error: 'TS2322',
    code: `client.ticker().ping({ type: 'pong' }) // here`,
  },
  { name: 'text that is a number', error: 'TS2345', code: `client.shell().keys(1) // here` },
]

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sqliteEngine } from '@wirepact/runtime/sqlite'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { stopAll } from '../support/running.js'
import type {
  RoomAskContext,
  RoomContext,
  RoomHandlers,
  RoomRunInput,
  RoomSay,
} from './api/generated/server.js'
import { enter, keepContexts, roomHandlers, start } from './support/start.js'

afterEach(stopAll)

const lobby = { roomId: 'lobby' }
const lobbyPath = '/rooms/lobby?name=ada'

test('[nexios 17] joining and leaving say whether anything has changed, and twice is once', async () => {
  const { contexts, connect } = keepContexts()
  const { url } = await start({ room: { connect } })
  const { room } = enter(url, 'ada')
  await room.ready()
  const channel = (contexts[0] as RoomContext).channels.room({ roomId: 'other' })
  const presence = { name: 'ada' }
  expect([await channel.join({ presence }), await channel.join({ presence })]).toEqual([true, false])
  expect(await channel.count()).toBe(1)
  expect([await channel.leave(), await channel.leave()]).toEqual([true, false])
  expect(await channel.count()).toBe(0)
})

test('[nexios 17] who disconnects, however, has left', async () => {
  const { url, server } = await start()
  const [ada, bob] = [enter(url, 'ada'), enter(url, 'bob', { reconnect: false })]
  await Promise.all([ada.room.ready(), bob.room.ready()])
  const channel = server.routes.room.channels.room(lobby)
  expect(await channel.count()).toBe(2)
  ada.room.close()
  bob.cable.cut()
  await vi.waitFor(async () => expect(await channel.count()).toBe(0))
})

describe('[nexios 18] a publication', () => {
  async function three() {
    const { contexts, connect } = keepContexts()
    const { url, server } = await start({ room: { connect } })
    const people = ['ada', 'bob', 'cleo'].map((name) => enter(url, name))
    for (const { room } of people) await room.ready()
    const ids = ['ada', 'bob', 'cleo'].map(
      (name) => contexts.find((ctx) => ctx.query.name === name)?.id ?? '',
    )
    const heard = () => people.map((one) => one.heard)
    return { people, ids, heard, server, channel: server.routes.room.channels.room(lobby) }
  }

  test('goes to all, to all but the sender, or to a list', async () => {
    const { ids, heard, channel } = await three()
    const [ada = '', bob = '', cleo = ''] = ids
    await channel.publish('said', { text: 'all' })
    await channel.publish('said', { text: 'not ada' }, { except: [ada] })
    await channel.publish('said', { text: 'bob and cleo' }, { to: [bob, cleo] })
    await channel.publish('said', { text: 'end' })
    await vi.waitFor(() =>
      expect(heard()).toEqual([
        ['all', 'end'],
        ['all', 'not ada', 'bob and cleo', 'end'],
        ['all', 'not ada', 'bob and cleo', 'end'],
      ]),
    )
  })

  test('reaches everybody else when one member is dead and one reads nothing', async () => {
    const { people, heard, channel } = await three()
    const [ada, bob] = people
    ada?.cable.pull()
    bob?.cable.hold()
    const texts = Array.from({ length: 300 }, (_, index) => `${index} ${'x'.repeat(150)}`)
    for (const text of texts) await channel.publish('said', { text })
    await vi.waitFor(() => expect(heard()[2]).toEqual(texts))
    bob?.cable.release()
    await vi.waitFor(() => expect(heard()[1]).toEqual(texts))
  })
})

test('[nexios 18] a publication is encoded once, for however many members', async () => {
  const { url, server } = await start()
  const people = Array.from({ length: 10 }, (_, index) => enter(url, `name ${index}`))
  for (const { room } of people) await room.ready()
  let encoded = 0
  const data = {
    get text() {
      encoded++
      return 'once'
    },
  }
  const measure = await server.routes.room.channels.room(lobby).publish('said', data)
  expect(measure.position?.[1]).toBe(1)
  await vi.waitFor(() => expect(people.map(({ heard }) => heard)).toEqual(people.map(() => ['once'])))
  // Read by the check of what goes out and by the encoder, and not by each member.
  expect(encoded).toBeLessThan(5)
})

test('[nexios 23] a class is a handler set with an instance for each connection and all that others can do', async () => {
  const made: Consumer[] = []
  const base = roomHandlers()
  class Consumer implements RoomHandlers {
    heard: string[] = []
    authorize = base.authorize
    note = base.note
    fail = base.fail
    often = base.often
    run: (ctx: RoomContext, input: RoomRunInput) => unknown = () => this.heard
    number = base.number
    bytes = base.bytes
    secret = base.secret
    count = base.count

    constructor() {
      made.push(this)
    }

    async connect(ctx: RoomContext) {
      await ctx.channels.room().join({ presence: { name: ctx.query.name } })
      await ctx.channels.room().publish('said', { text: `${ctx.query.name} is here` }, { except: [ctx.id] })
    }

    async say(ctx: RoomContext, { text }: RoomSay) {
      this.heard.push(text)
      await ctx.channels.room().publish('said', { text })
    }

    async ask(ctx: RoomAskContext, { text }: { text: string }) {
      if (text === 'rude') throw ctx.errors.RUDE({ word: text })
      return { text: String((await ctx.channels.room().members()).length) }
    }

    async disconnect(ctx: RoomContext) {
      await ctx.channels.room().publish('said', { text: `${ctx.query.name} has left` })
    }
  }
  const { url } = await start({ room: Consumer })
  const ada = enter(url, 'ada')
  await ada.room.ready()
  const bob = enter(url, 'bob')
  await bob.room.ready()
  ada.room.say({ text: 'hi' })
  await vi.waitFor(() => expect(bob.heard).toEqual(['hi']))
  expect(await bob.room.run({ what: '' })).toEqual([])
  expect(await ada.room.run({ what: '' })).toEqual(['hi'])
  expect(await ada.room.ask({ text: 'how many' })).toEqual({ text: '2' })
  bob.room.close()
  await vi.waitFor(() => expect(ada.heard).toEqual(['bob is here', 'hi', 'bob has left']))
  expect(made).toHaveLength(2)
})

test('[nexios 23] middleware runs for a class as for an object', async () => {
  const base = roomHandlers()
  class Plain {
    constructor() {
      Object.assign(this, base)
    }
  }
  const { server, raw } = await start({ room: Plain as unknown as new () => RoomHandlers })
  server.use({ message: () => undefined }, { route: 'room', message: 'ask' })
  const client = await raw(lobbyPath)
  expect(await client.ask(1, 'ask', { text: 'hi' })).toMatchObject({ code: 'REFUSED' })
})

test('[nexios 24] members see who comes, who goes, who is away, and how many they are', async () => {
  const { contexts, connect } = keepContexts()
  const { url } = await start({ room: { connect } })
  const ada = enter(url, 'ada')
  await ada.room.ready()
  const seen: string[] = []
  ada.room.channels
    .room()
    .presence.onChange((members) =>
      seen.push(members.map(({ data }) => `${data.name}${data.mood ? ` (${data.mood})` : ''}`).join(', ')),
    )
  const bob = enter(url, 'bob')
  await bob.room.ready()
  await contexts[1]?.channels.room().update({ name: 'bob', mood: 'away' })
  await vi.waitFor(() => expect(seen.at(-1)).toBe('ada, bob (away)'))
  expect(await ada.room.channels.room().count()).toBe(2)
  bob.room.close()
  await vi.waitFor(() => expect(seen.slice(-3)).toEqual(['ada, bob', 'ada, bob (away)', 'ada']))
})

test('[nexios 24] a user with several connections is one person, who is waited for when one breaks', async () => {
  const connect = async (ctx: RoomContext) => {
    ctx.grant({ user: ctx.query.name })
    await ctx.channels.people().join({ presence: { name: ctx.query.name } })
  }
  const { url } = await start({ room: { connect } })
  const ada = enter(url, 'ada')
  const seen: string[] = []
  ada.room.channels
    .people()
    .presence.onChange((people) =>
      seen.push(people.map(({ user, connections }) => `${user} ${connections}`).join()),
    )
  await ada.room.ready()
  const [phone, laptop] = [enter(url, 'bob'), enter(url, 'bob')]
  await Promise.all([phone.room.ready(), laptop.room.ready()])
  await vi.waitFor(() => expect(seen.at(-1)).toBe('ada 1,bob 2'))
  laptop.room.close()
  await vi.waitFor(() => expect(seen.at(-1)).toBe('ada 1,bob 1'))
  phone.cable.cut()
  await phone.room.ready()
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(seen.at(-1)).toBe('ada 1,bob 1')
  phone.cable.pull()
  await vi.waitFor(() => expect(seen.at(-1)).toBe('ada 1'), { timeout: 5000 })
  expect(seen.filter((people) => people === 'ada 1')).toHaveLength(2)
})

test('[nexios 25] history survives a restart, and a client goes on from where it was', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wirepact-rows-'))
  const engine = () => sqliteEngine(join(folder, 'rows.db'))
  try {
    const first = await start({ options: { engine: engine() } })
    const ada = enter(first.url, 'ada')
    await ada.room.ready()
    await first.server.routes.room.channels.room(lobby).publish('said', { text: 'before' })
    await vi.waitFor(() => expect(ada.heard).toEqual(['before']))
    const port = Number(new URL(first.url).port)
    await first.server.close({ retryAfterMs: [0, 50] })
    const second = await start({ options: { engine: engine() } }, port)
    const channel = second.server.routes.room.channels.room(lobby)
    await channel.publish('said', { text: 'after' })
    await vi.waitFor(() => expect(ada.heard).toEqual(['before', 'after']))
    expect((await channel.history()).publications.map(({ data }) => data)).toEqual([
      { text: 'before' },
      { text: 'after' },
    ])
    await stopAll()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

import { createApiClient } from '@wirepact/client'
import { type LabConnection, labRoute } from './api/generated/lab/client.js'
import { failureOf, same, until, upTo } from './expect.js'
import type { Step } from './step.js'

export const channelSteps: readonly Step[] = [
  {
    name: 'a channel has a past, and what comes now',
    async run({ labs, lab, network }) {
      await network.place({ lab, from: 1, to: 5 })
      const shelf = labs().lab({ params: { lab } }).channels.shelf()
      await shelf.subscribe()
      const past = await shelf.history({ limit: 3 })
      same([past.publications.map(({ data }) => data.value), past.more], [upTo(5, 3), true], 'history')
      const come = shelf.messages()
      await network.place({ lab, from: 6, to: 8 })
      const heard: number[] = []
      for await (const { data } of come) if (heard.push(data.value) === 3) break
      same(heard, upTo(8, 6))
    },
  },
  {
    name: 'a channel misses nothing when the network is cut, again and again',
    async run({ labs, lab, network }) {
      const connection = labs().lab({ params: { lab } })
      const shelf = connection.channels.shelf()
      const heard: number[] = []
      const gaps: unknown[] = []
      shelf.on('placed', ({ value }) => heard.push(value))
      shelf.onGap((gap) => gaps.push(gap))
      await shelf.subscribe()
      await network.place({ lab, from: 1, to: 10 })
      for (const from of [11, 26, 41]) {
        await until(() => heard.length, from - 1, 'number of messages')
        await network.cut({ lab, from, to: from + 14 })
      }
      await until(() => heard, upTo(55))
      same(gaps, [], 'gaps')
      same((await network.report({ lab })).connections, 4, 'number of connections')
    },
  },
  {
    name: 'what history no longer has is a gap, and is told',
    async run({ labs, lab, network }) {
      const shelf = labs().lab({ params: { lab } }).channels.shelf()
      const heard: number[] = []
      const reasons: string[] = []
      shelf.on('placed', ({ value }) => heard.push(value))
      shelf.onGap(({ reason }) => reasons.push(reason))
      await shelf.subscribe()
      await network.place({ lab, from: 1, to: 5 })
      await until(() => heard, upTo(5))
      await network.cut({ lab, from: 6, to: 40 })
      await until(() => reasons, ['trimmed'], 'reasons')
      await network.place({ lab, from: 41, to: 42 })
      await until(() => heard.slice(-2), [41, 42])
    },
  },
  {
    name: 'acknowledged events are handled once each and in order, through a cut',
    async run({ labs, lab, network }) {
      const connection = labs().lab({ params: { lab } })
      await connection.ready()
      for (const value of upTo(10)) connection.put({ value })
      await network.cut({ lab, from: 1, to: 0 })
      for (const value of upTo(20, 11)) connection.put({ value })
      await connection.ready()
      for (const value of upTo(30, 21)) connection.put({ value })
      await until(async () => (await network.report({ lab })).put, upTo(30), 'list of handled events')
    },
  },
  {
    name: 'what a server of another schema sends is checked, by checks that are loaded then',
    async run({ lab, addresses, network, options }) {
      const client = createApiClient('0000000000000000', addresses.labs, options)
      const connection = client.connect<LabConnection>(labRoute, { params: { lab } })
      try {
        same(await connection.add({ a: 1, b: 2 }), { sum: 3 })
        const heard: number[] = []
        connection.channels.shelf().on('placed', ({ value }) => heard.push(value))
        await connection.channels.shelf().subscribe()
        await network.place({ lab, from: 1, to: 3 })
        await until(() => heard, upTo(3))
      } finally {
        client.close()
      }
    },
  },
  {
    name: 'the chat: lines, who is there, a name that is taken, and the line that was said during a cut',
    async run({ chats, lab, network }) {
      const roomId = `${lab}-${Math.random().toString(36).slice(2)}`
      const [ada, bob] = ['ada', 'bob'].map((name) => chats().chat({ params: { roomId }, query: { name } }))
      if (!ada || !bob) throw new Error('Nobody is there.')
      const room = bob.channels.room()
      const heard: string[] = []
      let isAway = false
      room.on('said', ({ text }) => heard.push(text))
      bob.onStatus(({ state }) => {
        isAway ||= state === 'waiting'
      })
      await Promise.all([ada.ready(), bob.ready()])
      const people = () => room.presence.members.map(({ data }) => data.name).sort()
      await until(people, ['ada', 'bob'], 'list of people')
      same((await ada.say({ text: 'hi' })).from, 'ada', 'author')
      same(await failureOf(bob.rename({ name: 'ADA' })), {
        code: 'NAME_TAKEN',
        data: { suggestion: 'ADA 2' },
      })
      same(await bob.rename({ name: 'grace' }), { name: 'grace' })
      await until(people, ['ada', 'grace'], 'list of people')
      await network.cut({ lab, from: 1, to: 0 })
      await until(() => isAway, true, 'cut')
      await ada.ready()
      await ada.say({ text: 'are you there?' })
      await until(() => heard, ['hi', 'are you there?'], 'lines')
      same((await room.history()).publications.length, 2, 'number of lines')
    },
  },
]

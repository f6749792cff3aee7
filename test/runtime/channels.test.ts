import { memoryEngine } from '@wirepact/runtime'
import { afterEach, describe, expect, test } from 'vitest'
import { RawClient } from '../support/raw-client.js'
import { deferred, labHandlers, startLab, stopLabs } from './lab.js'

afterEach(stopLabs)

type Joined = {
  position?: [string, number]
  top?: number
  recovered?: boolean
  reason?: string
  presence?: unknown[]
}

const joinedOf = (frame: readonly unknown[]) => frame[3] as Joined

describe('a member', () => {
  test('is confirmed before anything of the channel, with position and presence', async () => {
    const lab = await startLab()
    const client = await RawClient.open(lab.url())
    const joined = await client.next('joined')
    const [, welcome] = client.all('welcome')[0] as [string, { connection: string }]
    expect(joined).toEqual([
      'joined',
      null,
      'room/lobby',
      { position: [expect.any(String), 0], top: 0, presence: [[welcome.connection, { name: 'ada' }]] },
    ])
  })

  test('gets every publication of its channel in order, and none of another', async () => {
    const lab = await startLab()
    const ada = await RawClient.open(lab.url())
    const bob = await RawClient.open(lab.url('lobby', 'name=bob'))
    const cid = await RawClient.open(lab.url('attic', 'name=cid'))
    for (let index = 1; index <= 50; index++) ada.send(['event', 'say', { text: `${index}` }])
    await ada.ask(1, 'add', { a: 0, b: 0 })
    await bob.ask(1, 'add', { a: 0, b: 0 })
    const expected = Array.from({ length: 50 }, (_, index) => [
      'publication',
      'room/lobby',
      'said',
      { text: `${index + 1}` },
      index + 1,
    ])
    expect(ada.all('publication')).toEqual(expected)
    expect(bob.all('publication')).toEqual(expected)
    await cid.ask(1, 'add', { a: 0, b: 0 })
    expect(cid.all('publication')).toEqual([])
  })

  test('that a publication is not for learns that its offset is taken', async () => {
    const lab = await startLab()
    const ada = await RawClient.open(lab.url())
    const bob = await RawClient.open(lab.url('lobby', 'name=bob'))
    ada.send(['event', 'whisper', { text: 'psst' }])
    expect(await ada.next('skip')).toEqual(['skip', 'room/lobby', 1])
    expect(await bob.next('publication')).toMatchObject(
      [{}, {}, 'said', { text: 'psst' }, 1].map((x) => x ?? x),
    )
    expect(ada.all('publication')).toEqual([])
  })

  test('that was excepted is still excepted when it recovers on another connection', async () => {
    const lab = await startLab()
    const ada = await RawClient.open(lab.url())
    const [, { session }] = (await ada.next('welcome').catch(() => ada.all('welcome')[0])) as [
      string,
      { session: string },
    ]
    const { position } = joinedOf(await ada.next('joined'))
    ada.send(['event', 'whisper', { text: 'psst' }])
    ada.send(['event', 'say', { text: 'loud' }])
    await ada.next('publication')
    ada.terminate()
    const again = await RawClient.open(lab.url(), {
      hello: { session, positions: { 'room/lobby': position } },
    })
    expect(joinedOf(await again.next('joined')).recovered).toBe(true)
    expect(await again.next('skip')).toEqual(['skip', 'room/lobby', 1])
    expect(await again.next('publication')).toMatchObject({ 3: { text: 'loud' }, 4: 2 })
  })

  test('joins once however often it joins, and is told whether anything changed', async () => {
    const results: boolean[] = []
    const lab = await startLab({
      async connect(ctx) {
        const room = ctx.channels.room()
        results.push(
          await room.join({ presence: { name: 'a' } }),
          await room.join({ presence: { name: 'a' } }),
        )
        results.push(await room.leave(), await room.leave())
        results.push(await room.update({ name: 'b' }))
      },
    })
    const client = await RawClient.open(lab.url())
    await client.next('left')
    expect(results).toEqual([true, false, true, false, false])
    expect(client.all('joined')).toHaveLength(1)
  })

  test('leaves by itself when its connection ends, and the others are told', async () => {
    const lab = await startLab()
    const ada = await RawClient.open(lab.url())
    const bob = await RawClient.open(lab.url('lobby', 'name=bob'))
    const [, , [change]] = (await ada.next('presence')) as unknown as [
      string,
      string,
      [string, string, unknown][],
    ]
    expect(change?.[0]).toBe('join')
    bob.terminate()
    expect(await ada.next('presence')).toEqual(['presence', 'room/lobby', [['leave', change?.[1]]]])
    expect(await lab.server.routes.lab.channels.room({ roomId: 'lobby' }).members()).toHaveLength(1)
  })

  test('whose metadata changes is seen by all with the new one', async () => {
    const lab = await startLab({
      say: async (ctx, { text }) => void (await ctx.channels.room().update({ name: text })),
    })
    const ada = await RawClient.open(lab.url())
    const bob = await RawClient.open(lab.url('lobby', 'name=bob'))
    bob.send(['event', 'say', { text: 'Robert' }])
    await ada.next('presence')
    expect(await ada.next('presence')).toMatchObject({
      2: [['update', expect.any(String), { name: 'Robert' }]],
    })
    expect(await bob.next('presence')).toMatchObject({
      2: [['update', expect.any(String), { name: 'Robert' }]],
    })
  })

  test('may be in no more channels than the limit says', async () => {
    const lab = await startLab({}, { limits: { maxChannels: 2 } })
    const client = await RawClient.open(lab.url())
    client.send(['subscribe', 1, 'feed/a', {}])
    await client.next('joined', 1)
    client.send(['subscribe', 2, 'feed/b', {}])
    expect(await client.next('error', 2)).toMatchObject({ 2: { code: 'TOO_MANY_CHANNELS' } })
    client.send(['unsubscribe', 3, 'feed/a'])
    await client.next('left', 3)
    client.send(['subscribe', 4, 'feed/b', {}])
    expect(await client.next('joined', 4)).toBeDefined()
  })
})

describe('a session that comes back while its old connection is still there', () => {
  test('ends the old one and takes its place in the presence', async () => {
    const lab = await startLab()
    const old = await RawClient.open(lab.url())
    const [, { session }] = old.all('welcome')[0] as [string, { session: string }]
    const watcher = await RawClient.open(lab.url('lobby', 'name=bob'))
    const again = await RawClient.open(lab.url(), { hello: { session } })
    await again.next('joined')
    await old.ended
    const members = await lab.server.routes.lab.channels.room({ roomId: 'lobby' }).members()
    expect(members.map(({ data }) => data.name).sort()).toEqual(['ada', 'bob'])
    await watcher.ask(1, 'add', { a: 0, b: 0 })
    expect(
      watcher
        .all('presence')
        .flatMap((frame) => frame[2] as unknown[][])
        .map(([change]) => change)
        .sort(),
    ).toEqual(['join', 'leave'])
  })
})

describe('publishing', () => {
  test('from outside of a connection reaches the members', async () => {
    const lab = await startLab()
    const client = await RawClient.open(lab.url())
    const room = lab.server.routes.lab.channels.room({ roomId: 'lobby' })
    const { position } = await room.publish('said', { text: 'from afar' })
    expect(await client.next('publication')).toMatchObject({ 3: { text: 'from afar' }, 4: position?.[1] })
  })

  test('of what is not kept has no offset, and is not in history', async () => {
    const lab = await startLab()
    const client = await RawClient.open(lab.url())
    const room = lab.server.routes.lab.channels.room({ roomId: 'lobby' })
    expect(await room.publish('typing', { name: 'bob' })).toEqual({ position: undefined })
    expect(await client.next('publication')).toEqual([
      'publication',
      'room/lobby',
      'typing',
      { name: 'bob' },
      null,
    ])
    expect((await room.history()).publications).toEqual([])
  })

  test.each([
    ['does not fit the schema', { text: '' }, 'INVALID_OUTPUT'],
    ['has no JSON form', { text: 'a', big: 1n }, 'NOT_SERIALIZABLE'],
    ['refers to itself', circular(), 'NOT_SERIALIZABLE'],
  ])(
    'what %s rejects, harms nobody, and does not end the process when nobody waits',
    async (_what, data, code) => {
      const lab = await startLab({
        say: (ctx) => void ctx.channels.room().publish('said', data as { text: string }),
      })
      const client = await RawClient.open(lab.url())
      client.send(['event', 'say', { text: 'go' }])
      expect(await client.ask(1, 'add', { a: 1, b: 1 })).toEqual({ sum: 2 })
      const room = lab.server.routes.lab.channels.room({ roomId: 'lobby' })
      await expect(room.publish('said', data as { text: string })).rejects.toMatchObject({ code })
      await room.publish('said', { text: 'fine' })
      expect(await client.next('publication')).toMatchObject({ 3: { text: 'fine' }, 4: 1 })
    },
  )

  test('reaches the others when one member takes nothing', async () => {
    const lab = await startLab({}, { limits: { maxBufferedBytes: 100_000 } })
    const stalled = await RawClient.open(lab.url('lobby', 'name=stalled'))
    const healthy = await RawClient.open(lab.url('lobby', 'name=healthy'))
    stalled.socket.pause()
    const room = lab.server.routes.lab.channels.room({ roomId: 'lobby' })
    for (let index = 0; index < 400; index++) {
      await room.publish('said', { text: 'x'.repeat(100) })
      for (let fill = 0; fill < 20; fill++) await room.publish('typing', { name: 'y'.repeat(1000) })
      await new Promise((resolve) => setImmediate(resolve))
    }
    await healthy.ask(1, 'add', { a: 0, b: 0 })
    const offsets = healthy.all('publication').flatMap((frame) => (frame[4] === null ? [] : [frame[4]]))
    expect(offsets).toEqual(Array.from({ length: 400 }, (_, index) => index + 1))
    expect(lab.server.connections).toBe(1)
    stalled.terminate()
  })
})

describe('a channel that clients subscribe to', () => {
  test('takes anybody when it is open, until they unsubscribe', async () => {
    const lab = await startLab()
    const client = await RawClient.open(lab.url())
    const feed = lab.server.routes.lab.channels.feed({ topic: 'news/today' })
    client.send(['subscribe', 1, 'feed/news%2Ftoday', {}])
    expect(await client.next('joined', 1)).toEqual(['joined', 1, 'feed/news%2Ftoday', {}])
    await feed.publish('item', { text: 'one' })
    expect(await client.next('publication')).toMatchObject({ 1: 'feed/news%2Ftoday', 3: { text: 'one' } })
    client.send(['unsubscribe', 2, 'feed/news%2Ftoday'])
    await client.next('left', 2)
    await feed.publish('item', { text: 'two' })
    await client.ask(3, 'add', { a: 0, b: 0 })
    expect(client.all('publication')).toHaveLength(1)
  })

  test('asks the guard when it is guarded, with its parameters and metadata', async () => {
    const asked: unknown[] = []
    const lab = await startLab({
      authorize: {
        vault(_ctx, request) {
          asked.push(request)
          return request.params.key === 'open'
        },
      },
    })
    const client = await RawClient.open(lab.url())
    client.send(['subscribe', 1, 'vault/open', { presence: { name: 'a' } }])
    expect(await client.next('joined', 1)).toBeDefined()
    client.send(['subscribe', 2, 'vault/shut', { presence: { name: 'a' } }])
    expect(await client.next('error', 2)).toMatchObject({ 2: { code: 'FORBIDDEN' } })
    expect(asked).toEqual([
      { params: { key: 'open' }, presence: { name: 'a' } },
      { params: { key: 'shut' }, presence: { name: 'a' } },
    ])
  })

  test.each([
    ['answers something that is not true', () => 'yes' as unknown as boolean],
    [
      'throws',
      () => {
        throw new Error('no')
      },
    ],
  ])('lets nobody in when its guard %s', async (_what, vault) => {
    const lab = await startLab({ authorize: { vault } })
    const client = await RawClient.open(lab.url())
    client.send(['subscribe', 1, 'vault/x', { presence: { name: 'a' } }])
    const [, , error] = await client.next('error', 1)
    expect(['FORBIDDEN', 'INTERNAL']).toContain((error as { code: string }).code)
    expect(await lab.server.routes.lab.channels.vault({ key: 'x' }).members()).toEqual([])
  })

  test('lets nobody in when there is no guard', async () => {
    const { authorize: _authorize, ...rest } = labHandlers()
    const lab = await startLab({ ...rest, authorize: {} as ReturnType<typeof labHandlers>['authorize'] })
    const client = await RawClient.open(lab.url())
    client.send(['subscribe', 1, 'vault/x', { presence: { name: 'a' } }])
    expect(await client.next('error', 1)).toMatchObject({ 2: { code: 'FORBIDDEN' } })
  })

  test.each([
    ['a channel that only handlers join', 'room/attic', {}, 'FORBIDDEN'],
    ['a channel that the route has not', 'cellar/x', {}, 'UNKNOWN_CHANNEL'],
    ['a name that is broken', 'feed/%E0', {}, 'UNKNOWN_CHANNEL'],
    ['a channel with presence, without metadata', 'vault/x', {}, 'INVALID_PAYLOAD'],
    ['metadata that does not fit', 'vault/x', { presence: { name: 1 } }, 'INVALID_PAYLOAD'],
  ])('refuses %s', async (_what, name, options, code) => {
    const lab = await startLab({ authorize: { vault: () => true } })
    const client = await RawClient.open(lab.url())
    client.send(['subscribe', 1, name, options])
    expect(await client.next('error', 1)).toMatchObject({ 2: { code } })
  })

  test('does not let a client end a membership that a handler made', async () => {
    const lab = await startLab()
    const client = await RawClient.open(lab.url())
    client.send(['unsubscribe', 1, 'room/lobby'])
    expect(await client.next('error', 1)).toMatchObject({ 2: { code: 'FORBIDDEN' } })
  })
})

describe('recovery', () => {
  const room = 'room/lobby'

  async function startWithHistory(count: number) {
    const lab = await startLab()
    const channel = lab.server.routes.lab.channels.room({ roomId: 'lobby' })
    const first = await RawClient.open(lab.url())
    const { position } = joinedOf(await first.next('joined'))
    for (let index = 1; index <= count; index++) await channel.publish('said', { text: `${index}` })
    const epoch = position?.[0] as string
    const rejoin = async (from: unknown) => {
      const client = await RawClient.open(lab.url('lobby', 'name=again'), {
        hello: { positions: { [room]: from } },
      })
      const joined = joinedOf(await client.next('joined'))
      await client.ask(1, 'add', { a: 0, b: 0 })
      return { joined, offsets: client.all('publication').map((frame) => frame[4]), frames: client.frames }
    }
    return { lab, channel, epoch, rejoin, first }
  }

  test('brings exactly what was missed', async () => {
    const { epoch, rejoin } = await startWithHistory(5)
    const { joined, offsets } = await rejoin([epoch, 2])
    expect(joined).toMatchObject({ position: [epoch, 2], top: 5, recovered: true })
    expect(offsets).toEqual([3, 4, 5])
  })

  test('brings nothing when nothing was missed, also in a channel without a publication', async () => {
    const idle = await startWithHistory(0)
    expect(await idle.rejoin([idle.epoch, 0])).toMatchObject({ joined: { recovered: true }, offsets: [] })
    const { epoch, rejoin } = await startWithHistory(3)
    expect(await rejoin([epoch, 3])).toMatchObject({ joined: { recovered: true }, offsets: [] })
  })

  test.each([
    ['trimmed', 9, (epoch: string) => [epoch, 3]],
    ['epoch-changed', 3, () => ['another', 1]],
    ['ahead', 3, (epoch: string) => [epoch, 4]],
  ])('says why it cannot: %s', async (reason, count, from) => {
    const { epoch, rejoin } = await startWithHistory(count)
    const { joined, offsets } = await rejoin(from(epoch))
    expect(joined).toMatchObject({ position: [epoch, count], recovered: false, reason })
    expect(offsets).toEqual([])
  })

  test('reaches back to the last publication that is kept, and no further', async () => {
    const { epoch, rejoin } = await startWithHistory(9)
    expect((await rejoin([epoch, 4])).offsets).toEqual([5, 6, 7, 8, 9])
  })

  test('says when more was missed than is recovered at once', async () => {
    const lab = await startLab({}, { limits: { maxRecovered: 2 } })
    const first = await RawClient.open(lab.url())
    const { position } = joinedOf(await first.next('joined'))
    for (const text of ['1', '2', '3'])
      await lab.server.routes.lab.channels.room({ roomId: 'lobby' }).publish('said', { text })
    const client = await RawClient.open(lab.url(), { hello: { positions: { [room]: position } } })
    expect(joinedOf(await client.next('joined'))).toMatchObject({ recovered: false, reason: 'too-many' })
  })

  test('of a channel without history is a gap', async () => {
    const lab = await startLab()
    const client = await RawClient.open(lab.url())
    client.send(['subscribe', 1, 'feed/a', { position: ['e', 1] }])
    expect(await client.next('joined', 1)).toEqual([
      'joined',
      1,
      'feed/a',
      { recovered: false, reason: 'no-history' },
    ])
  })

  test.each([['nonsense'], [['e']], [['e', -1]], [['e', 1.5]], [[1, 1]], [null]])(
    'treats a position that is none as none: %j',
    async (position) => {
      const { rejoin } = await startWithHistory(2)
      const { joined } = await rejoin(position)
      expect(joined.recovered).toBeUndefined()
    },
  )

  test('catches a member up that asks again, without a hole and without a duplicate', async () => {
    const { channel, epoch, first } = await startWithHistory(2)
    first.send(['subscribe', 9, room, { position: [epoch, 1] }])
    await channel.publish('said', { text: '3' })
    await first.next('joined', 9)
    await first.ask(1, 'add', { a: 0, b: 0 })
    const after = first.frames.slice(
      first.frames.findIndex((frame) => frame[0] === 'joined' && frame[1] === 9),
    )
    expect(after.filter((frame) => frame[0] === 'publication').map((frame) => frame[4])).toEqual([2, 3])
  })

  test('sends a fresh member as much as the schema replays, as history', async () => {
    const lab = await startLab()
    const log = lab.server.routes.lab.channels.log({ topic: 'x' })
    for (const text of ['1', '2', '3']) await log.publish('line', { text })
    const client = await RawClient.open(lab.url())
    client.send(['subscribe', 1, 'log/x', {}])
    expect(joinedOf(await client.next('joined', 1))).toMatchObject({
      position: [expect.any(String), 1],
      top: 3,
    })
    await client.ask(2, 'add', { a: 0, b: 0 })
    expect(client.all('publication').map((frame) => frame[4])).toEqual([2, 3])
  })

  test('loses and repeats nothing that is published while history is being read', async () => {
    const engine = memoryEngine()
    const gate = deferred()
    let reads = 0
    const slow = new Proxy(engine, {
      get(target, key) {
        if (key !== 'read') return Reflect.get(target, key).bind(target)
        return async (...args: Parameters<typeof target.read>) => {
          const page = target.read(...args)
          if (++reads === 1) await gate.promise
          return page
        }
      },
    })
    const lab = await startLab({ connect: () => undefined }, { engine: slow })
    const log = lab.server.routes.lab.channels.log({ topic: 'x' })
    const before = await log.publish('line', { text: '1' })
    const client = await RawClient.open(lab.url())
    client.send(['subscribe', 1, 'log/x', { position: [before.position?.[0], 0] }])
    await client.ask(2, 'add', { a: 0, b: 0 })
    await log.publish('line', { text: '2' })
    await log.publish('line', { text: '3' })
    gate.resolve()
    await client.next('joined', 1)
    await log.publish('line', { text: '4' })
    await client.ask(3, 'add', { a: 0, b: 0 })
    expect(client.all('publication').map((frame) => frame[4])).toEqual([1, 2, 3, 4])
    const types = client.frames.map((frame) => frame[0])
    expect(types.indexOf('joined')).toBeLessThan(types.indexOf('publication'))
  })
})

describe('history', () => {
  async function startMember() {
    const lab = await startLab()
    const client = await RawClient.open(lab.url())
    for (const text of ['1', '2', '3', '4', '5', '6', '7']) {
      await lab.server.routes.lab.channels.room({ roomId: 'lobby' }).publish('said', { text })
    }
    const ask = async (id: number, query: object, channel = 'room/lobby') => {
      client.send(['history', id, channel, query])
      const frame = await Promise.race([client.next('reply', id), client.next('error', id)])
      return frame[2] as { publications: [number, string, unknown, number][]; more: boolean; code?: string }
    }
    const offsets = async (id: number, query: object) => {
      const page = await ask(id, query)
      return { offsets: page.publications.map(([offset]) => offset), more: page.more }
    }
    return { ask, offsets }
  }

  test('is read in pages, in both directions', async () => {
    const { offsets } = await startMember()
    expect(await offsets(1, { limit: 2 })).toEqual({ offsets: [6, 7], more: true })
    expect(await offsets(2, { limit: 2, before: 6 })).toEqual({ offsets: [4, 5], more: true })
    expect(await offsets(3, { limit: 2, before: 4 })).toEqual({ offsets: [3], more: false })
    expect(await offsets(4, { limit: 2, after: 3 })).toEqual({ offsets: [4, 5], more: true })
    expect(await offsets(5, { limit: 9, after: 5 })).toEqual({ offsets: [6, 7], more: false })
    expect(await offsets(6, { limit: 9, after: 7 })).toEqual({ offsets: [], more: false })
  })

  test('tells the name, the data and the time of each publication', async () => {
    const { ask } = await startMember()
    const page = await ask(1, { limit: 1 })
    expect(page.publications).toEqual([[7, 'said', { text: '7' }, expect.any(Number)]])
  })

  test('is for members only, and for channels that keep one', async () => {
    const { ask } = await startMember()
    expect(await ask(1, { limit: 1 }, 'log/x')).toMatchObject({ code: 'NOT_A_MEMBER' })
    expect(await ask(2, { limit: 1 }, 'attic/x')).toMatchObject({ code: 'UNKNOWN_CHANNEL' })
  })

  test.each([
    [{}],
    [{ limit: 0 }],
    [{ limit: 1001 }],
    [{ limit: 1.5 }],
    [{ limit: 1, before: -1 }],
    [{ limit: 1, before: 3, after: 1 }],
  ])('refuses a query that is none: %j', async (query) => {
    const { ask } = await startMember()
    expect(await ask(1, query)).toMatchObject({ code: 'INVALID_FRAME' })
  })
})

function circular(): object {
  const data: { text: string; self?: object } = { text: 'a' }
  data.self = data
  return data
}

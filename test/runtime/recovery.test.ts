import { type EngineListener, memoryEngine } from '@wirepact/runtime'
import { afterEach, describe, expect, test } from 'vitest'
import { RawClient } from '../support/raw-client.js'
import { deferred, startLab, stopLabs } from './lab.js'

afterEach(stopLabs)

type Joined = {
  position?: [string, number]
  top?: number
  recovered?: boolean
  reason?: string
  presence?: unknown[]
}

const joinedOf = (frame: readonly unknown[]) => frame[3] as Joined

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

  test('of a history that was cleared meanwhile begins anew, and says so', async () => {
    const { channel, epoch, first } = await startWithHistory(3)
    await channel.clear()
    const { position, recovered, reason } = joinedOf(await first.next('joined'))
    expect({ position, recovered, reason }).toEqual({
      position: [expect.not.stringMatching(epoch), 0],
      recovered: false,
      reason: 'epoch-changed',
    })
    await channel.publish('said', { text: 'new' })
    await first.ask(1, 'add', { a: 0, b: 0 })
    expect(first.all('publication').at(-1)).toMatchObject({ 3: { text: 'new' }, 4: 1 })
  })

  test('is what every connection comes back for when the engine was interrupted', async () => {
    const engine = memoryEngine()
    const opened = deferred<EngineListener>()
    const open = engine.open.bind(engine)
    engine.open = (node, listener) => {
      opened.resolve(listener)
      return open(node, listener)
    }
    const lab = await startLab({}, { engine })
    const client = await RawClient.open(lab.url())
    ;(await opened.promise).interrupted?.()
    expect(await client.ended).toMatchObject({ code: 1012 })
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

  test.each([
    ['before', 'reads'],
    ['after', 'waits'],
  ])('loses and repeats nothing that is published %s the history is read', async (_when, first) => {
    const engine = memoryEngine()
    const gate = deferred()
    let reads = 0
    const slow = new Proxy(engine, {
      get(target, key) {
        if (key !== 'read') return Reflect.get(target, key).bind(target)
        return async (...args: Parameters<typeof target.read>) => {
          const isFirst = ++reads === 1
          if (isFirst && first === 'waits') await gate.promise
          const page = target.read(...args)
          if (isFirst && first === 'reads') await gate.promise
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

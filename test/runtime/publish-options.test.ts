import { memoryEngine } from '@wirepact/runtime'
import { afterEach, describe, expect, test } from 'vitest'
import { RawClient } from '../support/raw-client.js'
import { type Lab, startLab, stopLabs } from './lab.js'

afterEach(stopLabs)

const room = (lab: Lab) => lab.server.routes.lab.channels.room({ roomId: 'lobby' })
const idOf = (client: RawClient) =>
  (client.all('welcome')[0] as [string, { connection: string }])[1].connection

describe('a publication to some', () => {
  test('goes to those alone, and the others learn that its offset is taken', async () => {
    const lab = await startLab()
    const [ada, bob] = [await RawClient.open(lab.url()), await RawClient.open(lab.url('lobby', 'name=bob'))]
    await room(lab).publish('said', { text: 'psst' }, { to: [idOf(bob)] })
    await room(lab).publish('said', { text: 'nobody' }, { to: [] })
    await room(lab).publish('said', { text: 'neither' }, { to: [idOf(bob)], except: [idOf(bob)] })
    await room(lab).publish('typing', { name: 'bob' }, { to: [idOf(bob)] })
    await room(lab).publish('said', { text: 'loud' })
    expect(await ada.next('publication')).toMatchObject({ 3: { text: 'loud' }, 4: 4 })
    expect(ada.all('skip').map((frame) => frame[2])).toEqual([1, 2, 3])
    await bob.ask(1, 'add', { a: 0, b: 0 })
    expect(bob.all('publication').map((frame) => [frame[2], frame[4]])).toEqual([
      ['said', 1],
      ['typing', null],
      ['said', 4],
    ])
    expect(bob.all('skip').map((frame) => frame[2])).toEqual([2, 3])
  })

  test('is recovered by those whom it was for, and by nobody else, on a new connection', async () => {
    const lab = await startLab()
    const clients = [await RawClient.open(lab.url()), await RawClient.open(lab.url('lobby', 'name=bob'))]
    const joined = await Promise.all(clients.map((client) => client.next('joined')))
    await room(lab).publish('said', { text: 'psst' }, { to: [idOf(clients[1] as RawClient)] })
    await room(lab).publish('said', { text: 'loud' })
    const seen = await Promise.all(
      clients.map(async (client, index) => {
        const [, { session }] = client.all('welcome')[0] as [string, { session: string }]
        const { position } = (joined[index] as readonly unknown[])[3] as { position: unknown }
        client.terminate()
        const again = await RawClient.open(lab.url(), {
          hello: { session, positions: { 'room/lobby': position } },
        })
        await again.ask(1, 'add', { a: 0, b: 0 })
        return [
          ...again.all('skip').map((f) => `skip ${f[2]}`),
          ...again.all('publication').map((f) => `${f[4]}`),
        ]
      }),
    )
    expect(seen).toEqual([
      ['skip 1', '2'],
      ['1', '2'],
    ])
  })

  test('is read from history by those whom it was for, and passed over for the others, in both directions', async () => {
    const lab = await startLab()
    const [ada, bob] = [await RawClient.open(lab.url()), await RawClient.open(lab.url('lobby', 'name=bob'))]
    const isSecret = [true, false, true, true, false]
    for (const [index, secret] of isSecret.entries())
      await room(lab).publish('said', { text: `${index + 1}` }, secret ? { to: [idOf(bob)] } : {})
    await room(lab).publish('said', { text: '6' }, { except: [idOf(ada)] })
    // Of six, the channel keeps five.
    const read = async (client: RawClient, query: object) => {
      client.send(['history', 5, 'room/lobby', query])
      const [, , page] = await client.next('reply', 5)
      const { publications, more, offset } = page as {
        publications: unknown[][]
        more: boolean
        offset: number
      }
      return [publications.map(([at]) => at), more, offset]
    }
    expect(await read(ada, { limit: 10 })).toEqual([[2, 5], false, 6])
    expect(await read(ada, { limit: 1 })).toEqual([[5], true, 6])
    expect(await read(ada, { limit: 1, before: 5 })).toEqual([[2], false, 6])
    expect(await read(ada, { limit: 1, after: 0 })).toEqual([[2], true, 6])
    expect(await read(ada, { limit: 1, after: 2 })).toEqual([[5], false, 6])
    expect(await read(ada, { limit: 1, after: 5 })).toEqual([[], false, 6])
    expect(await read(bob, { limit: 10 })).toEqual([[2, 3, 4, 5, 6], false, 6])
    expect((await room(lab).history()).publications).toHaveLength(5)
  })

  test('to a long list goes to everybody on it', async () => {
    const lab = await startLab()
    const clients = await Promise.all([1, 2, 3].map(() => RawClient.open(lab.url())))
    const to = [...Array.from({ length: 40 }, (_, index) => `x${index}`), ...clients.slice(1).map(idOf)]
    const { delivered } = await room(lab).publish('said', { text: 'a' }, { to, count: true })
    expect(delivered).toBe(2)
    expect(await clients[0]?.next('skip')).toEqual(['skip', 'room/lobby', 1])
    for (const client of clients.slice(1)) expect(await client.next('publication')).toMatchObject({ 4: 1 })
  })
})

describe('publishing', () => {
  test('says how many members here it is for, where that is asked', async () => {
    const lab = await startLab()
    expect(await room(lab).publish('said', { text: 'a' }, { count: true })).toMatchObject({ delivered: 0 })
    const ada = await RawClient.open(lab.url())
    await RawClient.open(lab.url('lobby', 'name=bob'))
    expect(await room(lab).publish('said', { text: 'a' }, { count: true })).toMatchObject({ delivered: 2 })
    const some = await room(lab).publish('typing', { name: 'a' }, { count: true, except: [idOf(ada)] })
    expect(some).toEqual({ position: undefined, delivered: 1 })
    expect(await room(lab).publish('said', { text: 'a' })).not.toHaveProperty('delivered')
  })

  test('happens once for each key, and answers with the first position', async () => {
    const lab = await startLab()
    const ada = await RawClient.open(lab.url())
    const first = await room(lab).publish('said', { text: 'a' }, { key: 'k' })
    const second = await room(lab).publish('said', { text: 'b' }, { key: 'k', count: true })
    expect(second).toEqual({ ...first, repeated: true, delivered: 0 })
    await room(lab).publish('typing', { name: 'a' }, { key: 'l' })
    expect(await room(lab).publish('typing', { name: 'a' }, { key: 'l' })).toEqual({
      position: undefined,
      repeated: true,
    })
    await ada.ask(1, 'add', { a: 0, b: 0 })
    expect(ada.all('publication')).toHaveLength(2)
  })

  test('refuses a key that is longer than the limit', async () => {
    const lab = await startLab({}, { limits: { maxPublishKeyLength: 3 } })
    await expect(room(lab).publish('said', { text: 'a' }, { key: 'four' })).rejects.toMatchObject({
      code: 'TOO_BIG',
    })
    expect(await room(lab).publish('said', { text: 'a' }, { key: 'one' })).toMatchObject({
      position: { 1: 1 },
    })
  })

  test('forgets keys beyond the count and the time that the limits say', async () => {
    let now = 1_000_000
    const engine = memoryEngine({ clock: { now: () => now } })
    const lab = await startLab({}, { engine, limits: { maxPublishKeys: 2, publishKeyTtlMs: 100 } })
    const offsetOf = async (key: string) =>
      (await room(lab).publish('said', { text: 'a' }, { key })).position?.[1]
    expect([await offsetOf('a'), await offsetOf('b'), await offsetOf('c'), await offsetOf('a')]).toEqual([
      1, 2, 3, 4,
    ])
    expect(await offsetOf('c')).toBe(3)
    now += 100
    expect(await offsetOf('c')).toBe(5)
  })
})

describe('members', () => {
  test('are read page by page and counted, on both sides', async () => {
    const lab = await startLab()
    const names = ['ada', 'bob', 'cid']
    const clients: RawClient[] = []
    for (const name of names) clients.push(await RawClient.open(lab.url('lobby', `name=${name}`)))
    const first = await room(lab).members({ limit: 2 })
    expect(first.members.map(({ data }) => data.name)).toEqual(['ada', 'bob'])
    expect(first.count).toBe(3)
    const second = await room(lab).members({ limit: 2, after: first.next ?? '' })
    expect(second.members.map(({ data }) => data.name)).toEqual(['cid'])
    expect(second).not.toHaveProperty('next')
    expect(await room(lab).count()).toBe(3)
    const [ada] = clients as [RawClient]
    ada.send(['members', 7, 'room/lobby', { limit: 2 }])
    const [, , page] = await ada.next('reply', 7)
    expect(page).toEqual({
      members: clients.slice(0, 2).map((client, index) => [idOf(client), { name: names[index] }]),
      count: 3,
      next: first.next,
    })
    ada.send(['members', 8, 'room/lobby', { limit: 0 }])
    expect((await ada.next('reply', 8))[2]).toMatchObject({ members: [], count: 3 })
  })

  test.each([
    ['room/attic', { limit: 1 }, 'NOT_A_MEMBER'],
    ['log/a', { limit: 1 }, 'NO_PRESENCE'],
    ['nothing', { limit: 1 }, 'UNKNOWN_CHANNEL'],
    ['room/lobby', { limit: -1 }, 'INVALID_FRAME'],
    ['room/lobby', { limit: 1001 }, 'INVALID_FRAME'],
    ['room/lobby', { limit: 1, after: 1 }, 'INVALID_FRAME'],
    ['room/lobby', {}, 'INVALID_FRAME'],
  ])('of %s, asked for with %j, are refused with %s', async (channel, query, code) => {
    const lab = await startLab()
    const client = await RawClient.open(lab.url())
    client.send(['members', 7, channel, query])
    expect((await client.next('error', 7))[2]).toMatchObject({ code })
  })

  test('a page that goes on from what is no page begins at the beginning', async () => {
    const lab = await startLab()
    const client = await RawClient.open(lab.url())
    client.send(['members', 7, 'room/lobby', { limit: 1, after: "1'; --" }])
    expect((await client.next('reply', 7))[2]).toMatchObject({ members: [[idOf(client), { name: 'ada' }]] })
  })
})

describe('history', () => {
  test('is forgotten in every channel at once, and members begin anew', async () => {
    const lab = await startLab()
    const ada = await RawClient.open(lab.url())
    const log = lab.server.routes.lab.channels.log({ topic: 'a' })
    await room(lab).publish('said', { text: 'a' })
    await log.publish('line', { text: 'b' })
    await lab.server.clearHistory()
    expect(await ada.next('joined')).toBeDefined()
    expect((await room(lab).history()).publications).toEqual([])
    expect((await log.history()).publications).toEqual([])
    await room(lab).publish('said', { text: 'c' })
    await ada.ask(1, 'add', { a: 0, b: 0 })
    expect(ada.all('joined').at(-1)?.[3]).toMatchObject({ recovered: false, reason: 'epoch-changed' })
    expect(ada.all('publication').at(-1)).toMatchObject({ 3: { text: 'c' }, 4: 1 })
  })

  test('is read by page in both directions from any offset, and says whether there is more', async () => {
    const lab = await startLab()
    const log = lab.server.routes.lab.channels.log({ topic: 'a' })
    for (const text of ['a', 'b', 'c', 'd', 'e']) await log.publish('line', { text })
    const read = async (options: { limit: number; before?: number; after?: number }) => {
      const page = await log.history(options)
      return [page.publications.map(({ data }) => data.text).join(''), page.more]
    }
    expect(await read({ limit: 2 })).toEqual(['de', true])
    expect(await read({ limit: 2, before: 4 })).toEqual(['bc', true])
    expect(await read({ limit: 2, before: 2 })).toEqual(['a', false])
    expect(await read({ limit: 2, before: 1 })).toEqual(['', false])
    expect(await read({ limit: 2, after: 0 })).toEqual(['ab', true])
    expect(await read({ limit: 2, after: 3 })).toEqual(['de', false])
    expect(await read({ limit: 2, after: 99 })).toEqual(['', false])
  })
})

describe('the channels of a server', () => {
  test('are bounded: who would be the first in one more is refused, others are not', async () => {
    const lab = await startLab({ connect: () => undefined }, { limits: { maxServerChannels: 2 } })
    const [ada, bob] = [await RawClient.open(lab.url()), await RawClient.open(lab.url())]
    ada.send(['subscribe', 1, 'log/a', {}])
    ada.send(['subscribe', 2, 'log/b', {}])
    ada.send(['subscribe', 3, 'log/c', {}])
    expect((await ada.next('error', 3))[2]).toMatchObject({ code: 'TOO_MANY_CHANNELS' })
    bob.send(['subscribe', 1, 'log/a', {}])
    await bob.next('joined', 1)
    ada.send(['unsubscribe', 4, 'log/b'])
    await ada.next('left', 4)
    ada.send(['subscribe', 5, 'log/c', {}])
    await ada.next('joined', 5)
  })

  test('are opened by one client so often and no more, and joined as often as it likes', async () => {
    const limits = { maxNewChannels: 2, newChannelsPerSecond: 0.001 }
    const lab = await startLab({ connect: () => undefined }, { limits })
    const [ada, bob] = [await RawClient.open(lab.url()), await RawClient.open(lab.url())]
    bob.send(['subscribe', 1, 'log/z', {}])
    await bob.next('joined', 1)
    for (const [id, name] of ['a', 'b', 'z'].entries()) {
      ada.send(['subscribe', id, `log/${name}`, {}])
      await ada.next('joined', id)
    }
    ada.send(['subscribe', 9, 'log/c', {}])
    const [, , refusal] = await ada.next('error', 9)
    expect(refusal).toMatchObject({ code: 'RATE_LIMITED', data: { retryAfterMs: expect.any(Number) } })
  })
})

import { afterEach, describe, expect, test } from 'vitest'
import { RawClient } from '../support/raw-client.js'
import { labHandlers, startLab, stopLabs } from './lab.js'

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
    expect(await bob.next('publication')).toMatchObject({ 2: 'said', 3: { text: 'psst' }, 4: 1 })
    expect(ada.all('publication')).toEqual([])
  })

  test('that was excepted is still excepted when it recovers on another connection', async () => {
    const lab = await startLab()
    const ada = await RawClient.open(lab.url())
    const [, { session }] = ada.all('welcome')[0] as [string, { session: string }]
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

  test('is not ended by a hello that was sent before its own and came late', async () => {
    const lab = await startLab()
    const late = await RawClient.open(lab.url(), { hello: false })
    const first = await RawClient.open(lab.url(), { hello: { attempt: 1 } })
    const [, { session }] = first.all('welcome')[0] as [string, { session: string }]
    const right = await RawClient.open(lab.url(), { hello: { session, attempt: 3 } })
    late.send(['hello', { session, attempt: 2 }])
    expect((await late.ended).code).not.toBe(1000)
    expect(late.all('welcome')).toEqual([])
    expect(await right.ask(1, 'add', { a: 1, b: 1 })).toEqual({ sum: 2 })
    expect(await lab.server.routes.lab.channels.room({ roomId: 'lobby' }).members()).toHaveLength(1)
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

  test('lets nobody in whose guard never settles, and does not hold up what is asked afterwards', async () => {
    let hangs = true
    const vault = () => !hangs || new Promise<boolean>(() => undefined)
    const lab = await startLab({ authorize: { vault } }, { limits: { hookTimeoutMs: 30 } })
    const client = await RawClient.open(lab.url())
    client.send(['subscribe', 1, 'vault/x', { presence: { name: 'a' } }])
    client.send(['unsubscribe', 2, 'vault/x'])
    expect(await client.next('error', 1)).toMatchObject({ 2: { code: 'TIMEOUT' } })
    expect(await client.next('left', 2)).toBeDefined()
    const failed = { handler: 'authorize.vault', err: { code: 'TIMEOUT' } }
    expect(lab.logged).toMatchObject([{ level: 'error', details: failed }])
    hangs = false
    client.send(['subscribe', 3, 'vault/x', { presence: { name: 'a' } }])
    expect(await client.next('joined', 3)).toBeDefined()
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
    ['a name that no UTF-8 can hold', 'feed/\ud800', {}, 'UNKNOWN_CHANNEL'],
    ['a name that would be written otherwise', 'feed/%61', {}, 'UNKNOWN_CHANNEL'],
    ['a name that is too long', `feed/${'a'.repeat(1000)}`, {}, 'UNKNOWN_CHANNEL'],
    ['a channel with presence, without metadata', 'vault/x', {}, 'INVALID_PAYLOAD'],
    ['metadata that does not fit', 'vault/x', { presence: { name: 1 } }, 'INVALID_PAYLOAD'],
  ])('refuses %s', async (_what, name, options, code) => {
    const lab = await startLab({ authorize: { vault: () => true } })
    const client = await RawClient.open(lab.url())
    client.send(['subscribe', 1, name, options])
    expect(await client.next('error', 1)).toMatchObject({ 2: { code } })
  })

  test.each(['log/', 'log/.', 'log/..', 'log/%2E%2E', 'log/..%2Fx', 'log/x%2F..', 'log/%2E%2Fx'])(
    'takes %s for no channel, whatever is asked of it',
    async (name) => {
      const lab = await startLab()
      const client = await RawClient.open(lab.url(), { hello: { positions: { [name]: ['0', 1] } } })
      client.send(['subscribe', 1, name, {}])
      client.send(['unsubscribe', 2, name])
      client.send(['history', 3, name, { limit: 1 }])
      client.send(['members', 4, name, { limit: 1 }])
      for (const id of [1, 2, 3, 4])
        expect(await client.next('error', id)).toMatchObject({ 2: { code: 'UNKNOWN_CHANNEL' } })
      expect(lab.logged).toEqual([])
    },
  )

  test.each(['', '.', '..', '../x'])('whose parameter is %j is a mistake of the handler', async (topic) => {
    const lab = await startLab({ run: (ctx) => ctx.channels.log({ topic }).name })
    const client = await RawClient.open(lab.url())
    expect(await client.ask(1, 'run', { what: '' })).toMatchObject({ code: 'INTERNAL' })
    const err = { type: 'TypeError', message: `topic cannot be "${topic}"` }
    expect(lab.logged).toMatchObject([{ level: 'error', details: { handler: 'run', err } }])
  })

  test('does what one client asks of it in the order in which it was asked, and answers each', async () => {
    const lab = await startLab()
    const client = await RawClient.open(lab.url())
    client.send(['subscribe', 1, 'log/x', {}])
    client.send(['unsubscribe', 2, 'log/x'])
    client.send(['subscribe', 3, 'log/x', {}])
    client.send(['subscribe', 4, 'log/x', {}])
    await client.next('joined', 4)
    const answers = client.frames.filter((frame) => frame[2] === 'log/x').map(([type, id]) => [type, id])
    expect(answers).toEqual([
      ['joined', 1],
      ['left', 2],
      ['joined', 3],
      ['joined', 4],
    ])
    await lab.server.routes.lab.channels.log({ topic: 'x' }).publish('line', { text: 'one' })
    await client.ask(5, 'add', { a: 0, b: 0 })
    expect(client.all('publication')).toHaveLength(1)
  })

  test('does not let a client end a membership that a handler made', async () => {
    const lab = await startLab()
    const client = await RawClient.open(lab.url())
    client.send(['unsubscribe', 1, 'room/lobby'])
    expect(await client.next('error', 1)).toMatchObject({ 2: { code: 'FORBIDDEN' } })
  })
})

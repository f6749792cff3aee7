import { afterEach, describe, expect, test } from 'vitest'
import { startHall, stopHalls } from './hall.js'

afterEach(stopHalls)

const hall = { hallId: 'a' }
type Hall = ReturnType<typeof startHall>
type Connection = Awaited<ReturnType<Hall['open']>>

/** Writes down who is there after every change. */
function watch(connection: Connection, kind: 'people' | 'seats'): string[] {
  const seen: string[] = []
  if (kind === 'people') {
    connection.channels
      .people()
      .presence.onChange((members) =>
        seen.push(
          members.map(({ user, data, connections }) => `${user}:${data.name}:${connections}`).join(' '),
        ),
      )
  } else {
    connection.channels
      .seats()
      .presence.onChange((members) => seen.push(members.map(({ data }) => data.name).join(' ')))
  }
  return seen
}

async function sit(connection: Connection, name: string): Promise<void> {
  void connection.channels.seats().subscribe({ presence: { name } })
}

describe('presence by user', () => {
  const join = (connection: Connection, name: string) =>
    connection.channels.people().subscribe({ presence: { name } })

  test('tells each user once, with the number of connections and what any of them told last', async () => {
    const { clock, open, channels } = startHall()
    const watcher = await open('watcher', 'zed')
    void join(watcher, 'Zed')
    const seen = watch(watcher, 'people')
    const [phone, laptop] = [await open('phone', 'ada'), await open('laptop', 'ada')]
    void join(phone, 'Ada')
    await clock.settle()
    void join(laptop, 'Ada L.')
    await clock.settle()
    laptop.close()
    await clock.settle()
    phone.close()
    await clock.settle()
    expect(seen).toEqual([
      'zed:Zed:1',
      'zed:Zed:1 ada:Ada:1',
      'zed:Zed:1 ada:Ada L.:2',
      'zed:Zed:1 ada:Ada:1',
      'zed:Zed:1',
    ])
    expect(await channels.people(hall).members()).toEqual([
      { user: 'zed', data: { name: 'Zed' }, connections: 1 },
    ])
    expect(await channels.people(hall).count()).toBe(1)
  })

  test('is read page by page on the client', async () => {
    const { clock, open } = startHall()
    const [ada, bob] = [await open('a', 'ada'), await open('b', 'bob')]
    void join(ada, 'Ada')
    void join(bob, 'Bob')
    await clock.settle()
    const first = ada.channels.people().members({ limit: 1 })
    await clock.settle()
    expect(await first).toEqual({
      members: [{ user: 'ada', data: { name: 'Ada' }, connections: 1 }],
      count: 2,
      next: expect.any(String),
    })
    const second = ada.channels.people().members({ limit: 1, after: (await first).next ?? '' })
    await clock.settle()
    expect(await second).toMatchObject({ members: [{ user: 'bob' }], count: 2 })
    const count = bob.channels.people().count()
    await clock.settle()
    expect(await count).toBe(2)
  })

  test('has no place for a connection of nobody', async () => {
    const { clock, open } = startHall()
    const joined = join(await open('nobody'), 'Nobody')
    await clock.settle()
    await expect(joined).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  test('follows a connection that becomes another user', async () => {
    let become: (user: string | undefined) => void = () => undefined
    const { clock, open, channels } = startHall({
      connect(ctx) {
        const { user } = ctx.query
        ctx.grant({ ...(user !== undefined && { user }) })
        if (user === 'ada') become = (name) => ctx.grant(name === undefined ? {} : { user: name })
      },
    })
    const [watcher, ada] = [await open('watcher', 'zed'), await open('a', 'ada')]
    void join(watcher, 'Zed')
    void join(ada, 'A')
    await clock.settle()
    const seen = watch(watcher, 'people')
    become('bob')
    await clock.settle()
    expect(seen).toEqual(['zed:Zed:1', 'zed:Zed:1 bob:A:1'])
    become(undefined)
    await clock.settle()
    expect(await channels.people(hall).members()).toHaveLength(1)
    expect(ada.channels.people().status).toMatchObject({
      state: 'refused',
      error: { code: 'UNAUTHENTICATED' },
    })
  })
})

describe('a member whose connection is lost', () => {
  test('that comes back in time is not told to have left or joined', async () => {
    const { clock, network, open, channels } = startHall()
    const [watcher, ada] = [await open('watcher'), await open('ada')]
    await sit(ada, 'Ada')
    await clock.settle()
    await sit(watcher, 'Zed')
    await clock.settle()
    const seen = watch(watcher, 'seats')
    const before = await channels.seats(hall).members()
    network.cut()
    expect(await channels.seats(hall).count()).toBe(2)
    await clock.advance(900)
    await clock.advance(5_000)
    // The watcher was cut, too: it is sent the list anew, and it is the same.
    expect(new Set(seen)).toEqual(new Set(['Ada Zed']))
    expect(await channels.seats(hall).members()).toEqual(before)
  })

  test('that does not come back leaves when its time is over', async () => {
    const { clock, network, open, channels } = startHall()
    const ada = await open('ada')
    await sit(ada, 'Ada')
    await clock.settle()
    network.offline = true
    network.cut()
    await clock.settle()
    await clock.advance(999)
    expect(await channels.seats(hall).count()).toBe(1)
    await clock.advance(1)
    expect(await channels.seats(hall).count()).toBe(0)
  })

  test('that says goodbye leaves at once, and so does one that unsubscribes', async () => {
    const { clock, open, channels } = startHall()
    const [ada, bob] = [await open('ada'), await open('bob')]
    await sit(ada, 'Ada')
    await sit(bob, 'Bob')
    await clock.settle()
    ada.close()
    void bob.channels.seats().unsubscribe()
    await clock.settle()
    expect(await channels.seats(hall).members()).toEqual([])
  })

  test('is waited for by no timer once the server is closed', async () => {
    const { clock, network, server, open, errors } = startHall()
    await sit(await open('ada'), 'Ada')
    await clock.settle()
    network.offline = true
    network.cut()
    await clock.settle()
    const closed = server.close()
    await clock.settle()
    await closed
    await clock.advance(60_000)
    // Its engine is closed: a timer that was left would have failed.
    expect(errors).toEqual([])
  })

  test('leaves at once when too many are waited for', async () => {
    const { clock, network, open, channels } = startHall({}, { limits: { maxLingering: 1 } })
    for (const name of ['Ada', 'Bob']) await sit(await open(name), name)
    await clock.settle()
    network.offline = true
    network.cut()
    await clock.settle()
    expect(await channels.seats(hall).count()).toBe(1)
  })
})

describe('presence that shows a number', () => {
  test('tells it when joined, and then not more often than the limit says', async () => {
    const { clock, open, channels } = startHall()
    const ada = await open('ada')
    const seen: number[] = []
    const crowd = ada.channels.crowd()
    crowd.presence.onChange((count) => seen.push(count))
    crowd.on('cheered', () => undefined)
    await clock.settle()
    expect(crowd.presence.count).toBe(1)
    const others: Connection[] = []
    for (const name of ['b', 'c', 'd']) {
      const other = await open(name)
      void other.channels.crowd().subscribe()
      others.push(other)
    }
    await clock.settle()
    expect(seen).toEqual([1])
    await clock.advance(1_000)
    expect(seen).toEqual([1, 4])
    for (const other of others) other.close()
    await clock.advance(1_000)
    expect(seen).toEqual([1, 4, 1])
    expect(await channels.crowd(hall).count()).toBe(1)
    expect(await channels.crowd(hall).members()).toEqual([{ connection: expect.any(String), data: null }])
  })

  test('is all that a client is told, also when it asks', async () => {
    const { clock, open } = startHall()
    const connections = [await open('ada'), await open('bob')]
    for (const connection of connections) void connection.channels.crowd().subscribe()
    await clock.settle()
    const page = connections[0]?.channels.crowd().members({ limit: 1 })
    await clock.settle()
    expect(await page).toEqual({ members: [], count: 2 })
  })

  test('leaves no timer behind when nobody is there any more', async () => {
    const { clock, open } = startHall()
    const [ada, bob] = [await open('ada'), await open('bob')]
    void ada.channels.crowd().subscribe()
    await clock.settle()
    void bob.channels.crowd().subscribe()
    await clock.settle()
    const waiting = clock.waiting
    void ada.channels.crowd().unsubscribe()
    void bob.channels.crowd().unsubscribe()
    await clock.settle()
    expect(clock.waiting).toBe(waiting - 1)
  })
})

describe('the life of a channel', () => {
  const lives = (): { readonly told: string[]; readonly hall: Hall } => {
    const told: string[] = []
    const made = startHall({
      channels: {
        seats: {
          async firstJoin(channel, { hallId }) {
            told.push(`first ${channel.name} ${hallId}`)
            await new Promise((resolve) => made.clock.startTimer(() => resolve(null), 50))
            told.push('open')
          },
          lastLeave(channel) {
            told.push(`last ${channel.name}`)
            throw new Error('cannot end')
          },
        },
      },
    })
    return { told, hall: made }
  }

  test('begins with the first member and ends with the last, each told once and in order', async () => {
    const { told, hall: made } = lives()
    const { clock, open, errors } = made
    const [ada, bob] = [await open('ada'), await open('bob')]
    await sit(ada, 'Ada')
    await sit(bob, 'Bob')
    await clock.settle()
    expect(told).toEqual(['first seats/a a'])
    void ada.channels.seats().unsubscribe()
    await clock.settle()
    void bob.channels.seats().unsubscribe()
    await clock.settle()
    await sit(ada, 'Ada')
    await clock.settle()
    expect(told).toEqual(['first seats/a a'])
    await clock.advance(50)
    await clock.advance(50)
    expect(told).toEqual(['first seats/a a', 'open', 'last seats/a', 'first seats/a a', 'open'])
    expect(errors).toMatchObject([
      { err: { message: 'cannot end' }, channel: 'seats/a', handler: 'lastLeave' },
    ])
  })

  test('goes on when its beginning never ends, and that is logged', async () => {
    const told: string[] = []
    const { clock, open, errors } = startHall({
      channels: {
        seats: {
          firstJoin: () => new Promise<void>(() => undefined),
          lastLeave: (channel) => void told.push(`last ${channel.name}`),
        },
      },
    })
    const ada = await open('ada')
    await sit(ada, 'Ada')
    void ada.channels.seats().unsubscribe()
    await clock.advance(29_000)
    expect([told, errors]).toEqual([[], []])
    await clock.advance(1_000)
    expect(told).toEqual(['last seats/a'])
    expect(errors).toMatchObject([{ err: { code: 'TIMEOUT' }, channel: 'seats/a', handler: 'firstJoin' }])
  })

  test('ends when the server closes, which waits for it', async () => {
    const { told, hall: made } = lives()
    await sit(await made.open('ada'), 'Ada')
    await made.clock.advance(50)
    const closed = made.server.close()
    await made.clock.advance(50)
    await closed
    expect(told.at(-1)).toBe('last seats/a')
  })
})

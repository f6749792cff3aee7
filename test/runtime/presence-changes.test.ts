import { memoryEngine } from '@wirepact/runtime'
import { afterEach, describe, expect, test } from 'vitest'
import { aroundEngine } from '../support/around-engine.js'
import { startHall, stopHalls } from './hall.js'

afterEach(stopHalls)

const hall = { hallId: 'a' }
type Connection = Awaited<ReturnType<ReturnType<typeof startHall>['open']>>

const join = (connection: Connection, name: string) =>
  connection.channels.people().subscribe({ presence: { name } })

/** Writes down who is there after every change. */
function watch(connection: Connection): string[] {
  const seen: string[] = []
  connection.channels
    .people()
    .presence.onChange((members) =>
      seen.push(
        members.map(({ user, data, connections }) => `${user}:${data.name}:${connections}`).join(' '),
      ),
    )
  return seen
}

describe('presence by user on a live connection', () => {
  test('tells a member that becomes another user who is here then, as it tells the others', async () => {
    const grants: ((user: string) => unknown)[] = []
    const { clock, open } = startHall({
      connect(ctx) {
        ctx.grant({ user: ctx.query.name })
        grants.push((user) => ctx.grant({ user }))
      },
    })
    const [ada, zed] = [await open('ada', 'ada'), await open('zed', 'zed')]
    const seen = [watch(ada), watch(zed)]
    void join(ada, 'A')
    await clock.settle()
    void join(zed, 'Z')
    await clock.settle()
    grants[0]?.('eve')
    await clock.settle()
    expect(seen).toEqual([
      ['ada:A:1', 'ada:A:1 zed:Z:1', 'zed:Z:1', 'zed:Z:1 eve:A:1'],
      ['ada:A:1 zed:Z:1', 'zed:Z:1', 'zed:Z:1 eve:A:1'],
    ])
  })

  test('takes a member for who it has become while it was joining', async () => {
    let attach = () => undefined as unknown
    const engine = aroundEngine(memoryEngine(), (method, call) =>
      method === 'attach'
        ? new Promise((resolve) => {
            attach = () => resolve(call())
          })
        : call(),
    )
    let grant = (_user: string) => undefined as unknown
    const { clock, open, channels } = startHall(
      {
        connect(ctx) {
          ctx.grant({ user: ctx.query.name })
          grant = (user) => ctx.grant({ user })
        },
      },
      { engine },
    )
    const ada = await open('ada', 'ada')
    void join(ada, 'A')
    await clock.settle()
    grant('eve')
    attach()
    await clock.settle()
    expect(await channels.people(hall).members()).toMatchObject([{ user: 'eve' }])
  })

  test('tells a member that joins nothing that was so before it was there', async () => {
    let isHeld = false
    let enter = () => undefined as unknown
    const engine = aroundEngine(memoryEngine(), (method, call) => {
      if (method !== 'enter' || !isHeld) return call()
      return new Promise((resolve) => {
        enter = () => resolve(call())
      })
    })
    const { clock, open } = startHall({}, { engine })
    const [phone, tablet, laptop] = [await open('p', 'ada'), await open('t', 'ada'), await open('l', 'ada')]
    void join(phone, 'Phone')
    await clock.settle()
    void join(tablet, 'Tablet')
    await clock.settle()
    const seen = watch(laptop)
    isHeld = true
    void join(laptop, 'Laptop')
    await clock.settle()
    tablet.close()
    await clock.settle()
    enter()
    await clock.settle()
    expect(seen).toEqual(['ada:Laptop:2'])
  })

  test('takes what one of its connections says again for what the user told last', async () => {
    const updates: ((name: string) => unknown)[] = []
    const { clock, open, channels } = startHall({
      connect(ctx) {
        ctx.grant({ user: ctx.query.name })
        updates.push((name) => ctx.channels.people().update({ name }))
      },
    })
    for (const name of ['away', 'online']) {
      void join(await open('ada'), name)
      await clock.settle()
    }
    await updates[0]?.('away')
    expect(await channels.people(hall).members()).toMatchObject([{ data: { name: 'away' }, connections: 2 }])
  })
})

import { setTimeout as sleep } from 'node:timers/promises'
import { memoryEngine } from '@wirepact/runtime'
import { afterEach, describe, expect, test } from 'vitest'
import { type Around, aroundEngine } from '../support/around-engine.js'
import { RawClient } from '../support/raw-client.js'
import { startHall, stopHalls } from './hall.js'
import { startLab, stopLabs } from './lab.js'

afterEach(stopLabs)
afterEach(stopHalls)

const hall = { hallId: 'a' }

async function startLabAround(around: Around) {
  const lab = await startLab({}, { engine: aroundEngine(memoryEngine(), around) })
  return { lab, log: lab.server.routes.lab.channels.log({ topic: 'a' }) }
}

async function subscribe(client: RawClient, id: number, channel = 'log/a') {
  client.send(['subscribe', id, channel, {}])
  return client.next('joined', id)
}

describe('an engine that is slow', () => {
  test('does not let go of a channel that somebody has come back to', async () => {
    const { lab, log } = await startLabAround((method, call) =>
      method === 'detach' ? sleep(30).then(call) : call(),
    )
    const client = await RawClient.open(lab.url())
    await subscribe(client, 1)
    client.send(['unsubscribe', 2, 'log/a'])
    await subscribe(client, 3)
    await sleep(60)
    await log.publish('line', { text: 'x' })
    expect(await client.next('publication')).toMatchObject({ 3: { text: 'x' } })
  })

  test('lets go of a channel that was left before it was taken up', async () => {
    const calls: string[] = []
    let attach = () => undefined as unknown
    const { lab } = await startLabAround((method, call, [channel]) => {
      if (channel !== 'log/a' || !/^(at|de)tach$/.test(method)) return call()
      calls.push(method)
      if (method === 'detach') return call()
      return new Promise((resolve) => {
        attach = () => resolve(call())
      })
    })
    const client = await RawClient.open(lab.url())
    client.send(['subscribe', 1, 'log/a', {}])
    await expect.poll(() => calls).toEqual(['attach'])
    client.terminate()
    await client.ended
    await sleep(20)
    expect(calls).toEqual(['attach'])
    attach()
    await expect.poll(() => calls).toEqual(['attach', 'detach'])
  })

  test('has nobody present who changed and left before it knew of the change', async () => {
    let enters = 0
    let finish = () => undefined as unknown
    const engine = aroundEngine(memoryEngine(), (method, call) => {
      if (method !== 'enter' || ++enters !== 2) return call()
      return new Promise((resolve) => {
        finish = () => resolve(call())
      })
    })
    const lab = await startLab(
      {
        say: async (ctx) => void ctx.channels.room().update({ name: 'changed' }),
        async whisper(ctx) {
          await ctx.channels.room().leave()
        },
      },
      { engine },
    )
    const client = await RawClient.open(lab.url())
    client.send(['event', 'say', { text: 'x' }])
    client.send(['event', 'whisper', { text: 'x' }])
    await client.next('left')
    finish()
    await sleep(10)
    expect(await lab.server.routes.lab.channels.room({ roomId: 'lobby' }).members()).toEqual([])
  })
})

describe('an engine that fails', () => {
  test('while a member catches up ends its connection, rather than leave it with nothing', async () => {
    let fails = false
    const { lab } = await startLabAround((method, call) => {
      if (fails && method === 'read') throw new Error('the disk is gone')
      return call()
    })
    const client = await RawClient.open(lab.url())
    const [, , , { position }] = (await subscribe(client, 1)) as unknown as [0, 0, 0, { position: unknown }]
    fails = true
    client.send(['subscribe', 2, 'log/a', { position }])
    expect(await client.ended).toMatchObject({ code: 1006 })
  })

  test('to take a member out is asked again until it has, and the member has left all the same', async () => {
    let failures = 2
    const engine = aroundEngine(memoryEngine(), (method, call) => {
      if (method === 'leave' && failures-- > 0) return Promise.reject(new Error('the disk is full'))
      return call()
    })
    const { clock, open, channels, errors } = startHall({}, { engine })
    const [ada, bob] = [await open('ada', 'ada'), await open('bob', 'bob')]
    const seen: string[] = []
    void bob.channels.people().subscribe({ presence: { name: 'Bob' } })
    bob.channels.people().presence.onChange((members) => seen.push(members.map(({ user }) => user).join()))
    await clock.settle()
    void ada.channels.people().subscribe({ presence: { name: 'Ada' } })
    await clock.settle()
    const left = ada.channels.people().unsubscribe()
    await clock.settle()
    await left
    expect(await channels.people(hall).count()).toBe(2)
    await clock.advance(1_000)
    expect(await channels.people(hall).count()).toBe(2)
    await clock.advance(1_000)
    expect(await channels.people(hall).count()).toBe(1)
    expect(seen).toEqual(['bob', 'bob,ada', 'bob'])
    expect(errors).toMatchObject([{ channel: 'people/a' }])
  })

  test('to take a member out that comes again meanwhile lets it stay', async () => {
    let fails = true
    const engine = aroundEngine(memoryEngine(), (method, call) => {
      if (method === 'leave' && fails) return Promise.reject(new Error('the disk is full'))
      return call()
    })
    const { clock, open, channels } = startHall({}, { engine })
    const ada = (await open('ada', 'ada')).channels.people()
    void ada.subscribe({ presence: { name: 'Ada' } })
    await clock.settle()
    void ada.unsubscribe()
    await clock.settle()
    void ada.subscribe({ presence: { name: 'Ada' } })
    await clock.settle()
    fails = false
    await clock.advance(5_000)
    expect(await channels.people(hall).count()).toBe(1)
  })
})

import { afterEach, describe, expect, test } from 'vitest'
import { RawClient } from '../support/raw-client.js'
import { startLab, stopLabs } from './lab.js'

afterEach(stopLabs)

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

function circular(): object {
  const data: { text: string; self?: object } = { text: 'a' }
  data.self = data
  return data
}

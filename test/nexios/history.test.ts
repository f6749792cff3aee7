import { createAdmin } from '@wirepact/runtime/admin'
import { createAdminClient } from '@wirepact/runtime/admin-client'
import { FakeClock } from '@wirepact/runtime/testing'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { noted, stopAll } from '../support/running.js'
import { createClient } from './api/generated/client.js'
import { enter, start } from './support/start.js'

afterEach(stopAll)

const lobby = { roomId: 'lobby' }

test('[nexios 20] members are a snapshot, counted, and read by page', async () => {
  const { url, server } = await start()
  const channel = server.routes.room.channels.room(lobby)
  for (let number = 0; number < 5; number++) await enter(url, `n${number}`).room.ready()
  const all = await channel.members()
  expect(all.map(({ data }) => data.name).sort()).toEqual(['n0', 'n1', 'n2', 'n3', 'n4'])
  const first = await channel.members({ limit: 3 })
  expect([first.members.length, first.count]).toEqual([3, 5])
  const second = await channel.members({ limit: 3, after: first.next ?? '' })
  expect(second.next).toBeUndefined()
  expect([...first.members, ...second.members]).toEqual(all)
  // What was handed out is nobody's living list.
  await enter(url, 'late').room.ready()
  expect([all.length, await channel.count()]).toEqual([5, 6])
  expect(server.connections).toBe(6)
})

test('[nexios 20] the channels that have members are listed, by page', async () => {
  const { server, url } = await start()
  const client = noted(createClient(url))
  for (const roomId of ['a', 'b', 'c']) {
    await client.room({ params: { roomId }, query: { name: 'ada' } }).ready()
  }
  const token = 'the-token-of-the-operator'
  const admin = createAdmin(server, { token })
  const { port } = await admin.listen()
  noted(admin)
  const asked = createAdminClient({ baseUrl: `http://127.0.0.1:${port}`, token })
  const page = await asked.GET('/channels', { params: { query: { limit: 2 } } })
  const rest = await asked.GET('/channels', { params: { query: { after: page.data?.next ?? '' } } })
  const names = [page, rest].flatMap(({ data }) => data?.channels.map(({ name }) => name) ?? [])
  expect([page.data?.channels.length, names.sort()]).toEqual([2, ['room/a', 'room/b', 'room/c']])
})

describe('[nexios 21] history', () => {
  async function said(count: number, replaced = {}) {
    const started = await start(replaced)
    const channel = started.server.routes.room.channels.room(lobby)
    for (let number = 1; number <= count; number++) await channel.publish('said', { text: String(number) })
    return { ...started, channel }
  }
  const offsets = (page: { publications: readonly { offset: number }[] }) =>
    page.publications.map(({ offset }) => offset)

  test('is ordered by offsets, limited by count, and read by page in both directions', async () => {
    const { channel } = await said(9)
    expect(offsets(await channel.history())).toEqual([5, 6, 7, 8, 9])
    const newest = await channel.history({ limit: 2 })
    expect([offsets(newest), newest.more]).toEqual([[8, 9], true])
    expect(offsets(await channel.history({ limit: 2, before: 8 }))).toEqual([6, 7])
    expect(offsets(await channel.history({ limit: 2, after: 5 }))).toEqual([6, 7])
    const last = await channel.history({ after: 7 })
    expect([offsets(last), last.more]).toEqual([[8, 9], false])
  })

  test('is limited by bytes', async () => {
    const { channel } = await said(0)
    for (let number = 0; number < 5; number++) await channel.publish('said', { text: 'x'.repeat(200) })
    expect((await channel.history()).publications.length).toBeLessThan(5)
    expect((await channel.history()).publications.length).toBeGreaterThan(0)
  })

  test('is limited by age, also when nobody is there any more', async () => {
    const clock = new FakeClock(1_000_000)
    const { channel, server } = await said(3, { options: { environment: { clock } } })
    expect(offsets(await channel.history())).toEqual([1, 2, 3])
    await clock.advance(61_000)
    expect(offsets(await channel.history())).toEqual([])
    const closed = server.close()
    await clock.advance(20_000)
    await closed
  })

  test('is cleared for one channel or for all, and members are told', async () => {
    const { channel, server, url } = await said(3)
    const other = server.routes.room.channels.room({ roomId: 'other' })
    await other.publish('said', { text: 'there' })
    const { room, heard } = enter(url, 'ada')
    const gaps = vi.fn()
    room.channels.room().onGap(gaps)
    await room.ready()
    await channel.clear()
    expect([offsets(await channel.history()), offsets(await other.history())]).toEqual([[], [1]])
    await vi.waitFor(() =>
      expect(gaps).toHaveBeenCalledWith(expect.objectContaining({ reason: 'epoch-changed' })),
    )
    await channel.publish('said', { text: 'anew' })
    await vi.waitFor(() => expect(heard).toEqual(['anew']))
    await server.clearHistory()
    expect(offsets(await other.history())).toEqual([])
  })
})

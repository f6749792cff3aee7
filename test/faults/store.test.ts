import { afterEach, beforeEach, expect, test } from 'vitest'
import { RawClient } from '../support/raw-client.js'
import { waitFor } from './support/audience.js'
import { Speaker, Store } from './support/store.js'

let store: Store

beforeEach(async () => {
  store = await Store.make()
  await store.start()
})

afterEach(async () => {
  await store.remove()
})

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

/** Speakers under load: some things are acknowledged, others are on their way. */
async function openSpeakers(names: readonly string[], acknowledged: number): Promise<Speaker[]> {
  const speakers = await Promise.all(names.map((name) => Speaker.open(store, name)))
  await waitFor(() => speakers.every((speaker) => speaker.acknowledged.length >= acknowledged))
  return speakers
}

/** Everything that was acknowledged is in the file, once, and its offsets have no holes. */
async function requireKept(speakers: readonly Speaker[]): Promise<number> {
  const { data, offsets } = await store.read()
  expect(offsets).toEqual(upTo(offsets.length))
  const times = new Map<string, number>()
  for (const text of data) times.set(text, (times.get(text) ?? 0) + 1)
  const lost = speakers.flatMap(({ acknowledged }) => acknowledged.filter((text) => times.get(text) !== 1))
  expect(lost).toEqual([])
  return data.length
}

test('SIGTERM under load: what is acknowledged is kept, everybody knows when to come back, the exit code is 0', async () => {
  const speakers = await openSpeakers(['a', 'b', 'c', 'd'], 100)
  expect(await store.end('SIGTERM')).toEqual([0, null])
  for (const { client } of speakers) {
    expect(await client.ended).toMatchObject({ code: 1012 })
    expect(client.all('bye')).toEqual([
      ['bye', expect.objectContaining({ code: 1012, retryAfterMs: [100, 200] })],
    ])
  }
  await requireKept(speakers)
})

test('SIGKILL under load, again and again: nothing acknowledged is lost, and members recover without a gap', async () => {
  const heard: number[] = []
  let position: [epoch: string, offset: number] | undefined
  let kept = 0
  for (const round of [1, 2, 3]) {
    const watcher = await RawClient.open(store.url)
    watcher.send(['subscribe', 1, 'room', position === undefined ? {} : { position }])
    const joined = (await watcher.next('joined'))[3] as {
      recovered?: boolean
      position: [string, number]
      top: number
    }
    if (position !== undefined) expect(joined).toMatchObject({ recovered: true, position })
    const speakers = await openSpeakers([`${round}a`, `${round}b`, `${round}c`], 30 * round)
    expect(await store.end('SIGKILL')).toEqual([null, 'SIGKILL'])
    await Promise.all([watcher, ...speakers.map(({ client }) => client)].map(({ ended }) => ended))
    heard.push(...watcher.all('publication').map((frame) => frame[4] as number))
    position = [joined.position[0], heard.at(-1) ?? 0]
    const count = await requireKept(speakers)
    expect(count).toBeGreaterThan(kept)
    kept = count
    await store.start()
  }
  const last = await RawClient.open(store.url)
  last.send(['subscribe', 1, 'room', { position }])
  expect((await last.next('joined'))[3]).toMatchObject({ recovered: true, top: kept })
  await waitFor(() => heard.length + last.all('publication').length >= kept)
  heard.push(...last.all('publication').map((frame) => frame[4] as number))
  expect(heard).toEqual(upTo(kept))
})

test('SIGKILL: a session that comes back is told at least what was acknowledged to it', async () => {
  const [speaker] = await openSpeakers(['a'], 50)
  const welcome = speaker?.client.all('welcome')[0]?.[1]
  await store.end('SIGKILL')
  await speaker?.client.ended
  await store.start()
  const back = await RawClient.open(store.url, {
    hello: { session: (welcome as { session: string }).session },
  })
  const [, again] = back.all('welcome')[0] ?? []
  const { acked } = again as { acked: number }
  expect(acked).toBeGreaterThanOrEqual(speaker?.acknowledged.length ?? 0)
  back.send(['event', 'say', 'again', acked])
  back.send(['event', 'say', 'next', acked + 1])
  expect(await back.next('ack', acked + 1)).toEqual(['ack', acked + 1])
  await store.end('SIGTERM')
  const { data } = await store.read()
  expect(data.at(-1)).toBe('next')
  expect(data).not.toContain('again')
})

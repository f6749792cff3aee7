import { get } from 'node:http'
import { FakeClock } from '@wirepact/runtime/testing'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { deferred, type Lab, startLab, stopLabs } from '../runtime/lab.js'
import { type Ended, RawClient } from '../support/raw-client.js'

afterEach(stopLabs)

/** As many clients, and how many of them have been closed so far. */
async function connectMany(lab: Lab, count: number) {
  const ends: Ended[] = []
  const clients = await Promise.all(Array.from({ length: count }, () => RawClient.open(lab.url())))
  for (const client of clients) void client.ended.then((end) => ends.push(end))
  return { clients, ends }
}

/** What an upgrade is answered that is refused. */
function upgrade(lab: Lab): Promise<{ status: number | undefined; retryAfter: string | undefined }> {
  const headers = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  }
  return new Promise((resolve, reject) => {
    get(lab.url().replace('ws:', 'http:'), { headers }, (response) => {
      response.resume()
      resolve({ status: response.statusCode, retryAfter: response.headers['retry-after'] })
    }).on('error', reject)
  })
}

/** Lets time pass until something is done, however long that takes in reality. */
async function finish(clock: FakeClock, work: Promise<unknown>): Promise<void> {
  let isDone = false
  void work.then(() => {
    isDone = true
  })
  await vi.waitFor(async () => {
    await clock.advance(1000)
    expect(isDone).toBe(true)
  })
}

describe('a drain', () => {
  test('[nexios 32] says goodbye in batches, and asks each to come back when it is over', async () => {
    const clock = new FakeClock()
    const lab = await startLab({}, { environment: { clock } })
    const { clients, ends } = await connectMany(lab, 10)
    const closed = lab.server.close({ drainMs: 500, retryAfterMs: [100, 300] })
    for (let told = 1; told <= 10; told++) {
      await vi.waitFor(() => expect(ends).toHaveLength(told))
      if (told < 10) await clock.advance(50)
    }
    await finish(clock, closed)
    expect(new Set(ends.map(({ code }) => code))).toEqual(new Set([1012]))
    const windows = clients.map((client) => {
      const bye = client.all('bye')[0] as ['bye', { retryAfterMs: [number, number] }]
      return bye[1].retryAfterMs
    })
    expect(windows.map(([from]) => from).sort((a, b) => b - a)).toEqual(
      Array.from({ length: 10 }, (_, index) => 600 - 50 * index),
    )
    for (const [from, to] of windows) expect(to - from).toBe(200)
  })

  test('lets nobody in, and says when to try again', async () => {
    const clock = new FakeClock()
    const lab = await startLab({}, { environment: { clock } })
    await connectMany(lab, 2)
    const closed = lab.server.close({ drainMs: 10_000 })
    await clock.advance(2500)
    expect(await upgrade(lab)).toEqual({ status: 503, retryAfter: '8' })
    await finish(clock, closed)
    await expect(upgrade(lab)).rejects.toThrow('ECONNREFUSED')
  })

  test('for the good asks clients to go to another server at once, with 1001', async () => {
    const lab = await startLab()
    const client = await RawClient.open(lab.url())
    await lab.server.close({ drainMs: 50, code: 1001, retryAfterMs: [0, 100] })
    expect(await client.ended).toMatchObject({ code: 1001 })
    expect(client.all('bye')[0]?.[1]).toMatchObject({ code: 1001, retryAfterMs: [0, 100] })
  })

  test('lets the handlers that run finish and answer, and begins nothing new', async () => {
    const { promise, resolve } = deferred()
    const begun: string[] = []
    const run = async (_ctx: unknown, { what }: { what: string }) => {
      begun.push(what)
      await promise
      return 'done'
    }
    const lab = await startLab({ run })
    const client = await RawClient.open(lab.url())
    const idle = await RawClient.open(lab.url())
    client.send(['request', 1, 'run', { what: 'first' }])
    await vi.waitFor(() => expect(begun).toEqual(['first']))
    const closed = lab.server.close()
    await idle.ended
    client.send(['request', 2, 'run', { what: 'second' }])
    client.send(['event', 'say', { text: 'lost' }])
    client.socket.ping()
    await new Promise((done) => client.socket.once('pong', done))
    resolve()
    expect(await client.next('reply')).toEqual(['reply', 1, 'done'])
    await closed
    expect(begun).toEqual(['first'])
    expect(client.all('publication')).toEqual([])
    expect(await client.ended).toMatchObject({ code: 1012 })
  })

  test('is over in time although a handler never settles and a client does not answer', async () => {
    const lab = await startLab({ run: () => new Promise(() => undefined) })
    const busy = await RawClient.open(lab.url())
    busy.send(['request', 1, 'run', { what: 'forever' }])
    const deaf = await RawClient.open(lab.url())
    deaf.socket.pause()
    await lab.server.close({ drainMs: 100, timeoutMs: 100 })
    expect(lab.server.connections).toBe(0)
    const warnings = lab.logged.filter(({ level }) => level === 'warn')
    expect(warnings).toMatchObject([{ details: { route: 'lab' } }])
    deaf.terminate()
  })

  test('does not wait where there is nobody', async () => {
    const lab = await startLab()
    await lab.server.close({ drainMs: 60_000 })
    await lab.server.close()
    await expect(upgrade(lab)).rejects.toThrow('ECONNREFUSED')
  })

  test('takes no duration that is none', async () => {
    const lab = await startLab()
    expect(() => lab.server.close({ drainMs: -1 })).toThrow(RangeError)
    expect(() => lab.server.close({ timeoutMs: Number.NaN })).toThrow(RangeError)
    expect(lab.server.connections).toBe(0)
    await expect(RawClient.open(lab.url())).resolves.toBeDefined()
  })
})

describe('closing all connections', () => {
  test('[nexios 22] ends every one with the code and reason, and serves on', async () => {
    const lab = await startLab()
    const { ends } = await connectMany(lab, 3)
    await lab.server.closeAll(4321, 'maintenance')
    await vi.waitFor(() => expect(ends).toHaveLength(3))
    expect(new Set(ends.map(({ code, reason }) => `${code} ${reason}`))).toEqual(
      new Set(['4321 maintenance']),
    )
    expect(lab.server.connections).toBe(0)
    const client = await RawClient.open(lab.url())
    expect(await client.ask(1, 'add', { a: 1, b: 2 })).toEqual({ sum: 3 })
  })

  test('is spread over a time, and says when to come back', async () => {
    const clock = new FakeClock()
    const lab = await startLab({}, { environment: { clock } })
    const { clients, ends } = await connectMany(lab, 4)
    const closed = lab.server.closeAll(undefined, undefined, { overMs: 100, retryAfterMs: [5, 10] })
    await vi.waitFor(() => expect(ends).toHaveLength(2))
    const late = await RawClient.open(lab.url())
    await finish(clock, closed)
    await vi.waitFor(() => expect(ends).toHaveLength(4))
    expect(clients.map((client) => client.all('bye')[0]?.[1])).toEqual(
      Array.from({ length: 4 }, () => ({ code: 1001, reason: '', retryAfterMs: [5, 10] })),
    )
    expect(lab.server.connections).toBe(1)
    late.terminate()
  })

  test('takes no code that may not go over the wire', async () => {
    const lab = await startLab()
    await expect(lab.server.closeAll(1006)).rejects.toMatchObject({ code: 'INVALID_CLOSE' })
    await expect(lab.server.closeAll(1000, 'x'.repeat(124))).rejects.toMatchObject({ code: 'INVALID_CLOSE' })
  })
})

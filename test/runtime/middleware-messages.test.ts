import { type Middleware, refuse } from '@wirepact/runtime'
import { afterEach, describe, expect, test } from 'vitest'
import { RawClient } from '../support/raw-client.js'
import { stopBenches } from './support/bench.js'
import { startNoted } from './support/middleware-bench.js'

afterEach(stopBenches)

describe('middleware around messages', () => {
  test('sees name, kind and data of events, requests and streams, and what comes of them', async () => {
    const { server, url } = await startNoted()
    const [came, became]: [unknown[], unknown[]] = [[], []]
    server.use({
      async message(_ctx, message, next) {
        came.push(message)
        became.push([message.name, await next()])
      },
    })
    const client = await RawClient.open(url)
    client.send(['event', 'say', 'hi'])
    expect(await client.ask(1, 'double', 4)).toBe(8)
    client.send(['stream', 2, 'count', 5, 10])
    await client.next('end', 2)
    expect(client.all('item').map((frame) => frame[2])).toEqual([5, 6])
    expect(came).toEqual([
      { name: 'say', kind: 'event', data: 'hi' },
      { name: 'double', kind: 'request', data: 4 },
      { name: 'count', kind: 'stream', data: 5 },
    ])
    expect(became).toEqual([
      ['say', undefined],
      ['double', 8],
      ['count', [5, 6]],
    ])
  })

  test('is for one message where its scope says so', async () => {
    const { server, url, seen } = await startNoted({ connect: () => undefined })
    server.use({ message: () => undefined }, { route: 'bench', message: 'say' })
    const client = await RawClient.open(url)
    client.send(['event', 'say', 'swallowed'])
    client.send(['event', 'other', 'handled'])
    await client.ask(1, 'double', 1)
    expect(seen).toEqual(['handled', 1])
    expect(client.all('error')).toEqual([])
  })

  test('answers a question with REFUSED when it does not go on', async () => {
    const { server, url, seen } = await startNoted({ connect: () => undefined })
    server.use({ message: () => undefined })
    const client = await RawClient.open(url)
    expect(await client.ask(1, 'double', 1)).toMatchObject({ code: 'REFUSED' })
    expect(seen).toEqual([])
  })

  test('may answer with an error that the message declares', async () => {
    const { server, url } = await startNoted()
    server.use(
      {
        message(ctx) {
          throw ctx.errors?.TOO_LARGE?.({ max: 3 })
        },
      },
      { route: 'bench', message: 'double' },
    )
    const client = await RawClient.open(url)
    expect(await client.ask(1, 'double', 4)).toMatchObject({
      code: 'TOO_LARGE',
      declared: true,
      data: { max: 3 },
    })
  })

  test('closes the connection when it refuses with a code, and nobody else notices', async () => {
    const { server, url } = await startNoted()
    server.use({
      message(_ctx, { data }, next) {
        if (data === 13) throw refuse({ code: 4113, reason: 'unlucky' })
        return next()
      },
    })
    const [bad, good] = [await RawClient.open(url), await RawClient.open(url)]
    bad.send(['request', 1, 'double', 13])
    expect(await bad.ended).toEqual({ code: 4113, reason: 'unlucky' })
    expect(await good.ask(1, 'double', 2)).toBe(4)
  })

  test('fails closed and is logged when it throws anything else', async () => {
    const { server, url, logged, seen } = await startNoted({ connect: () => undefined })
    server.use({
      message() {
        throw new Error('secret')
      },
    })
    const client = await RawClient.open(url)
    client.send(['event', 'say', 'x'])
    expect(await client.ask(1, 'double', 1)).toMatchObject({ code: 'INTERNAL' })
    expect(JSON.stringify(client.frames)).not.toContain('secret')
    expect(logged.filter(({ level }) => level === 'error')).toHaveLength(2)
    expect(seen).toEqual([])
  })

  test('never sees what does not fit the schema', async () => {
    const { server, url, seen } = await startNoted({ connect: () => undefined })
    server.use({ message: (_ctx, message) => void seen.push(message) })
    const client = await RawClient.open(url)
    expect(await client.ask(1, 'double', 'x')).toMatchObject({ code: 'INVALID_PAYLOAD' })
    expect(seen).toEqual([])
  })

  test('starts handlers in the order of their messages as long as it goes on at once', async () => {
    const { server, url, seen } = await startNoted({ connect: () => undefined })
    server
      .use({ message: (_ctx, _message, next) => next() })
      .use({ message: (_ctx, _message, next) => next() })
    const client = await RawClient.open(url)
    for (const data of [1, 2, 3]) client.send(['event', 'say', data])
    await client.ask(1, 'double', 4)
    expect(seen).toEqual([1, 2, 3, 4])
  })

  test('may be an object with a memory of its own', async () => {
    const { server, url } = await startNoted()
    class Counter implements Middleware {
      messages = 0
      async message(_ctx: unknown, _message: unknown, next: () => Promise<unknown>): Promise<void> {
        this.messages++
        await next()
      }
    }
    const counter = new Counter()
    server.use(counter)
    await (await RawClient.open(url)).ask(1, 'double', 1)
    expect(counter.messages).toBe(1)
  })
})

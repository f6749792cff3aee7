import { afterEach, expect, test } from 'vitest'
import { RawClient } from '../support/raw-client.js'
import { deferred, startLab, stopLabs } from './lab.js'

afterEach(stopLabs)

const limits = { pingIntervalMs: 64, pingTimeoutMs: 64 }

test('a client that answers pings stays, however long it says nothing else', async () => {
  const lab = await startLab({}, { limits })
  const client = await RawClient.open(lab.url())
  for (let pings = 0; pings < 5; pings++) {
    await client.next('ping')
    client.send(['pong'])
  }
  expect(await client.ask(1, 'add', { a: 1, b: 1 })).toEqual({ sum: 2 })
})

test('a client that answers no ping is let go, and its handlers are told', async () => {
  const left = deferred<unknown>()
  const lab = await startLab({ disconnect: (_ctx, end) => left.resolve(end) }, { limits })
  const client = await RawClient.open(lab.url())
  expect(await left.promise).toEqual({ code: 4001, reason: 'No answer to a ping.', wasClean: false })
  expect((await client.ended).code).toBe(1006)
  expect(lab.server.connections).toBe(0)
})

test('any message counts as an answer', async () => {
  const lab = await startLab({}, { limits })
  const client = await RawClient.open(lab.url())
  for (let index = 1; index <= 4; index++) {
    await client.next('ping')
    await client.ask(index, 'add', { a: 1, b: 1 })
  }
  expect(client.socket.readyState).toBe(client.socket.OPEN)
})

import type { Socket } from 'node:net'
import { WirepactError } from '@wirepact/runtime'
import { afterEach, describe, expect, test } from 'vitest'
import { RawClient } from '../support/raw-client.js'
import type { LabHandlers } from './api/generated/server.js'
import { deferred, labHandlers, startLab, stopLabs } from './lab.js'

afterEach(stopLabs)

describe('a handler', () => {
  test('that throws answers INTERNAL without a word of the cause, and logs it', async () => {
    const lab = await startLab({
      run() {
        throw new Error('the password is 1234')
      },
    })
    const client = await RawClient.open(lab.url())
    const error = await client.ask(1, 'run', { what: 'x' })
    expect(error).toEqual({ code: 'INTERNAL', message: 'Something went wrong on the server.' })
    client.send(['event', 'fail', null])
    expect(await client.next('error')).toMatchObject(['error', null, { code: 'INTERNAL', name: 'fail' }])
    expect(JSON.stringify(client.frames)).not.toContain('secret')
    expect(lab.logged.filter(({ level }) => level === 'error')).toHaveLength(2)
  })

  test('that rejects is no different from one that throws', async () => {
    const lab = await startLab({ run: async () => Promise.reject(new Error('late')) })
    const client = await RawClient.open(lab.url())
    expect(await client.ask(1, 'run', { what: 'x' })).toMatchObject({ code: 'INTERNAL' })
  })

  test('answers with the error that the request declares', async () => {
    const lab = await startLab()
    const client = await RawClient.open(lab.url())
    expect(await client.ask(1, 'add', { a: 100, b: 1 })).toMatchObject({
      code: 'TOO_LARGE',
      declared: true,
      data: { max: 100 },
    })
  })

  test('cannot answer with an error that another request declares, or with data that does not fit', async () => {
    const lab = await startLab({
      run() {
        throw new WirepactError('TOO_LARGE', 'x', { declared: true, data: { max: 1 } })
      },
      add(ctx) {
        throw ctx.errors.TOO_LARGE({ max: 'much' as unknown as number })
      },
    })
    const client = await RawClient.open(lab.url())
    expect(await client.ask(1, 'run', { what: 'code' })).toMatchObject({ code: 'INTERNAL' })
    expect(await client.ask(2, 'add', { a: 1, b: 1 })).toMatchObject({ code: 'INTERNAL' })
  })

  test('may refuse with a code of the table', async () => {
    const lab = await startLab({
      run() {
        throw new WirepactError('FORBIDDEN', 'Not you.')
      },
    })
    const client = await RawClient.open(lab.url())
    expect(await client.ask(1, 'run', { what: 'x' })).toEqual({ code: 'FORBIDDEN', message: 'Not you.' })
  })

  test('whose output does not fit the schema is an error of the server, not of the client', async () => {
    const lab = await startLab({ add: () => ({ sum: 'three' }) as unknown as { sum: number } })
    const client = await RawClient.open(lab.url())
    expect(await client.ask(1, 'add', { a: 1, b: 2 })).toMatchObject({ code: 'INTERNAL' })
    expect(lab.logged[0]?.details).toMatchObject({ err: { code: 'INVALID_OUTPUT' } })
  })

  test('whose output has no JSON form is an error of the server', async () => {
    const lab = await startLab({ run: () => ({ big: 1n }) })
    const client = await RawClient.open(lab.url())
    expect(await client.ask(1, 'run', { what: 'x' })).toMatchObject({ code: 'INTERNAL' })
  })

  test('that waits does not hold up the next message, and handlers start in order', async () => {
    const gate = deferred()
    const started: string[] = []
    const lab = await startLab({
      async run(_ctx, { what }) {
        started.push(what)
        if (what === 'slow') await gate.promise
        return what
      },
    })
    const client = await RawClient.open(lab.url())
    client.send(['request', 1, 'run', { what: 'slow' }])
    expect(await client.ask(2, 'run', { what: 'fast' })).toBe('fast')
    gate.resolve()
    expect(await client.next('reply', 1)).toEqual(['reply', 1, 'slow'])
    expect(started).toEqual(['slow', 'fast'])
  })

  test('is not asked twice under one id, and a cancelled request is not answered', async () => {
    const gate = deferred()
    const lab = await startLab({ run: () => gate.promise })
    const client = await RawClient.open(lab.url())
    client.send(['request', 1, 'run', { what: 'a' }])
    client.send(['request', 1, 'run', { what: 'b' }])
    expect(await client.next('error')).toMatchObject(['error', null, { code: 'DUPLICATE_ID' }])
    client.send(['cancel', 1])
    await client.ask(2, 'add', { a: 1, b: 1 })
    gate.resolve()
    await client.ask(3, 'add', { a: 1, b: 1 })
    expect(client.all('reply').map(([, id]) => id)).toEqual([2, 3])
  })

  test('is not asked for more than may wait', async () => {
    const gate = deferred()
    const lab = await startLab({ run: () => gate.promise }, { limits: { maxPending: 2 } })
    const client = await RawClient.open(lab.url())
    for (const id of [1, 2]) client.send(['request', id, 'run', { what: 'x' }])
    expect(await client.ask(3, 'run', { what: 'x' })).toMatchObject({ code: 'TOO_MANY_PENDING' })
    gate.resolve()
    await Promise.all([client.next('reply', 1), client.next('reply', 2)])
    expect(await client.ask(4, 'add', { a: 1, b: 1 })).toEqual({ sum: 2 })
  })
})

describe('events that come faster than their handlers are done', () => {
  test('wait, all of them, also when they come in one piece: none is refused, and their order is kept', async () => {
    const handled: string[] = []
    const running = { now: 0, most: 0 }
    const lab = await startLab(
      {
        async say(_ctx, { text }) {
          running.most = Math.max(running.most, ++running.now)
          handled.push(text)
          await new Promise((resolve) => setTimeout(resolve, 1))
          running.now--
        },
      },
      { limits: { maxPending: 10 } },
    )
    const client = await RawClient.open(lab.url())
    const texts = Array.from({ length: 500 }, (_, index) => `line ${index}`)
    inOnePiece(client, () => {
      for (const text of texts) client.send(['event', 'say', { text }])
    })
    expect(await client.ask(1, 'add', { a: 1, b: 2 })).toEqual({ sum: 3 })
    expect(handled).toEqual(texts)
    expect(running.most).toBe(10)
    expect(client.all('error')).toEqual([])
  })

  test('are refused when their handlers are never done, and a client that goes is noticed all the same', async () => {
    const limits = { maxPending: 5, pingTimeoutMs: 20 }
    const lab = await startLab({ say: () => new Promise(() => undefined) }, { limits })
    const client = await RawClient.open(lab.url())
    for (let index = 0; index < 6; index++) client.send(['event', 'say', { text: 'x' }])
    expect(await client.next('error')).toMatchObject(['error', null, { code: 'TOO_MANY_PENDING' }])
    expect(await client.close(1000)).toMatchObject({ code: 1000 })
    await expect.poll(() => lab.server.connections).toBe(0)
  })
})

/** Lets what `send` sends leave in as few packets as there can be. */
function inOnePiece(client: RawClient, send: () => void): void {
  const { _socket: socket } = client.socket as unknown as { readonly _socket: Socket }
  socket.cork()
  send()
  socket.uncork()
}

describe('handlers as a class', () => {
  test('have one instance for each connection', async () => {
    class Counting implements LabHandlers {
      #count = 0
      authorize = { vault: () => false }
      add() {
        this.#count++
        return { sum: this.#count }
      }
      run = () => this.#count
      say = () => undefined
      whisper = () => undefined
      fail = () => undefined
      tree = () => 0
    }
    const lab = await startLab(Counting)
    const first = await RawClient.open(lab.url())
    const second = await RawClient.open(lab.url())
    await first.ask(1, 'add', { a: 0, b: 0 })
    expect(await first.ask(2, 'add', { a: 0, b: 0 })).toEqual({ sum: 2 })
    expect(await second.ask(1, 'add', { a: 0, b: 0 })).toEqual({ sum: 1 })
  })

  test('whose constructor throws closes the connection alone', async () => {
    let broken = true
    const made = labHandlers()
    class Fragile {
      constructor() {
        if (broken) throw new Error('broken')
      }
    }
    Object.assign(Fragile.prototype, made)
    const lab = await startLab(Fragile as unknown as new () => LabHandlers)
    expect((await (await RawClient.open(lab.url())).ended).code).toBe(1011)
    broken = false
    const client = await RawClient.open(lab.url())
    expect(await client.ask(1, 'add', { a: 1, b: 1 })).toEqual({ sum: 2 })
  })
})

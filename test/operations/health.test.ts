import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Engine, memoryEngine } from '@wirepact/runtime'
import express from 'express'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { deferred, startLab, stopLabs } from '../runtime/lab.js'
import { RawClient } from '../support/raw-client.js'

const running: { close(): unknown }[] = []

afterEach(async () => {
  for (const one of running.splice(0)) one.close()
  await stopLabs()
})

const statusOf = async (url: string, init?: RequestInit) => (await fetch(url, init)).status

describe('health', () => {
  test('[nexios 30] says that the engine answers, how late the event loop is, and how many connections there are', async () => {
    const lab = await startLab()
    await RawClient.open(lab.url())
    expect(await lab.server.health()).toEqual({
      status: 'ok',
      isReady: true,
      engine: { isReachable: true, latencyMs: expect.any(Number) },
      eventLoopLagMs: expect.any(Number),
      connections: 1,
    })
  })

  test('is failing while the engine fails or does not answer', async () => {
    const engine: Engine = memoryEngine()
    const lab = await startLab({}, { engine })
    engine.sequence = () => Promise.reject(new Error('the disk is gone'))
    expect(await lab.server.health()).toMatchObject({ status: 'failing', isReady: false })
    engine.sequence = () => new Promise(() => undefined)
    const health = await lab.server.health({ engineTimeoutMs: 20 })
    expect(health).toMatchObject({ status: 'failing', engine: { isReachable: false } })
  })

  test('asks the engine once, however many want to know at the same time', async () => {
    const engine: Engine = memoryEngine()
    const lab = await startLab({}, { engine })
    const asked = vi.fn(() => 0)
    engine.sequence = asked
    await Promise.all([lab.server.health(), lab.server.health(), lab.server.health()])
    expect(asked).toHaveBeenCalledTimes(1)
  })

  test('notices an event loop that was blocked', async () => {
    const lab = await startLab()
    await lab.server.health()
    await new Promise((resolve) => setTimeout(resolve, 150))
    const until = performance.now() + 400
    while (performance.now() < until) Math.sqrt(until)
    await new Promise((resolve) => setTimeout(resolve, 150))
    const { eventLoopLagMs } = await lab.server.health()
    expect(eventLoopLagMs).toBeGreaterThan(200)
    expect(await lab.server.health({ maxLagMs: 100 })).toMatchObject({ status: 'ok', isReady: false })
  })
})

describe('health over HTTP', () => {
  test('is not served unless it is asked for', async () => {
    const lab = await startLab()
    expect(await statusOf(`http://127.0.0.1:${lab.port}/healthz`)).toBe(404)
    expect(await statusOf(`http://127.0.0.1:${lab.port}/readyz`)).toBe(404)
  })

  test('is served beside the routes, for GET and HEAD alone', async () => {
    const lab = await startLab({}, { health: true })
    const url = `http://127.0.0.1:${lab.port}`
    const live = await fetch(`${url}/healthz?probe`)
    expect([live.status, live.headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect(await live.json()).toMatchObject({ status: 'ok', isReady: true })
    expect(await statusOf(`${url}/readyz`, { method: 'HEAD' })).toBe(200)
    const refused = await fetch(`${url}/readyz`, { method: 'POST' })
    expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
    expect(await statusOf(`${url}/plain`)).toBe(426)
    expect(await statusOf(`${url}/elsewhere`)).toBe(404)
  })

  test('is not ready from the beginning of a drain on, and alive until its end', async () => {
    const { promise, resolve } = deferred()
    const lab = await startLab({ run: () => promise }, { health: { readyPath: '/ready', livePath: '/live' } })
    const url = `http://127.0.0.1:${lab.port}`
    const client = await RawClient.open(lab.url())
    const answer = client.ask(1, 'run', { what: '' })
    expect(await statusOf(`${url}/ready`)).toBe(200)
    const closed = lab.server.close({ drainMs: 1000 })
    expect(await statusOf(`${url}/ready`)).toBe(503)
    expect(await statusOf(`${url}/live`)).toBe(200)
    expect(await lab.server.health()).toMatchObject({ status: 'closing', isReady: false })
    resolve()
    await answer
    await closed
    expect(await lab.server.health()).toMatchObject({ status: 'closing' })
  })

  test('is mounted in Express, and on an HTTP server of its own', async () => {
    const lab = await startLab()
    const app = express()
    app.use('/internal', lab.server.healthListener())
    app.get('/internal/other', (_request, response) => void response.send('other'))
    const mounted = app.listen(0, '127.0.0.1')
    const own = createHttpServer(lab.server.healthListener({ readyPath: '/' })).listen(0, '127.0.0.1')
    running.push(mounted, own)
    await vi.waitFor(() => expect(own.listening && mounted.listening).toBe(true))
    const base = (server: typeof own) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    expect(await statusOf(`${base(mounted)}/internal/readyz`)).toBe(200)
    expect(await statusOf(`${base(mounted)}/internal/other`)).toBe(200)
    expect(await statusOf(`${base(own)}/`)).toBe(200)
    expect(await statusOf(`${base(own)}/other`)).toBe(404)
  })
})

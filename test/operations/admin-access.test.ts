import { once } from 'node:events'
import { createServer as createHttpServer, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdmin } from '@wirepact/runtime/admin'
import express from 'express'
import { afterEach, describe, expect, test } from 'vitest'
import { startLab } from '../runtime/lab.js'
import { RawClient } from '../support/raw-client.js'
import { json, keep, startAdmin, stopAdmins, token } from './admin-lab.js'

afterEach(stopAdmins)

describe('a request that is hostile or wrong', () => {
  test.each<[string, string, RequestInit, number, string]>([
    ['of an unknown path', 'nothing', {}, 404, 'ROUTE_NOT_FOUND'],
    ['of a path with more behind it', 'health/more', {}, 404, 'ROUTE_NOT_FOUND'],
    ['of a wrong method', 'connections', { method: 'DELETE' }, 405, 'METHOD_NOT_ALLOWED'],
    ['with a limit that is none', 'connections?limit=0', {}, 400, 'INVALID_QUERY'],
    ['with a limit that is too large', 'connections?limit=1001', {}, 400, 'INVALID_QUERY'],
    ['with a limit that is text', 'channels?limit=ten', {}, 400, 'INVALID_QUERY'],
    ['with two limits', 'channels?limit=1&limit=2', {}, 400, 'INVALID_QUERY'],
    ['with a cursor that is none', 'connections?after=-1', {}, 400, 'INVALID_QUERY'],
    ['with two directions', 'channels/room%2Fa/history?after=1&before=3', {}, 400, 'INVALID_QUERY'],
    ['of a broken path', 'channels/%E0%A4', {}, 400, 'INVALID_PATH'],
    ['of a channel that is none', `channels/${'a'.repeat(2000)}`, {}, 404, 'UNKNOWN_CHANNEL'],
    ['of a channel without a value', 'channels/room%2F', {}, 404, 'UNKNOWN_CHANNEL'],
    ['of a channel that is a dot', 'channels/room%2F..', {}, 404, 'UNKNOWN_CHANNEL'],
    ['of the history of one that leads away', 'channels/room%2F..%252Fa/history', {}, 404, 'UNKNOWN_CHANNEL'],
    ['with bad JSON', 'channels/room%2Fa/publications', json('{"message'), 400, 'INVALID_JSON'],
    ['with a list', 'channels/room%2Fa/publications', json('[]'), 400, 'INVALID_JSON'],
    [
      'with a name that is no text',
      'channels/room%2Fa/publications',
      json({ message: 1 }),
      400,
      'INVALID_JSON',
    ],
    [
      'with deep JSON',
      'channels/room%2Fa/publications',
      json(`${'['.repeat(200)}${']'.repeat(200)}`),
      400,
      'TOO_DEEP',
    ],
    ['that pollutes', 'channels/room%2Fa/publications', json('{"__proto__":{}}'), 400, 'FORBIDDEN_KEY'],
    [
      'with a form',
      'channels/room%2Fa/publications',
      { method: 'POST', body: new URLSearchParams({ a: 'b' }) },
      415,
      'WRONG_KIND',
    ],
    [
      'with no UTF-8',
      'channels/room%2Fa/publications',
      { ...json(''), body: new Uint8Array([0xff]) },
      400,
      'INVALID_JSON',
    ],
    [
      'with a huge body',
      'channels/room%2Fa/publications',
      json({ message: 'x'.repeat(1_100_000) }),
      413,
      'TOO_BIG',
    ],
  ])('%s is refused with a code', async (_what, path, init, status, code) => {
    const { call, lab } = await startAdmin()
    const response = await call(path, init)
    const text = await response.text()
    expect([response.status, JSON.parse(text).code]).toEqual([status, code])
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(text).not.toMatch(/\bat .*\.js/)
    expect(response.headers.get('access-control-allow-origin')).toBe(null)
    expect(lab.logged).toEqual([])
    expect((await call('health')).status).toBe(200)
  })

  test('of a wrong method learns the right ones', async () => {
    const { call } = await startAdmin()
    const allow = async (path: string) => (await call(path, { method: 'PUT' })).headers.get('allow')
    expect(await allow('channels/room%2Fa/history')).toBe('GET, DELETE, HEAD')
    expect(await allow('channels/room%2Fa/publications')).toBe('POST')
  })

  test('with a close code or reason that may not go over the wire leaves the connection alone', async () => {
    const { lab, client } = await startAdmin()
    await RawClient.open(lab.url())
    const id = (await client.GET('/connections')).data?.connections[0]?.id ?? ''
    for (const body of [{ code: 1006 }, { code: 1000, reason: 'x'.repeat(124) }, { code: 'no' as never }]) {
      const { error } = await client.POST('/connections/{id}/disconnect', { params: { path: { id } }, body })
      expect(error).toMatchObject({ status: 400, code: 'INVALID_CLOSE' })
    }
    expect(lab.server.connections).toBe(1)
  })

  test('without the token is refused before anything is looked at', async () => {
    const { url } = await startAdmin()
    const wrong = [
      undefined,
      'Bearer',
      `Basic ${token}`,
      `Bearer ${token}x`,
      `Bearer ${token.slice(1)}`,
      token,
    ]
    for (const authorization of wrong) {
      for (const path of ['connections', 'nothing', 'openapi.json', 'health']) {
        const response = await fetch(`${url}${path}`, authorization ? { headers: { authorization } } : {})
        expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
        expect(await response.json()).toMatchObject({ code: 'UNAUTHENTICATED' })
      }
    }
    expect((await fetch(`${url}health`, { method: 'OPTIONS' })).status).toBe(401)
  })

  test('that breaks off in the middle of its body does no harm', async () => {
    const { url, call } = await startAdmin()
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': 100,
    }
    const broken = httpRequest(`${url}channels/room%2Fa/publications`, { method: 'POST', headers })
    broken.on('error', () => undefined)
    broken.write('{')
    await new Promise((resolve) => broken.once('socket', (socket) => socket.once('connect', resolve)))
    broken.destroy()
    expect((await call('health')).status).toBe(200)
  })

  test('whose body somebody else has read is not taken for one without', async () => {
    const { lab, admin } = await startAdmin()
    const client = await RawClient.open(lab.url())
    const [, { connection }] = client.all('welcome')[0] as unknown as [string, { connection: string }]
    const app = express().use(express.json()).use(admin.listener)
    const http = keep(app.listen(0, '127.0.0.1'))
    await once(http, 'listening')
    const { port } = http.address() as AddressInfo
    const response = await fetch(`http://127.0.0.1:${port}/connections/${connection}/disconnect`, {
      ...json({ code: 4321 }),
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    })
    expect(response.status).toBe(500)
    expect(client.socket.readyState).toBe(client.socket.OPEN)
    expect(lab.logged).toMatchObject([{ details: { err: { message: /read already/ } } }])
  })

  test('that fails in the engine is logged, and nothing of it is told', async () => {
    const { lab, call } = await startAdmin()
    lab.server.health = () => Promise.reject(new Error('the secret of the engine'))
    const response = await call('health')
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('secret')
    expect(lab.logged).toMatchObject([
      { level: 'error', details: { err: { message: 'the secret of the engine' } } },
    ])
  })
})

describe('the access', () => {
  test('is required, and a short token is none', async () => {
    const { server } = await startLab()
    expect(() => createAdmin(server, {} as never)).toThrow(TypeError)
    expect(() => createAdmin(server, { token: '' })).toThrow('at least 16 characters')
    expect(() => createAdmin(server, { token: 'short' })).toThrow(TypeError)
    expect(() => createAdmin(server, { verify: true as never })).toThrow(TypeError)
    expect(() => createAdmin({ health: server.health } as never, { token })).toThrow(TypeError)
  })

  test('can be a function, which lets in nobody when it fails or answers anything but true', async () => {
    const { server } = await startLab()
    const answers: Record<string, unknown> = {
      yes: true,
      no: false,
      odd: 'true',
      late: Promise.resolve(true),
    }
    const verify = ({ headers }: { headers: Record<string, unknown> }) => {
      if (headers['x-who'] === 'broken') throw new Error('broken')
      return answers[String(headers['x-who'])] as boolean
    }
    const admin = createAdmin(server, { verify, prefix: '/admin' })
    const http = createHttpServer(admin.listener).listen(0, '127.0.0.1')
    keep(http)
    await new Promise((resolve) => http.once('listening', resolve))
    const base = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
    const ask = async (who: string, path = '/admin/counters') =>
      (await fetch(base + path, { headers: { 'x-who': who } })).status
    expect(
      await Promise.all(['yes', 'late', 'no', 'odd', 'nobody', 'broken'].map((who) => ask(who))),
    ).toEqual([200, 200, 401, 401, 401, 500])
    expect([await ask('yes', '/counters'), await ask('yes', '/administer')]).toEqual([404, 404])
    http.closeAllConnections()
  })

  test('listens once, on this machine alone unless it is told otherwise', async () => {
    const { admin } = await startAdmin()
    await expect(admin.listen()).rejects.toThrow('listens already')
    const other = createAdmin((await startLab()).server, { token })
    keep(other)
    expect((await other.listen()).host).toBe('127.0.0.1')
  })
})

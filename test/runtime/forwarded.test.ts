import type { ServerOptions } from '@wirepact/runtime'
import { afterEach, describe, expect, test } from 'vitest'
import { RawClient } from '../support/raw-client.js'
import { refused } from '../support/refused.js'
import { deferred } from './lab.js'
import { type BenchContext, startBench, stopBenches } from './support/bench.js'

afterEach(stopBenches)

type TrustProxy = NonNullable<ServerOptions['trustProxy']>

/** Where a connection with these headers comes from, as its handlers see it. */
async function origination(trustProxy: TrustProxy, headers: Record<string, string>) {
  const context = deferred<BenchContext>()
  const { url } = await startBench({}, { connect: (ctx) => context.resolve(ctx) }, { trustProxy })
  const client = await RawClient.open(url, { headers: { host: 'inner:8080', ...headers } })
  const { remote, host, port, protocol } = (await context.promise).request
  client.socket.terminate()
  return { address: remote.address, from: remote.port, host, port, protocol }
}

const forwarded = {
  'x-forwarded-for': '203.0.113.9, 198.51.100.7',
  'x-forwarded-proto': 'https',
  'x-forwarded-host': 'example.org',
  forwarded: 'for=192.0.2.60;proto=https;host=rfc.example',
}

describe('where a connection comes from', () => {
  test('is what the socket says, whatever headers say, unless proxies are trusted', async () => {
    const own = { address: '127.0.0.1', host: 'inner:8080', port: 8080, protocol: 'ws' }
    expect(await origination(false, forwarded)).toMatchObject({ ...own, from: expect.any(Number) })
    expect(await origination(0, forwarded)).toMatchObject(own)
    expect(await origination([], forwarded)).toMatchObject(own)
    expect(await origination(['10.0.0.0/8'], forwarded)).toMatchObject(own)
  })

  test('is read from the right, over as many proxies as are trusted', async () => {
    const outer = { host: 'example.org', port: 443, protocol: 'wss', from: 0 }
    expect(await origination(1, forwarded)).toEqual({ address: '198.51.100.7', ...outer })
    expect(await origination(2, forwarded)).toEqual({ address: '203.0.113.9', ...outer })
    expect(await origination(9, forwarded)).toEqual({ address: '203.0.113.9', ...outer })
  })

  test.each([
    [['127.0.0.1'], '198.51.100.7'],
    [['127.0.0.0/8', '198.51.100.0/24'], '203.0.113.9'],
    [['127.0.0.1', '203.0.113.9'], '198.51.100.7'],
    [['::ffff:127.0.0.1'], '198.51.100.7'],
    [['::ffff:7f00:1'], '198.51.100.7'],
    [['::FFFF:7F00:1', '::ffff:cb00:7109'], '198.51.100.7'],
    [['0.0.0.0/0'], '203.0.113.9'],
  ])('is the first address from the right that is none of the trusted ones: %j', async (proxies, address) => {
    expect((await origination(proxies, forwarded)).address).toBe(address)
  })

  test.each([
    ['for=192.0.2.60;proto=https;host=rfc.example', '192.0.2.60', 0, 'rfc.example'],
    [
      'for=192.0.2.1, For="[2001:db8::17]:4711" ; HOST="a.example:8443"',
      '2001:db8::17',
      4711,
      'a.example:8443',
    ],
    ['for="192.0.2.43:47011";by="x;y,z\\"";host=q.example', '192.0.2.43', 47011, 'q.example'],
    ['for=unknown;host=rfc.example', '127.0.0.1', undefined, 'inner:8080'],
    ['for=_hidden', '127.0.0.1', undefined, 'inner:8080'],
    ['proto=https;host=rfc.example', '127.0.0.1', undefined, 'rfc.example'],
  ])('is read from Forwarded where the proxies write that: %s', async (header, address, from, host) => {
    const seen = await origination({ proxies: 1, header: 'forwarded' }, { ...forwarded, forwarded: header })
    expect([seen.address, seen.host]).toEqual([address, host])
    if (from !== undefined) expect(seen.from).toBe(from)
  })

  test.each([
    [{ 'x-forwarded-for': ',,, ,' }, '127.0.0.1', 'inner:8080', 'ws'],
    [{ 'x-forwarded-for': '<script>, 1.2.3' }, '127.0.0.1', 'inner:8080', 'ws'],
    [{ 'x-forwarded-for': '203.0.113.9, 999.1.1.1' }, '127.0.0.1', 'inner:8080', 'ws'],
    [{ 'x-forwarded-for': '203.0.113.9:99999999' }, '127.0.0.1', 'inner:8080', 'ws'],
    [{ 'x-forwarded-for': '::ffff:203.0.113.9' }, '203.0.113.9', 'inner:8080', 'ws'],
    [{ 'x-forwarded-for': '2001:db8::1' }, '2001:db8::1', 'inner:8080', 'ws'],
    [{ 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'gopher' }, '203.0.113.9', 'inner:8080', 'ws'],
    [{ 'x-forwarded-for': '203.0.113.9', 'x-forwarded-host': 'a b"' }, '203.0.113.9', 'inner:8080', 'ws'],
    [{ 'x-forwarded-proto': 'https', 'x-forwarded-host': 'b.example' }, '127.0.0.1', 'b.example', 'wss'],
    [{ 'x-forwarded-for': 'x'.repeat(8000) }, '127.0.0.1', 'inner:8080', 'ws'],
  ])('survives what is malformed: %o', async (headers, address, host, protocol) => {
    expect(await origination(2, headers as Record<string, string>)).toMatchObject({ address, host, protocol })
  })

  test.each(['{"', '";"";=', 'for="', 'for=\\', ';;;,,,===', '"'.repeat(4000)])(
    'survives a Forwarded that is malformed: %s',
    async (header) => {
      const seen = await origination({ proxies: 3, header: 'forwarded' }, { forwarded: header })
      expect(seen).toMatchObject({ address: '127.0.0.1', host: 'inner:8080' })
    },
  )

  test('decides which pages are of this host', async () => {
    const { url } = await startBench({}, {}, { trustProxy: 1 })
    const headers = { 'x-forwarded-host': 'example.org', 'x-forwarded-for': '203.0.113.9' }
    const client = await RawClient.open(url, { headers, origin: 'https://example.org' })
    expect(client.all('welcome')).toHaveLength(1)
    const other = await refused(url, { headers, origin: url.replace('ws:', 'http:').replace('/bench', '') })
    expect(other.body.code).toBe('ORIGIN_REFUSED')
  })

  test.each([[-1], [1.5], [['10.0.0.0/33']], [['10.0.0.0/']], [['proxy.local']], [['10.0.0.0/8/8']], [['']]])(
    'cannot be said by proxies that are none: %j',
    async (trustProxy) => {
      await expect(startBench({}, {}, { trustProxy })).rejects.toThrow(RangeError)
    },
  )
})

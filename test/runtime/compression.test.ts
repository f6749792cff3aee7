import { once } from 'node:events'
import { syncBuiltinESMExports } from 'node:module'
import { connect } from 'node:net'
import zlib, { deflateRawSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import WebSocket from 'ws'
import { framesOf } from '../support/frames-of.js'
import { RawClient } from '../support/raw-client.js'
import { anything, bytes, startBench, stopBenches } from './support/bench.js'

afterEach(stopBenches)

const route = {
  receives: {
    publish: { kind: 'request', input: anything, output: anything, errors: {} },
    echo: { kind: 'request', input: anything, output: anything, errors: {} },
    blob: { kind: 'request', input: anything, output: bytes, errors: {} },
  },
  channels: {
    room: { name: 'room', join: 'handler', messages: { said: { data: anything, history: false } } },
  },
} as const

/** A server with one channel that everybody is in. */
async function start(options = {}) {
  return startBench(
    route,
    {
      connect: (ctx) => ctx.channels.room?.().join(),
      publish: async (ctx, data: unknown[]) => {
        await Promise.all(data.map((one) => ctx.channels.room?.().publish('said', one)))
      },
      echo: (_ctx, data) => data,
      blob: (_ctx, size: number) => new Uint8Array(size),
    },
    options,
  )
}

const long = 'abcdefgh'.repeat(1000)
const short = 'short'

/** Connects and keeps the bytes of every frame as it comes over the wire. */
async function watch(url: string, perMessageDeflate: WebSocket.ClientOptions['perMessageDeflate']) {
  const client = await RawClient.open(url, { perMessageDeflate })
  const { _socket: socket } = client.socket as unknown as { _socket: import('node:stream').Duplex }
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  return { client, frames: () => framesOf(Buffer.concat(chunks)) }
}

/** How many messages are compressed while something is done. */
async function countDeflates(run: () => Promise<void>): Promise<number> {
  const original = zlib.deflateRawSync
  let count = 0
  zlib.deflateRawSync = (...given) => {
    count++
    return original(...given)
  }
  syncBuiltinESMExports()
  try {
    await run()
  } finally {
    zlib.deflateRawSync = original
    syncBuiltinESMExports()
  }
  return count
}

describe('compression', () => {
  test('is not agreed on unless the server was asked for it', async () => {
    const { url } = await start()
    const { client } = await watch(url, true)
    expect(client.socket.extensions).toBe('')
  })

  test('keeps no memory of earlier messages on either side', async () => {
    const { url } = await start({ compression: true })
    const socket = new WebSocket(url, { perMessageDeflate: true })
    const [response] = await once(socket, 'upgrade')
    expect(response.headers['sec-websocket-extensions']?.split('; ').sort()).toEqual([
      'client_no_context_takeover',
      'permessage-deflate',
      'server_no_context_takeover',
    ])
    socket.terminate()
  })

  test('reaches those that can read it, and the others get the same in the same order', async () => {
    const { url } = await start({ compression: true })
    const reads = await watch(url, true)
    const cannot = await watch(url, false)
    const both = await watch(url, { serverNoContextTakeover: true, clientNoContextTakeover: true })
    expect([reads, cannot, both].map(({ client }) => client.socket.extensions)).toEqual([
      'permessage-deflate',
      '',
      'permessage-deflate',
    ])
    const data = [long, short, `${long}2`, 1, { long }, short, long]
    await reads.client.ask(1, 'publish', data)
    for (const { client } of [reads, cannot, both]) {
      await client.ask(2, 'echo', 0)
      expect(client.all('publication').map((frame) => frame[3])).toEqual(data)
    }
    const isCompressed = (one: typeof reads) =>
      one
        .frames()
        .filter(({ length }) => length > 20)
        .map(({ compressed }) => compressed)
    expect(isCompressed(cannot).some(Boolean)).toBe(false)
    expect(reads.frames().filter(({ compressed }) => compressed)).toHaveLength(4)
    const bytesOf = (one: typeof reads) => one.frames().reduce((sum, { length }) => sum + length, 0)
    expect(bytesOf(reads)).toBeLessThan(bytesOf(cannot) / 10)
  })

  test('makes one frame that all members share', async () => {
    const { url } = await start({ compression: true })
    const members = [await watch(url, true), await watch(url, true)]
    const compressed = await countDeflates(async () => {
      await members[0]?.client.ask(1, 'publish', [long])
      await Promise.all(members.map(({ client }) => client.next('publication')))
    })
    expect(compressed).toBe(1)
    const [a, b] = members.map(({ frames }) => frames().find(({ compressed }) => compressed)?.payload)
    expect(a?.length).toBeGreaterThan(0)
    expect(a).toEqual(b)
  })

  test('leaves alone what is small, what is large, and what gets no smaller', async () => {
    const { url } = await start({ compression: { thresholdBytes: 100, maxBytes: 5000 } })
    const { client, frames } = await watch(url, true)
    const noise = Array.from({ length: 300 }, (_, index) =>
      String.fromCodePoint(33 + ((index * 7919) % 4001)),
    ).join('')
    for (const [id, data] of ['x'.repeat(50), 'x'.repeat(1000), long, noise].entries())
      expect(await client.ask(id, 'echo', data)).toBe(data)
    const replies = frames().filter(({ length }) => length > 10)
    expect(replies.map(({ compressed }) => compressed).slice(0, 3)).toEqual([false, true, false])
  })

  test('is for bytes as for text', async () => {
    const { url } = await start({ compression: true })
    const { client, frames } = await watch(url, true)
    client.send(['request', 1, 'blob', 50_000])
    const reply = await client.next('reply', 1)
    expect(reply.at(-1)).toHaveLength(50_000)
    expect(frames().some(({ compressed, length }) => compressed && length < 1000)).toBe(true)
  })

  test('takes messages that clients compress', async () => {
    const { url } = await start({ compression: true })
    const { client } = await watch(url, { threshold: 0 })
    expect(await client.ask(1, 'echo', long)).toBe(long)
    expect(await client.ask(2, 'echo', long)).toBe(long)
  })

  test('sends everything as it is to a client that wants a smaller window', async () => {
    const { url } = await start({ compression: true })
    const { client, frames } = await watch(url, { serverMaxWindowBits: 9 })
    expect(await client.ask(1, 'echo', long)).toBe(long)
    expect(frames().some(({ compressed }) => compressed)).toBe(false)
  })

  test('does not let a small message become a large one: 1009, and nobody else notices', async () => {
    const { url } = await start({ compression: true, limits: { maxPayloadBytes: 10_000 } })
    const [bad, good] = [
      await RawClient.open(url, { perMessageDeflate: { threshold: 0 } }),
      await RawClient.open(url),
    ]
    const bomb = JSON.stringify(['request', 1, 'echo', 'x'.repeat(5_000_000)])
    expect(deflateRawSync(bomb).length).toBeLessThan(10_000)
    bad.sendText(bomb)
    expect((await bad.ended).code).toBe(1009)
    expect(await good.ask(1, 'echo', 1)).toBe(1)
  })

  test('that a client asks for in words that are none is refused with 400, and leaves no seat taken', async () => {
    const { url } = await start({ compression: true, limits: { maxConnections: 1 } })
    const { hostname, port } = new URL(url)
    const answer = async () => {
      const socket = connect(Number(port), hostname)
      socket.write(
        `GET /bench HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=99\r\n\r\n`,
      )
      const chunks: Buffer[] = []
      socket.on('data', (chunk) => chunks.push(chunk))
      await once(socket, 'close')
      return Buffer.concat(chunks).toString()
    }
    for (let attempt = 0; attempt < 2; attempt++) {
      const text = await answer()
      expect(text).toMatch(/^HTTP\/1\.1 400 /)
      expect(text).toContain('"code":"INVALID_HANDSHAKE"')
    }
    expect((await RawClient.open(url)).all('welcome')).toHaveLength(1)
  })

  test.each([{ level: 0 }, { level: 10 }, { level: 1.5 }, { thresholdBytes: -1 }, { maxBytes: Number.NaN }])(
    'refuses %j',
    async (compression) => {
      await expect(start({ compression })).rejects.toThrow(RangeError)
    },
  )
})

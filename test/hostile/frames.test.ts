import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import WebSocket from 'ws'
import { type Bench, stopBenches } from '../runtime/support/bench.js'
import { frameCases, maxPayloadBytes } from './frame-cases.js'
import { startBareWs, startEcho } from './support/echo-servers.js'
import { close, fragments, ping, text } from './support/frame-bytes.js'
import { inBatches } from './support/in-batches.js'
import { RawSocket, type Verdict } from './support/raw-socket.js'

let bench: Bench
let bare: { readonly port: number; close(): void }
/** A client that behaves, all the while, and what came back to it. */
let witness: WebSocket
const heard: string[] = []
const verdicts = new Map<string, { readonly ours: Verdict; readonly theirs: Verdict }>()
const port = () => Number(new URL(bench.url).port)

beforeAll(async () => {
  bench = await startEcho(maxPayloadBytes)
  bare = await startBareWs(maxPayloadBytes)
  witness = new WebSocket(bench.url)
  witness.on('message', (data: Buffer) => heard.push(data.toString()))
  await new Promise((resolve) => witness.once('open', resolve))
  await inBatches(frameCases, async ({ name, bytes }) => {
    witness.send(name)
    const [ours, theirs] = await Promise.all([judge(port(), '/bench', bytes), judge(bare.port, '/', bytes)])
    verdicts.set(name, { ours, theirs })
  })
})

afterAll(async () => {
  witness.terminate()
  await stopBenches()
  bare.close()
})

/** Says goodbye behind what a case sends, so that what goes on comes to an end as well. */
async function judge(at: number, path: string, bytes: Uint8Array): Promise<Verdict> {
  const socket = await RawSocket.open(at, path)
  socket.write(Buffer.concat([bytes, close(1000)]))
  return socket.ended
}

describe('frames are answered as they deserve, and as ws answers them', () => {
  test.each(frameCases.map((one) => [one.name, one] as const))('%s', (name, one) => {
    const expected = {
      messages: one.messages ?? [],
      pongs: one.pongs ?? [],
      close: one.close ?? 1000,
      wentOn: false,
    }
    expect(verdicts.get(name)?.ours).toEqual(expected)
    expect(verdicts.get(name)?.theirs).toEqual(expected)
  })

  test('and whoever behaves gets an answer to everything, in order', async () => {
    witness.send('last')
    while (heard.at(-1) !== 'last') await new Promise((resolve) => witness.once('message', resolve))
    expect(heard).toEqual([...frameCases.map(({ name }) => name), 'last'])
  })
})

describe('frames that come in odd pieces', () => {
  const all = Buffer.concat([text('hé'), fragments(['a', '€'.repeat(50), '']), ping('p'), close(1000)])
  const expected = { messages: ['hé', `a${'€'.repeat(50)}`], pongs: ['p'], close: 1000, wentOn: false }

  test('byte by byte', async () => {
    const socket = await RawSocket.open(port(), '/bench')
    await socket.dribble(all)
    expect(await socket.ended).toEqual(expected)
  })

  test('together with the handshake', async () => {
    expect(await (await RawSocket.open(port(), '/bench', all)).ended).toEqual(expected)
  })

  test('half with the handshake, half behind it', async () => {
    const socket = await RawSocket.open(port(), '/bench', all.subarray(0, 20))
    socket.write(all.subarray(20))
    expect(await socket.ended).toEqual(expected)
  })

  test.each([1, 2, 5, 9])('half a frame and then the end, after %d bytes', async (length) => {
    const before = bench.server.connections
    const socket = await RawSocket.open(port(), '/bench')
    socket.write(Buffer.concat([text('whole'), text('hello').subarray(0, length)]))
    await socket.messages(1)
    socket.socket.end()
    expect(await socket.ended).toMatchObject({ messages: ['whole'], pongs: [] })
    expect(bench.server.connections).toBe(before)
  })

  test('half a frame and then a reset', async () => {
    const before = bench.server.connections
    const socket = await RawSocket.open(port(), '/bench')
    socket.write(text('hello').subarray(0, 6))
    socket.socket.resetAndDestroy()
    await socket.ended
    while (bench.server.connections > before) await new Promise((resolve) => setTimeout(resolve, 5))
  })
})

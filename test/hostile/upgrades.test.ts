import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Bench, stopBenches } from '../runtime/support/bench.js'
import { startBareWs, startEcho } from './support/echo-servers.js'
import { close, text } from './support/frame-bytes.js'
import { inBatches } from './support/in-batches.js'
import { RawSocket } from './support/raw-socket.js'
import { upgradeCases } from './upgrade-cases.js'

let bench: Bench
let bare: { readonly port: number; close(): void }
const statuses = new Map<string, { readonly ours: number; readonly theirs: number }>()
const port = () => Number(new URL(bench.url).port)

beforeAll(async () => {
  bench = await startEcho(1000)
  bare = await startBareWs(1000)
  await inBatches(upgradeCases, async ({ name, request }) => {
    const [ours, theirs] = await Promise.all([ask(port(), request), ask(bare.port, request)])
    statuses.set(name, { ours, theirs })
  })
})

afterAll(async () => {
  await stopBenches()
  bare.close()
})

/** The status of the first answer to some text; 0 when the connection ends without one. */
async function ask(at: number, request: string): Promise<number> {
  const socket = connect(at, '127.0.0.1')
  socket.on('error', () => undefined)
  socket.write(request, 'latin1')
  const [head] = (await Promise.race([once(socket, 'data'), once(socket, 'close')])) as [unknown]
  socket.destroy()
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(String(head))?.[1] ?? 0)
}

describe('an opening handshake', () => {
  test.each(upgradeCases)(
    'with $name is answered $status, and never lets in whom ws does not',
    ({ name, status }) => {
      const { ours, theirs } = statuses.get(name) ?? {}
      expect(ours).toBe(status)
      if (theirs !== 101) expect(ours).not.toBe(101)
    },
  )

  test('that comes byte by byte is answered, and one that breaks off harms nobody', async () => {
    const { request } = upgradeCases[0] as { request: string }
    const broken = connect(port(), '127.0.0.1')
    broken.on('error', () => undefined)
    broken.write(request.slice(0, 60))
    const slow = connect(port(), '127.0.0.1')
    for (const character of request) {
      slow.write(character)
      await new Promise((resolve) => setImmediate(resolve))
    }
    const [head] = (await once(slow, 'data')) as [Buffer]
    expect(String(head)).toMatch(/^HTTP\/1\.1 101 /)
    broken.resetAndDestroy()
    slow.destroy()
    const socket = await RawSocket.open(port(), '/bench', Buffer.concat([text('well'), close(1000)]))
    expect(await socket.ended).toMatchObject({ messages: ['well'], close: 1000 })
  })
})

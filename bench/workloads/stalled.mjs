import { measureInTurns } from '../lib/measure.mjs'
import { nowMs } from '../lib/payloads.mjs'
import { quantile } from '../lib/statistics.mjs'

const textBytes = 4000
const at = Buffer.from('"at":')

/** The longest head of a frame from a server (RFC 6455, section 5.2). */
const maxHeadBytes = 10

/** Publications between two looks at what the server has queued, and how many are tried before giving up: 64 MB. */
const fillTurns = 64
const maxFillTurns = 16_000

/** Enough for everything that a member is sent that never reads: it is not to be dropped while it is measured. */
const enoughBytes = 256 * 1024 * 1024

/**
 * How long publications are on their way to members that read, at the 99th percentile, in milliseconds, while one more
 * member does not read: beside `peer`, which has such a member, too, or, without a peer, beside ours where that member
 * reads. It joins first, and is sent so much that the system takes no more of it: `minQueuedBytes` wait in the server
 * before anything is measured. Throws where the server has let go of it, or had nothing queued for it at some time.
 */
export function measureStalled({
  peer,
  members = 500,
  minQueuedBytes = 1024 * 1024,
  maxBufferedBytes = enoughBytes,
  effort,
}) {
  let filled = 0
  const stall = async (contender) => {
    contender.isStalled = true
    contender.sockets[0].pause()
    filled = await fill(contender, minQueuedBytes)
  }
  // The same has been published, to one who takes it.
  const read = async ({ sockets, server }) => {
    sockets[0].onMessage = () => undefined
    await server.ask('publish', { turns: filled, burst: 1, textBytes })
  }
  const side = (name, begin) => {
    const { server, open } = settings(maxBufferedBytes)[name]
    const prepare = async (contender) => {
      await begin(contender)
      await contender.connect(members, open)
    }
    return { name, server, open, connections: 1, prepare }
  }
  return measureInTurns({
    ...effort,
    ours: side('wirepact', stall),
    theirs: peer === undefined ? side('wirepact', read) : side(peer, stall),
    run: (contender) => measureBlock(contender, effort.turns),
  })
}

/** Who is never heard of again is not to be dropped for that either; `ws` sends no pings by itself. */
const settings = (maxBufferedBytes) => ({
  wirepact: { server: { limits: { maxBufferedBytes, pingIntervalMs: 0 } }, open: { channel: 'feed' } },
  ws: { server: { maxBufferedBytes }, open: {} },
})

/** Resolves with how many publications it took. */
async function fill(contender, minQueuedBytes) {
  for (let turns = 0; turns <= maxFillTurns; turns += fillTurns) {
    if ((await readQueue(contender)) >= minQueuedBytes) return turns
    await contender.server.ask('publish', { turns: fillTurns, burst: 1, textBytes })
  }
  throw new Error(
    'The system took everything for the member that does not read, and the server queued nothing.',
  )
}

/** What waits in the server for the member that does not read. */
async function readQueue({ name, server, sockets }) {
  const { connections, queuedBytes } = await server.ask('backlog')
  if (connections !== sockets.length) {
    const left = `${connections} of ${sockets.length} connections are left`
    throw new Error(`${name} let go of the member that does not read: ${left}.`)
  }
  return queuedBytes
}

async function measureBlock(contender, turns) {
  const { p99, sentBytes } = await publish(contender, turns)
  if (contender.isStalled !== true) return p99
  // What waits leaves in its order: had the queue been empty, no more could wait than what was published since.
  const queuedBytes = await readQueue(contender)
  if (queuedBytes > sentBytes) return p99
  const waits = `${queuedBytes} bytes wait of ${sentBytes} that a block has published`
  throw new Error(`${contender.name} had nothing queued for the member that does not read: ${waits}.`)
}

/** Resolves when every member that reads has everything, with the bytes that each of them was sent, at most. */
async function publish({ sockets, server }, turns) {
  const delays = []
  const delivered = sockets.slice(1).map((socket) => {
    return new Promise((resolve, reject) => {
      let [count, bytes] = [0, 0]
      socket.whenLost(() => reject(new Error('The server ended a connection.')))
      socket.onMessage = (buffer, { start, end }) => {
        delays.push(nowMs() - publishedAt(buffer, start))
        bytes += end - start + maxHeadBytes
        count++
        if (count === turns) resolve(bytes)
      }
    })
  })
  const published = server.ask('publish', { turns, burst: 1, textBytes, pauseEvery: 1 })
  const [sentBytes] = await Promise.all([...delivered, published])
  return { p99: quantile(delays, 0.99), sentBytes }
}

function publishedAt(buffer, start) {
  const begin = buffer.indexOf(at, start) + at.length
  return Number(buffer.toString('latin1', begin, buffer.indexOf(0x2c, begin)))
}

import { measureInTurns } from '../lib/measure.mjs'
import { nowMs } from '../lib/payloads.mjs'
import { quantile } from '../lib/statistics.mjs'

const members = 500
const at = Buffer.from('"at":')

/**
 * How long publications are on their way to members that read, at the 99th percentile, in milliseconds: on a server
 * where one more member has stopped reading, and on one where none has.
 */
export function measureStalled({ effort }) {
  const open = { channel: 'feed' }
  const stall = async (contender) => {
    await contender.connect(1, open)
    contender.sockets.pop().pause()
  }
  return measureInTurns({
    ...effort,
    ours: { name: 'wirepact', connections: members, open, prepare: stall },
    theirs: { name: 'wirepact', connections: members, open },
    run: (contender) => latency(contender, effort.turns),
  })
}

async function latency({ sockets, server }, turns) {
  const delays = []
  const delivered = sockets.map((socket) => {
    return new Promise((resolve, reject) => {
      let count = 0
      socket.whenLost(() => reject(new Error('The server ended a connection.')))
      socket.onMessage = (buffer, { start }) => {
        delays.push(nowMs() - publishedAt(buffer, start))
        count++
        if (count === turns) resolve()
      }
    })
  })
  await server.ask('publish', { turns, burst: 1, textBytes: 4000, pauseEvery: 1 })
  await Promise.all(delivered)
  return quantile(delays, 0.99)
}

function publishedAt(buffer, start) {
  const begin = buffer.indexOf(at, start) + at.length
  return Number(buffer.toString('latin1', begin, buffer.indexOf(0x2c, begin)))
}

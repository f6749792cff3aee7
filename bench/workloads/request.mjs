import { clientFrame } from '../lib/frames.mjs'
import { measureInTurns } from '../lib/measure.mjs'
import { order, toReceipt } from '../lib/payloads.mjs'
import { readText } from '../lib/socket.mjs'

const connections = 100
/** How many ids are used in turn: some servers free one only after the answer has left. */
const ids = 64

/** Processor time of the server per request and reply, in microseconds. */
export function measureRequests({ peer, inFlight, effort }) {
  const perSocket = effort.messages / connections
  return measureInTurns({
    ...effort,
    ours: { name: 'wirepact', connections },
    theirs: { name: peer, connections },
    run: async (contender) => {
      const work = () => exchange(contender, { inFlight, perSocket })
      return (await contender.server.usageOf(work)) / (perSocket * connections)
    },
  })
}

/**
 * Every socket keeps `inFlight` requests on their way until `perSocket` have been answered. Replies are counted; the
 * first to each socket is read, too, and has to be what was asked for.
 */
export function exchange({ sockets, peer }, { inFlight, perSocket }) {
  const frames = Array.from({ length: ids }, (_, id) => clientFrame(peer.request(id + 1)))
  const work = { frames, peer, inFlight, perSocket }
  return Promise.all(sockets.map((socket) => exchangeOn(socket, work)))
}

function exchangeOn(socket, { frames, peer, inFlight, perSocket }) {
  const { isReply = () => true } = peer
  return new Promise((resolve, reject) => {
    socket.whenLost(() => reject(new Error('The server ended a connection.')))
    let [sent, received, due] = [inFlight, 0, 0]
    const count = (buffer, head) => {
      if (!isReply(buffer, head)) return
      received++
      if (received === perSocket) resolve()
      if (sent + due < perSocket) due++
    }
    socket.onMessage = (buffer, head) => {
      socket.onMessage = count
      const problem = findProblem(readText(buffer, head), { peer, inFlight })
      if (problem === undefined) count(buffer, head)
      else reject(new Error(problem))
    }
    socket.onPause = () => {
      if (due === 0) return
      const next = Array.from({ length: due }, (_, index) => frames[(sent + index) % ids])
      sent += due
      due = 0
      socket.write(next.length === 1 ? next[0] : Buffer.concat(next))
    }
    socket.write(Buffer.concat(frames.slice(0, inFlight)))
  })
}

/** What is wrong with the first reply to the ids 1 to `inFlight`: they may be answered in any order. */
function findProblem(text, { peer, inFlight }) {
  const { id, receipt } = readReply(text, peer)
  const { symbol, total } = toReceipt(order)
  if (id >= 1 && id <= inFlight && receipt?.symbol === symbol && receipt.total === total) return undefined
  return `The order was answered with ${text}.`
}

/** What is no reply at all has nothing that is looked for. */
function readReply(text, peer) {
  try {
    return peer.readReply(text)
  } catch {
    return {}
  }
}

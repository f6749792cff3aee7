import { clientFrame } from '../lib/frames.mjs'
import { measureInTurns } from '../lib/measure.mjs'

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

/** Every socket keeps `inFlight` requests on their way until `perSocket` have been answered. */
export function exchange({ sockets, peer }, { inFlight, perSocket }) {
  const frames = Array.from({ length: ids }, (_, id) => clientFrame(peer.request(id + 1)))
  const { isReply = () => true } = peer
  return Promise.all(
    sockets.map((socket) => {
      return new Promise((resolve, reject) => {
        socket.whenLost(() => reject(new Error('The server ended a connection.')))
        let [sent, received, due] = [inFlight, 0, 0]
        socket.onMessage = (buffer, head) => {
          if (!isReply(buffer, head)) return
          received++
          if (received === perSocket) resolve()
          if (sent + due < perSocket) due++
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
    }),
  )
}

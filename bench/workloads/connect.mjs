import { measureInTurns } from '../lib/measure.mjs'

/** Processor time of the server to take a connection, make it ready and lose it again, in microseconds. */
export function measureConnects({ peer, effort }) {
  return measureInTurns({
    ...effort,
    ours: { name: 'wirepact', connections: 0 },
    theirs: { name: peer, connections: 0 },
    run: async (contender) => {
      const work = () => connectAll(contender, effort.connects)
      return (await contender.server.usageOf(work)) / effort.connects
    },
  })
}

/** Twenty at a time come and go. */
async function connectAll({ peer, server }, count) {
  for (let made = 0; made < count; made += 20) {
    const sockets = await Promise.all(Array.from({ length: 20 }, () => peer.open(server.port)))
    await Promise.all(sockets.map((socket) => socket.close()))
  }
}

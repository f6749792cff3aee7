import { measureInTurns } from '../lib/measure.mjs'

const subscribers = 500

/** Processor time of the server per publication that one subscriber is sent, in microseconds. */
export function measurePublications({ ours = {}, theirs, burst, effort }) {
  const turns = Math.max(10, Math.round(effort.publications / burst))
  return measureInTurns({
    ...effort,
    ours: { name: 'wirepact', connections: subscribers, open: { channel: 'feed' }, ...ours },
    theirs: { connections: subscribers, ...theirs },
    run: async (contender) => {
      const work = () => publish(contender, { turns, burst })
      return (await contender.server.usageOf(work)) / (turns * burst * subscribers)
    },
  })
}

/** Resolves when every subscriber has every publication. */
async function publish({ sockets, server }, { turns, burst }) {
  const delivered = sockets.map((socket) => {
    return new Promise((resolve, reject) => {
      socket.whenLost(() => reject(new Error('The server ended a connection.')))
      let count = 0
      socket.onPause = () => undefined
      socket.onMessage = () => {
        count++
        if (count === turns * burst) resolve()
      }
    })
  })
  await server.ask('publish', { turns, burst })
  await Promise.all(delivered)
}

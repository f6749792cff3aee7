import { measureInTurns } from '../lib/measure.mjs'

const subscribers = 500

/**
 * Turns before each block that are not measured. After a pause, Linux acknowledges the first 16 segments of a connection
 * at once, which costs their sender half as much again: who was measured twice in a row would look better than who was
 * measured after the other.
 */
const settlingTurns = 20

/** A block of bursts has as many, so that its figure is more than a few milliseconds. */
const minBursts = 40

/** Processor time of the server per publication that one subscriber is sent, in microseconds. */
export function measurePublications({ ours = {}, theirs, burst, effort }) {
  const turns = burst === 1 ? effort.publications : Math.max(minBursts, effort.publications / burst)
  return measureInTurns({
    ...effort,
    ours: { name: 'wirepact', connections: subscribers, open: { channel: 'feed' }, ...ours },
    theirs: { connections: subscribers, ...theirs },
    run: async (contender) => {
      await publish(contender, { turns: settlingTurns, burst })
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
  await Promise.all([...delivered, server.ask('publish', { turns, burst })])
}

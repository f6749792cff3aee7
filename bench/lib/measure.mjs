import { peers } from './peers.mjs'
import { ServerProcess } from './server-process.mjs'

/** A server with its clients, ready to be measured again and again. */
export class Contender {
  static async start({ name, server = {}, open = {}, connections, prepare }) {
    const contender = new Contender()
    contender.name = name
    contender.peer = peers[name]
    contender.server = await ServerProcess.start(name, server)
    contender.sockets = []
    try {
      await contender.connect(connections, open)
      await prepare?.(contender)
    } catch (error) {
      await contender.stop()
      throw error
    }
    return contender
  }

  /** A few at a time, so that no queue of connections runs over. */
  async connect(count, open) {
    for (let made = 0; made < count; made += 50) {
      const some = Array.from({ length: Math.min(50, count - made) }, () =>
        this.peer.open(this.server.port, open),
      )
      this.sockets.push(...(await Promise.all(some)))
    }
  }

  async stop() {
    for (const socket of this.sockets) {
      socket.onLost = () => undefined
      socket.destroy()
    }
    await this.server.stop()
  }
}

/** Both sides by their names, in the order of this round: who goes first changes from one to the next. */
export function inTurn(sides, round) {
  const pair = Object.entries(sides)
  return round % 2 === 0 ? pair : pair.reverse()
}

/**
 * Measures two contenders in turns, so that what else the machine does meets both: `instances` times with fresh
 * processes, `blocks` blocks each. `run(contender)` resolves with the figure of one block. Every pair of blocks that
 * were next to each other gives one ratio; their order changes from pair to pair.
 */
export async function measureInTurns({ ours, theirs, instances, blocks, warmUps = 2, run }) {
  const figures = { ours: [], theirs: [] }
  for (let instance = 0; instance < instances; instance++) {
    const first = await Contender.start(ours)
    const second = await Contender.start(theirs).catch(async (error) => {
      await first.stop()
      throw error
    })
    try {
      for (let block = -warmUps; block < blocks; block++) {
        for (const [side, contender] of inTurn({ ours: first, theirs: second }, block)) {
          const figure = await run(contender)
          if (block >= 0) figures[side].push(figure)
        }
      }
    } finally {
      await Promise.all([first.stop(), second.stop()])
    }
  }
  return figures
}

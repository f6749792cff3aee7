import { inTurn } from '../lib/measure.mjs'
import { ServerProcess } from '../lib/server-process.mjs'

/** Publications per second of 1 kB each into a file, `perTurn` in each turn of the event loop, synced for each turn. */
export async function measureSqlite({ perTurn, channel, effort }) {
  const figures = { ours: [], theirs: [] }
  for (let instance = 0; instance < effort.instances; instance++) {
    const [ours, theirs] = await Promise.all([
      ServerProcess.start('sqlite', { side: 'wirepact', channel }),
      ServerProcess.start('sqlite', { side: 'bare' }),
    ])
    for (let block = -1; block < effort.blocks; block++) {
      for (const [side, server] of inTurn({ ours, theirs }, block)) {
        const { elapsedMs } = await server.ask('publish', { turns: effort.turns, perTurn })
        if (block >= 0) figures[side].push((effort.turns * perTurn * 1000) / elapsedMs)
      }
    }
    await Promise.all([ours.stop(), theirs.stop()])
  }
  return figures
}

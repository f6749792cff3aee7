import { Contender, inTurn } from '../lib/measure.mjs'

/** What one idle connection costs in memory of the server's process, in bytes: what is resident, after collecting. */
export async function measureIdle({ peer, connections, rounds }) {
  const figures = { ours: [], theirs: [] }
  for (let round = 0; round < rounds; round++) {
    for (const [side, name] of inTurn({ ours: 'wirepact', theirs: peer }, round)) {
      figures[side].push(await memoryEach(name, connections))
    }
  }
  return figures
}

async function memoryEach(name, connections) {
  // What the first connections load and compile is no cost of each.
  const contender = await Contender.start({ name, connections: 200 })
  try {
    const before = await settled(contender)
    await contender.connect(connections, {})
    return ((await settled(contender)) - before) / connections
  } finally {
    await contender.stop()
  }
}

async function settled({ server }) {
  await new Promise((resolve) => setTimeout(resolve, 300))
  return (await server.ask('memory')).rss
}

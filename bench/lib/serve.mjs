import { setImmediate as nextTurn } from 'node:timers/promises'

/**
 * The side of a measured server that the benchmark talks to. `publish(text)` publishes one tick to all subscribers;
 * `backlog` says how many connections there are, and what is queued in the process for the one that came first.
 * `close` is not needed: the process is ended.
 */
export function serve({ port, publish, backlog, facts = {} }) {
  const answers = {
    backlog,
    usage: () => process.cpuUsage(),
    memory: () => {
      for (let round = 0; round < 3; round++) globalThis.gc()
      return process.memoryUsage()
    },
    publish: ({ turns, burst, textBytes, pauseEvery }) =>
      publishTurns(publish, { turns, burst, textBytes, pauseEvery }),
  }
  process.on('message', async ({ id, question, options }) => {
    process.send({ id, answer: (await answers[question](options)) ?? null })
  })
  process.on('disconnect', () => process.exit())
  process.send({ port, facts })
}

/** `burst` publications in each of `turns` turns of the event loop; a turn in between lets everybody read. */
async function publishTurns(publish, { turns, burst, textBytes, pauseEvery = 8 }) {
  for (let turn = 0; turn < turns; turn++) {
    for (let index = 0; index < burst; index++) publish(textBytes)
    await nextTurn()
    if (turn % pauseEvery === pauseEvery - 1) await new Promise((resolve) => setTimeout(resolve, 1))
  }
}

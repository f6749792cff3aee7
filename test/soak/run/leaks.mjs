import { memoryEngine } from '@wirepact/runtime'
import { MemoryNetwork } from '@wirepact/runtime/testing'
import { createSoakServer } from './api.mjs'
import { Figures, kibibyte, settledMemory } from './figures.mjs'
import { countInstances, findClassNames } from './instances.mjs'
import { openRaw, repeat, seen } from './wire.mjs'

/** What a client says behind its hello, and the text that shows that the server has come so far. */
const visits = [
  { frames: [], until: '"welcome"' },
  { frames: ['["subscribe",1,"room/a",{}]'], until: '"joined"' },
  { frames: ['["subscribe",1,"here",{"presence":{}}]'], until: '"joined"' },
  { frames: ['["subscribe",1,"room/a",{}]', '["unsubscribe",2,"room/a"]'], until: '"left"' },
  { frames: ['["stream",1,"count",null,5]'], until: '"item"' },
  { frames: ['["stream",1,"count",null,5]', '["cancel",1]', '["request",2,"echo",1]'], until: '"reply"' },
  { frames: ['["request",1,"ask",null]'], until: '"request"' },
  { frames: ['["request",1,"wait",null]', '["request",2,"echo",1]'], until: '"reply"' },
  { frames: ['["event","note",1,1]'], until: '"ack"' },
  { frames: ['bad', '["event","nothing",1]'], until: '"error"' },
  { hello: '["hello",{"token":"bad"}]', frames: [], until: undefined },
  { hello: undefined, frames: [], until: undefined },
  { hello: 'no hello', frames: [], until: undefined },
]

/** Clients of every kind come and go: after them nothing of them is left, and the heap comes back. */
export async function soakLeaks(count) {
  const clock = new CountingClock()
  const engine = memoryEngine({ maxSessions: 1_000_000 })
  const limits = { sessionTtlMs: 1 }
  const server = createSoakServer({ engine, limits, environment: { clock } })
  const { port } = await server.listen({ host: '127.0.0.1' })
  const network = new MemoryNetwork(server)
  const figures = new Figures()
  const classes = await findClassNames()
  const visit = async (visits) => {
    await repeat(visits, 50, (index) => visitInMemory(network, index))
    await repeat(Math.ceil(visits / 20), 20, (index) => visitOverSocket(port, index))
    await settle(server)
    return { ...(await settledMemory()), timers: clock.waiting, instances: countInstances(classes) }
  }
  // The first half is also for what is made once, compiled code above all.
  const before = await visit(count / 2)
  const after = await visit(count / 2)
  figures.add('connections in memory', count)
  figures.add('connections over sockets', Math.ceil(count / 20))
  figures.exactly('connections left', server.connections + network.connections, 0)
  for (const [name, count] of after.instances) {
    const left = count - before.instances.get(name)
    if (left !== 0) figures.exactly(`objects of the class ${name}`, left, 0)
  }
  figures.atMost('connections among the objects', after.instances.get('Connection'), { bound: 0 })
  figures.add('classes whose objects were counted', classes.size)
  figures.exactly('timers that were left', after.timers - before.timers, 0)
  const keptBytes = after.used - before.used
  figures.atMost('heap that the second half kept', keptBytes / kibibyte, { bound: 1024, unit: 'KiB' })
  await server.close({ timeoutMs: 1000 })
  return figures
}

async function visitInMemory({ WebSocket }, index) {
  const { hello, frames, until } = visitOf(index)
  const socket = new WebSocket('ws://soak/soak')
  await new Promise((resolve) => {
    const leave = () => (index % 2 === 0 ? socket.close() : socket.cut())
    socket.onclose = resolve
    socket.onopen = () => {
      for (const frame of [hello, ...frames]) if (frame !== undefined) socket.send(frame)
      if (until === undefined) queueMicrotask(leave)
    }
    socket.onmessage = ({ data }) => {
      if (until !== undefined && data.includes(until)) leave()
    }
  })
}

async function visitOverSocket(port, index) {
  const { hello, frames, until } = visitOf(index)
  const socket = openRaw({ port, frames: [hello, ...frames].filter((frame) => frame !== undefined) })
  const closed = new Promise((resolve) => socket.once('close', resolve))
  await seen(socket, until ?? '101').catch(() => undefined)
  if (index % 3 === 0) socket.resetAndDestroy()
  else socket.destroy()
  await closed
}

function visitOf(index) {
  return { hello: '["hello",{}]', ...visits[index % visits.length] }
}

async function settle(server) {
  while (server.connections > 0) await new Promise((resolve) => setTimeout(resolve, 20))
  await new Promise((resolve) => setTimeout(resolve, 100))
}

/** The system's clock, and how many of its timers have neither run nor been stopped. */
class CountingClock {
  #timers = new Set()

  get waiting() {
    return this.#timers.size
  }

  now() {
    return Date.now()
  }

  startTimer(run, delayMs) {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      run()
    }, delayMs).unref()
    this.#timers.add(timer)
    return timer
  }

  stopTimer(timer) {
    this.#timers.delete(timer)
    clearTimeout(timer)
  }
}

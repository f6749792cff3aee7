import { createServer } from 'node:http'
import { createSoakServer } from './api.mjs'
import { Crowd } from './crowd.mjs'
import { Figures, mebibyte, settledMemory, usedMemory } from './figures.mjs'

const members = 200
const healthy = 3
const messageBytes = 50_000
const capBytes = mebibyte
const unsentBytes = 256 * 1024

/** Members that read nothing, while many megabytes are published to each: what they can cost is their cap. */
export async function soakStalled(megabytes) {
  const limits = { maxBufferedBytes: capBytes, maxUnsentBytes: unsentBytes }
  const server = createSoakServer({ limits })
  const sockets = new Set()
  const http = createServer().on('connection', (socket) => sockets.add(socket))
  await server.attach(http)
  await new Promise((resolve) => http.listen(0, '127.0.0.1', resolve))
  const crowd = new Crowd()
  const figures = new Figures()
  try {
    const { port } = http.address()
    await crowd.open(port, { count: healthy })
    await crowd.open(port, { count: members, stalled: true })
    const count = Math.ceil((megabytes * 1e6) / messageBytes / 2)
    const publisher = { server, crowd, sockets, sent: 0 }
    const dropped = await publish(publisher, { name: 'hint', count })
    report(figures, 'what may be dropped', { ...dropped, cap: unsentBytes })
    figures.exactly('connections after it', server.connections, members + healthy)
    const kept = await publish(publisher, { name: 'said', count })
    report(figures, 'what may not', { ...kept, cap: capBytes })
    figures.exactly('connections after it', server.connections, healthy)
    const { least, lost } = await crowd.count()
    figures.exactly('publications that every healthy member got', least, publisher.sent)
    figures.exactly('healthy members that missed one', lost, 0)
  } finally {
    await crowd.close()
    await server.close({ timeoutMs: 1000 })
    http.close()
  }
  return figures
}

/** Publishes as fast as the healthy members read, and notes the most that was held meanwhile. */
async function publish(publisher, { name, count }) {
  const { server, crowd, sockets } = publisher
  const room = server.routes.soak.channels.room({ id: 'a' })
  const before = await settledMemory()
  const most = { queued: 0, used: 0, offered: 0 }
  for (let index = 0; index < count; index += 4) {
    for (let one = 0; one < 4; one++) {
      const start = `#${++publisher.sent};`
      await room.publish(name, start.padEnd(messageBytes, 'x'))
      most.offered += messageBytes
    }
    for (let least = 0; least < publisher.sent; ) {
      const answer = await crowd.count()
      if (answer.lost > 0) throw new Error('A healthy member was lost, or missed something.')
      least = answer.least
    }
    const queued = [...sockets].map((socket) => (socket.destroyed ? 0 : socket.writableLength))
    most.queued = Math.max(most.queued, ...queued)
    if (index % 200 === 0) globalThis.gc()
    most.used = Math.max(most.used, index % 200 === 0 ? usedMemory().used - before.used : 0)
  }
  return most
}

function report(figures, what, { queued, used, offered, cap }) {
  figures.add(`${what}: published to each member`, offered / mebibyte, 'MiB')
  figures.atMost('  most that waited for one member', queued / mebibyte, {
    bound: (cap + 5 * messageBytes) / mebibyte,
    unit: 'MiB',
  })
  figures.atMost('  most that all of it cost', used / mebibyte, {
    bound: (members * cap) / mebibyte / 4 + 16,
    unit: 'MiB',
  })
}

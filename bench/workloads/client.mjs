import { ClientByHand } from '../lib/client-by-hand.mjs'
import { FreeSocket } from '../lib/free-socket.mjs'
import { inTurn } from '../lib/measure.mjs'
import { createTick, order, toReceipt } from '../lib/payloads.mjs'

const receiptText = JSON.stringify(toReceipt(order, 1))
const tickText = JSON.stringify(createTick())

/**
 * Nanoseconds that a client in this process takes for one message, ours and one that is written by hand, over a socket
 * that costs nothing.
 */
export async function measureClient({ what, effort: { rounds, messages } }) {
  const figures = { ours: [], theirs: [] }
  const sides = { ours: await openOurs(), theirs: openByHand() }
  for (let round = -2; round < rounds; round++) {
    for (const [side, contender] of inTurn(sides, round)) {
      const nsEach = await works[what](contender, messages)
      if (round >= 0) figures[side].push(nsEach)
    }
  }
  return figures
}

/** What is done again and again; each sees that nothing of it is lost. */
const works = {
  async request({ socket, order: ask }, count) {
    let total = 0
    const nsEach = await time(count, async () => {
      for (let index = 0; index < count; index++) {
        const answered = ask(order)
        socket.reply(receiptText)
        total += (await answered).id
      }
    })
    return held(total === count, nsEach)
  },

  async event({ socket, say }, count) {
    const before = socket.sent
    const nsEach = await time(count, () => {
      for (let index = 0; index < count; index++) say(order)
    })
    return held(socket.sent - before === count, nsEach)
  },

  async publication(contender, count) {
    const { socket, heard, offset } = contender
    contender.offset += count
    const texts = Array.from(
      { length: count },
      (_, index) => `["publication","kept","tick",${tickText},${offset + index + 1}]`,
    )
    const before = heard.count
    const nsEach = await time(count, () => {
      for (const text of texts) socket.deliver(text)
    })
    return held(heard.count - before === count, nsEach)
  },
}

async function time(count, work) {
  const start = process.hrtime.bigint()
  await work()
  return Number(process.hrtime.bigint() - start) / count
}

function held(isComplete, figure) {
  if (!isComplete) throw new Error('A message was lost.')
  return figure
}

/** The generated client of the benchmark's API, open, and a member of a channel that keeps its messages. */
async function openOurs() {
  // Built when the benchmark is.
  const { createClient } = await import('../api/dist/generated/client.js')
  const market = createClient('ws://localhost', { WebSocket: FreeSocket }).market()
  const socket = FreeSocket.last
  const heard = { count: 0 }
  market.channels.kept().on('tick', ({ volume }) => {
    heard.count += volume > 0 ? 1 : 0
  })
  socket.onopen()
  const [, { contract }] = JSON.parse(socket.message)
  const limits = { pingIntervalMs: 0, pingTimeoutMs: 0, maxPayloadBytes: 1_000_000 }
  socket.deliver(JSON.stringify(['welcome', { connection: 'c', session: 's', contract, ...limits }]))
  const [, id] = JSON.parse(socket.message)
  socket.deliver(JSON.stringify(['joined', id, 'kept', { position: ['e', 0], top: 0 }]))
  return { socket, heard, offset: 0, order: (input) => market.order(input), say: (data) => market.post(data) }
}

function openByHand() {
  const client = new ClientByHand(FreeSocket)
  const heard = { count: 0 }
  client.on('kept', 'tick', ({ volume }) => {
    heard.count += volume > 0 ? 1 : 0
  })
  const socket = FreeSocket.last
  const ask = (input) => client.request('order', input)
  return { socket, heard, offset: 0, order: ask, say: (data) => client.say('post', data) }
}

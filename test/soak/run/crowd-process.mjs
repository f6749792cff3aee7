// The clients of a crowd: raw sockets that say hello, become members, answer pings and count what comes.
import { openRaw, repeat, seen, textFrame } from './wire.mjs'

const clients = []
const hello = ['["hello",{}]', '["subscribe",1,"room/a",{}]']
const pong = textFrame('["pong"]')

process.on('message', (question) => {
  const answer = question.what === 'open' ? open(question) : count(question)
  answer.then(
    (result) => process.send(result),
    (error) => process.send({ error: String(error) }),
  )
})
process.on('disconnect', () => process.exit())

async function open({ port, count: total, stalled }) {
  await repeat(total, 200, async (index) => {
    const localAddress = `127.0.0.${2 + (index % 20)}`
    const socket = openRaw({ port, localAddress, frames: hello })
    await seen(socket, '"joined"')
    if (stalled) socket.pause()
    else listen(socket)
  })
  return { opened: total }
}

function listen(socket) {
  const client = { reached: 0, ended: false, tail: '' }
  clients.push(client)
  socket.on('close', () => {
    client.ended = true
  })
  socket.on('data', (chunk) => {
    const text = client.tail + chunk.toString('latin1')
    if (text.includes('["ping"]')) socket.write(pong)
    let start = 0
    for (let at = text.indexOf('#'); at >= 0; at = text.indexOf('#', at + 1)) {
      const end = text.indexOf(';', at)
      if (end < 0) break
      const number = Number(text.slice(at + 1, end))
      // Publications are numbered: one that is missing, twice or out of order shows at once.
      if (number === client.reached + 1) client.reached = number
      else client.ended = true
      start = end
    }
    const rest = text.slice(start)
    client.tail = rest.includes('#') ? rest.slice(rest.lastIndexOf('#')) : rest.slice(-10)
  })
}

/** How far the slowest has come, and how many have come to their end or missed something. */
async function count() {
  return {
    least: clients.reduce((least, { reached }) => Math.min(least, reached), Number.MAX_SAFE_INTEGER),
    clients: clients.length,
    lost: clients.filter(({ ended }) => ended).length,
  }
}

import { connect } from 'node:net'

/** One masked text frame; the mask is zero, so that nothing has to be computed. */
export function textFrame(value) {
  const payload = Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))
  const header = payload.length < 126 ? Buffer.from([0x81, 0x80 | payload.length]) : Buffer.alloc(4)
  if (payload.length >= 126) {
    header[0] = 0x81
    header[1] = 0xfe
    header.writeUInt16BE(payload.length, 2)
  }
  return Buffer.concat([header, Buffer.alloc(4), payload])
}

const handshake = Buffer.from(
  [
    'GET /soak HTTP/1.1',
    'Host: 127.0.0.1',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    '\r\n',
  ].join('\r\n'),
)

/** A TCP connection that has sent its handshake and, in the same piece, these frames; the cheapest client there is. */
export function openRaw({ port, localAddress, frames = [] }) {
  const socket = connect({ port, host: '127.0.0.1', localAddress })
  socket.on('error', () => undefined)
  socket.write(Buffer.concat([handshake, ...frames.map(textFrame)]))
  return socket
}

/** Settles when the text has come, and rejects when the connection ends before. */
export function seen(socket, text) {
  return new Promise((resolve, reject) => {
    let tail = ''
    const take = (chunk) => {
      tail += chunk.toString('latin1')
      if (!tail.includes(text)) return
      socket.off('data', take)
      socket.off('close', lost)
      resolve()
    }
    const lost = () => reject(new Error(`The connection ended before ${text}.`))
    socket.on('data', take)
    socket.once('close', lost)
  })
}

/** Does something `count` times, `width` at a time. */
export async function repeat(count, width, act) {
  let next = 0
  const worker = async () => {
    while (next < count) await act(next++)
  }
  await Promise.all(Array.from({ length: Math.min(width, count) }, worker))
}

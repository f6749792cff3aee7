import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import { constants, inflateRawSync } from 'node:zlib'
import { clientFrame, FrameScanner, pong } from './frames.mjs'

/** A WebSocket of the load generator: TCP and as little else as can be, the same for every server. */
export class Socket {
  #socket
  #scanner
  #heartbeat
  /** Called with the place of each message, as `FrameScanner` says. */
  onMessage = () => undefined
  /** Called when everything that came at once has been taken. */
  onPause = () => undefined
  /** Called when the connection is gone. */
  onLost = () => undefined
  isLost = false

  /**
   * Resolves when the upgrade is through. `deflate` offers permessage-deflate without context takeover; `heartbeat`
   * says which messages only ask for a sign of life, and what answers them.
   */
  static open({ port, path, subprotocol, deflate = false, heartbeat }) {
    const socket = new Socket()
    socket.#heartbeat = heartbeat
    socket.#scanner = new FrameScanner({
      onMessage: (buffer, head) => socket.#take(buffer, head),
      onPing: () => socket.write(pong),
    })
    return new Promise((resolve, reject) => {
      const tcp = connect({ port, host: '127.0.0.1', noDelay: true })
      socket.#socket = tcp
      tcp.on('error', reject)
      tcp.on('close', () => {
        socket.isLost = true
        socket.onLost()
      })
      tcp.write(request({ port, path, subprotocol, deflate }))
      let head = Buffer.alloc(0)
      const readHead = (chunk) => {
        head = Buffer.concat([head, chunk])
        const end = head.indexOf('\r\n\r\n')
        if (end < 0) return
        tcp.off('data', readHead)
        const text = head.toString('latin1', 0, end)
        if (!text.startsWith('HTTP/1.1 101')) return reject(new Error(text))
        if (deflate && !/permessage-deflate/i.test(text))
          return reject(new Error('No compression was agreed upon.'))
        tcp.on('data', (data) => {
          socket.#scanner.push(data)
          socket.onPause()
        })
        resolve(socket)
        if (head.length > end + 4) socket.#scanner.push(head.subarray(end + 4))
      }
      tcp.on('data', readHead)
    })
  }

  /** Sends a frame that is made already. */
  write(frame) {
    this.#socket.write(frame)
  }

  send(text) {
    this.write(clientFrame(text))
  }

  /** Sends `text` and resolves when the message that `isAnswer` says yes to has come. */
  ask(text, isAnswer = () => true) {
    return new Promise((resolve) => {
      this.onMessage = (buffer, head) => {
        const answer = readText(buffer, head)
        if (isAnswer(answer)) resolve(answer)
      }
      if (text !== undefined) this.send(text)
    })
  }

  pause() {
    this.#socket.pause()
  }

  destroy() {
    this.#socket.destroy()
  }

  /** Calls back when the connection is gone, or is gone already. */
  whenLost(run) {
    this.onLost = run
    if (this.isLost) run()
  }

  /** Says goodbye as a client does, and resolves when the connection is gone. */
  close() {
    return new Promise((resolve) => {
      this.#socket.once('close', resolve)
      this.#socket.end(Buffer.from([0x88, 0x82, 0, 0, 0, 0, 0x03, 0xe8]))
      this.#socket.resume()
    })
  }

  #take(buffer, head) {
    if (this.#heartbeat?.isPing(buffer, head)) return this.write(this.#heartbeat.pong)
    this.onMessage(buffer, head)
  }
}

/** Every compressed message is complete without its end (RFC 7692, section 7.2.2). */
const deflateEnd = Buffer.from([0, 0, 0xff, 0xff])

/** The text of a message whose place is known. */
export function readText(buffer, { start, end, isCompressed }) {
  const payload = buffer.subarray(start, end)
  if (!isCompressed) return payload.toString()
  return inflateRawSync(Buffer.concat([payload, deflateEnd]), {
    finishFlush: constants.Z_SYNC_FLUSH,
  }).toString()
}

function request({ port, path, subprotocol, deflate }) {
  const lines = [
    `GET ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    ...(subprotocol === undefined ? [] : [`Sec-WebSocket-Protocol: ${subprotocol}`]),
    ...(deflate
      ? [
          'Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; client_no_context_takeover',
        ]
      : []),
  ]
  return `${lines.join('\r\n')}\r\n\r\n`
}

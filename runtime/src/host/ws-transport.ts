import type { Duplex } from 'node:stream'
import type { Packet } from '../core/packet.js'
import type { Receiver, Transport } from '../core/transport.js'
import type { Deflater } from './compression.js'
import { framePacket } from './frame-packet.js'
import type { HostWebSocket } from './host-web-socket.js'
import { Outbox } from './outbox.js'

const abnormal = 1006

/**
 * A connection on a `ws` socket. What goes out is framed here and written straight to the TCP socket that the
 * host owns since the upgrade; `ws` parses what comes in, and answers control frames.
 */
export class WsTransport implements Transport {
  readonly #webSocket: HostWebSocket
  readonly #outbox: Outbox
  readonly #deflater: Deflater | undefined

  /** `deflater` makes the frames of a connection that has agreed on compression. */
  constructor(webSocket: HostWebSocket, socket: Duplex, deflater: Deflater | undefined) {
    this.#webSocket = webSocket
    this.#deflater = deflater
    this.#outbox = new Outbox(socket)
    webSocket.closing = () => this.#outbox.flush()
  }

  /** `ws` knows what it has written itself, too. */
  get bufferedBytes(): number {
    return this.#outbox.queuedBytes + this.#webSocket.bufferedAmount
  }

  /** Hands everything that comes in to `receiver`. */
  listen(receiver: Receiver): void {
    const webSocket = this.#webSocket
    webSocket.on('message', (data: Buffer, isBinary: boolean) => {
      if (isBinary) receiver.binary(data)
      else receiver.text(data.toString())
    })
    webSocket.on('pong', () => receiver.pong())
    webSocket.on('error', (error: Error) => receiver.failed(error))
    webSocket.on('close', (code: number, reason: Buffer) => {
      receiver.closed({ code, reason: reason.toString(), wasClean: code !== abnormal })
    })
  }

  send(packet: Packet): void {
    if (this.#webSocket.readyState !== this.#webSocket.OPEN) return
    this.#outbox.add(this.#deflater === undefined ? framePacket(packet) : this.#deflater.frame(packet))
  }

  whenDrained(run: () => void): void {
    this.#outbox.whenDrained(run)
  }

  close(code: number, reason: string): void {
    this.#webSocket.close(code, reason)
  }

  terminate(): void {
    this.#webSocket.terminate()
  }

  ping(): void {
    if (this.#webSocket.readyState === this.#webSocket.OPEN) this.#webSocket.ping()
  }

  pause(): void {
    this.#webSocket.pause()
  }

  resume(): void {
    this.#webSocket.resume()
  }
}

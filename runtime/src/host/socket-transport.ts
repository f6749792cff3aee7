import type { Socket } from 'node:net'
import type { Packet } from '../core/packet.js'
import type { Receiver, Transport } from '../core/transport.js'
import { opcodes } from './frame-head.js'
import { frameControl, framePacket } from './frame-packet.js'
import { FrameReader, type FrameSink, noStatus } from './frame-reader.js'
import { Outbox } from './outbox.js'

const abnormal = 1006

/** How long the other end has to answer a close frame and to let go of the socket. */
const closeTimeoutMs = 30_000

/** Who has so much waiting gets no answer to a ping: only the newest one would have to be answered anyway. */
const maxUnreadPongBytes = 64 * 1024

/** Nothing has been said, a close frame has gone out, or there is nothing more to say. */
type Stage = 'open' | 'closing' | 'ended'

/**
 * A connection straight on its TCP socket, once the upgrade is answered: frames are read and written here, with as
 * little between a message and its handler as there can be. Compressed connections are `WsTransport`'s.
 */
export class SocketTransport implements Transport, FrameSink {
  readonly #socket: Socket
  readonly #outbox: Outbox
  readonly #reader: FrameReader
  #receiver: Receiver | undefined
  #stage: Stage = 'open'
  /** What the client said goodbye with. */
  #goodbye: { readonly code: number; readonly reason: string } | undefined
  #closeTimer: NodeJS.Timeout | undefined

  constructor(socket: Socket, maxPayloadBytes: number) {
    this.#socket = socket
    this.#outbox = new Outbox(socket)
    this.#reader = new FrameReader(this, maxPayloadBytes)
  }

  get bufferedBytes(): number {
    return this.#outbox.bufferedBytes
  }

  /** Hands everything that comes in to `receiver`. `head` is what came with the upgrade. */
  listen(receiver: Receiver, head: Buffer): void {
    this.#receiver = receiver
    const socket = this.#socket
    socket.setTimeout(0)
    socket.setNoDelay()
    if (head.length > 0) socket.unshift(head)
    socket.on('data', (chunk: Buffer) => this.#reader.push(chunk))
    socket.on('end', () => this.#end())
    socket.on('error', (error: Error) => receiver.failed(error))
    socket.on('close', () => this.#closed())
  }

  send(packet: Packet): void {
    if (this.#stage === 'open') this.#outbox.add(framePacket(packet))
  }

  whenDrained(run: () => void): void {
    this.#outbox.whenDrained(run)
  }

  close(code: number, reason: string): void {
    if (this.#stage !== 'open') return
    const payload = Buffer.allocUnsafe(2 + Buffer.byteLength(reason))
    payload.writeUInt16BE(code)
    payload.write(reason, 2)
    this.#sayGoodbye(payload)
  }

  terminate(): void {
    this.#stage = 'ended'
    this.#reader.stop()
    this.#socket.destroy()
  }

  ping(): void {
    if (this.#stage === 'open') this.#outbox.add(frameControl(opcodes.ping))
  }

  /** What has come already is held back, too. */
  pause(): void {
    this.#reader.pause()
    this.#socket.pause()
  }

  resume(): void {
    if (this.#reader.resume()) this.#socket.resume()
  }

  text(message: string): void {
    this.#receiver?.text(message)
  }

  binary(message: Uint8Array): void {
    this.#receiver?.binary(message)
  }

  /** Answers a ping of the client (RFC 6455, section 5.5.3). */
  pinged(payload: Uint8Array): void {
    if (this.#stage !== 'open' || this.bufferedBytes > maxUnreadPongBytes) return
    this.#outbox.add(frameControl(opcodes.pong, payload))
  }

  pong(): void {
    this.#receiver?.pong()
  }

  /** The client says goodbye: the same is said back, and nothing follows. */
  goodbye(code: number, reason: string): void {
    this.#goodbye = { code, reason }
    if (this.#stage === 'open') {
      if (code === noStatus) this.#sayGoodbye(new Uint8Array(0))
      else this.close(code, reason)
    }
    this.#letGo()
  }

  broken(code: number, problem: string): void {
    this.close(code, '')
    this.#receiver?.failed(new Error(problem))
    this.#letGo()
  }

  /** What is queued goes first: nothing may follow a close frame (RFC 6455, section 5.5.1). */
  #sayGoodbye(payload: Uint8Array): void {
    this.#stage = 'closing'
    this.#outbox.add(frameControl(opcodes.close, payload))
    this.#outbox.flush()
    this.#closeTimer = setTimeout(() => this.#socket.destroy(), closeTimeoutMs)
  }

  /** Nothing more is to be said; what still comes in is read, so that the other end hears that, and not heeded. */
  #letGo(): void {
    this.#stage = 'ended'
    this.#reader.stop()
    this.#socket.end()
    this.#socket.resume()
  }

  /** The other end writes no more. */
  #end(): void {
    this.#reader.stop()
    this.#outbox.flush()
    this.#stage = 'ended'
    this.#socket.end()
  }

  #closed(): void {
    this.#stage = 'ended'
    clearTimeout(this.#closeTimer)
    const { code, reason } = this.#goodbye ?? { code: abnormal, reason: '' }
    this.#receiver?.closed({ code, reason, wasClean: code !== abnormal })
  }
}

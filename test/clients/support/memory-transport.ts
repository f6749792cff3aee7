import type { Socket, SocketListener, SocketOffer, Transport } from '@wirepact/client'
import {
  type ClientFrame,
  decodeBinaryFrame,
  decodeClientFrame,
  encodeFrame,
  type ServerFrame,
} from '@wirepact/protocol'

/** A socket seen from both ends: the client's methods, and what a scripted server does with it. */
export class MemorySocket implements Socket {
  readonly url: string
  readonly protocols: readonly string[]
  /** What the client has sent, in order. */
  readonly sent: ClientFrame[] = []
  buffered = 0
  /** How the client closed it. */
  closedWith: { readonly code: number; readonly reason: string } | undefined
  #ended = false
  readonly #listener: SocketListener
  readonly #raw: TakeRaw

  constructor(target: Pick<MemorySocket, 'url' | 'protocols'>, listener: SocketListener, raw: TakeRaw) {
    this.url = target.url
    this.protocols = target.protocols
    this.#raw = raw
    this.#listener = listener
  }

  get isAlive(): boolean {
    return this.closedWith === undefined && !this.#ended
  }

  send(message: string | Uint8Array): void {
    if (this.#raw) this.#raw(message)
    else this.sent.push(toFrame(message))
  }

  bufferedBytes(): number {
    return this.buffered
  }

  close(code: number, reason: string): void {
    this.closedWith ??= { code, reason }
  }

  accept(): void {
    this.#listener.opened()
  }

  deliver(...frames: readonly ServerFrame[]): void {
    for (const frame of frames) this.#listener.received(encodeFrame(frame))
  }

  deliverRaw(data: unknown): void {
    this.#listener.received(data)
  }

  end(code: number, reason = '', problem?: string): void {
    this.#ended = true
    this.#listener.closed(code, reason, problem)
  }

  fail(thrown: unknown): void {
    this.#ended = true
    this.#listener.failed(thrown)
  }

  /** What the client has sent of one type. */
  of<Type extends ClientFrame[0]>(type: Type): Extract<ClientFrame, readonly [type: Type, ...unknown[]]>[] {
    return this.sent.filter(
      (frame): frame is Extract<ClientFrame, readonly [type: Type, ...unknown[]]> => frame[0] === type,
    )
  }

  /** The id of the newest frame of one type. */
  idOf(type: 'request' | 'stream' | 'subscribe' | 'unsubscribe' | 'history'): number {
    const frame = this.of(type).at(-1)
    if (frame === undefined) throw new Error(`The client has sent no ${type}.`)
    return frame[1] as number
  }
}

function toFrame(message: string | Uint8Array): ClientFrame {
  const decode = (text: string) => decodeClientFrame(text, { maxDepth: 64 })
  return typeof message === 'string' ? decode(message) : decodeBinaryFrame(message, decode)
}

/** Takes messages as they are, where they are no frames. */
type TakeRaw = ((message: string | Uint8Array) => unknown) | undefined

/** Sockets without a network; whoever holds it plays the server. */
export class MemoryTransport implements Transport {
  readonly sockets: MemorySocket[] = []
  /** The most sockets that were alive at one moment. */
  maxAlive = 0
  readonly #raw: TakeRaw

  /** With `raw`, what clients send goes there and is not read as frames. */
  constructor(raw?: TakeRaw) {
    this.#raw = raw
  }

  open(url: string, listener: SocketListener, { protocols }: SocketOffer): Socket {
    const socket = new MemorySocket({ url, protocols }, listener, this.#raw)
    this.sockets.push(socket)
    this.maxAlive = Math.max(this.maxAlive, this.sockets.filter(({ isAlive }) => isAlive).length)
    return socket
  }

  /** The newest socket. */
  get last(): MemorySocket {
    const socket = this.sockets.at(-1)
    if (socket === undefined) throw new Error('The client has opened no socket.')
    return socket
  }
}

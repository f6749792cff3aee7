import type { WebSocketConstructor, WebSocketLike } from '@wirepact/client'
import {
  type ClientFrame,
  decodeBinaryFrame,
  decodeClientFrame,
  encodeFrame,
  type ServerFrame,
} from '@wirepact/protocol'

/** A socket seen from both ends: the client's methods, and what a scripted server does with it. */
export class MemorySocket implements WebSocketLike {
  readonly url: string
  readonly protocols: readonly string[]
  /** What the client has sent, in order. */
  readonly sent: ClientFrame[] = []
  bufferedAmount = 0
  binaryType = ''
  onopen: WebSocketLike['onopen'] = null
  onmessage: WebSocketLike['onmessage'] = null
  onerror: WebSocketLike['onerror'] = null
  onclose: WebSocketLike['onclose'] = null
  /** How the client closed it. */
  closedWith: { readonly code: number; readonly reason: string } | undefined
  /** Whether it takes only what the WebSockets Standard allows, section 3.1. */
  isStrict = false
  #isOpen = false
  #ended = false
  readonly #raw: TakeRaw

  constructor(target: Pick<MemorySocket, 'url' | 'protocols'>, raw: TakeRaw) {
    this.url = target.url
    this.protocols = target.protocols
    this.#raw = raw
  }

  get readyState(): number {
    if (!this.isAlive) return 3
    return this.#isOpen ? 1 : 0
  }

  get isAlive(): boolean {
    return this.closedWith === undefined && !this.#ended
  }

  send(message: string | Uint8Array): void {
    if (this.#raw) this.#raw(message)
    else this.sent.push(toFrame(message))
  }

  close(code = 1005, reason = ''): void {
    const isLegal = code === 1000 || code === 1005 || (code >= 3000 && code < 5000)
    if (this.isStrict && (!isLegal || reason.length > 123)) throw new TypeError('close')
    this.closedWith ??= { code, reason }
  }

  accept(): void {
    this.#isOpen = true
    this.onopen?.({} as never)
  }

  /** The handshake fails, and nothing but an error tells of it. */
  refuse(message: string): void {
    this.onerror?.({ message } as never)
  }

  deliver(...frames: readonly ServerFrame[]): void {
    for (const frame of frames) this.deliverRaw(encodeFrame(frame))
  }

  deliverRaw(data: unknown): void {
    this.onmessage?.({ data } as never)
  }

  end(code: number, reason = '', problem?: string): void {
    this.#ended = true
    if (problem !== undefined) this.onerror?.({ message: problem } as never)
    this.onclose?.({ code, reason } as never)
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
export class MemoryTransport {
  readonly sockets: MemorySocket[] = []
  /** The most sockets that were alive at one moment. */
  maxAlive = 0
  /** What is thrown in place of a socket. */
  refusal: unknown
  readonly #raw: TakeRaw

  /** With `raw`, what clients send goes there and is not read as frames. */
  constructor(raw?: TakeRaw) {
    this.#raw = raw
  }

  /** What the client is to use. */
  get WebSocket(): WebSocketConstructor {
    const construct = (_class: unknown, [url, offered]: [string, string | string[] | undefined]) => {
      if (this.refusal !== undefined) throw this.refusal
      const protocols = offered === undefined ? [] : [offered].flat()
      const socket = new MemorySocket({ url, protocols }, this.#raw)
      this.sockets.push(socket)
      this.maxAlive = Math.max(this.maxAlive, this.sockets.filter(({ isAlive }) => isAlive).length)
      return socket
    }
    return new Proxy(MemorySocket, { construct }) as unknown as WebSocketConstructor
  }

  /** The newest socket. */
  get last(): MemorySocket {
    const socket = this.sockets.at(-1)
    if (socket === undefined) throw new Error('The client has opened no socket.')
    return socket
  }
}

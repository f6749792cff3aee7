import { SUBPROTOCOL, WirepactError } from '@wirepact/protocol'
import type { Core } from '../core/core.js'
import type { Packet } from '../core/packet.js'
import { parseCookies } from '../core/query.js'
import type { Receiver, Transport } from '../core/transport.js'
import type { Disconnect, RequestDetails } from '../types.js'
import type { MemoryRequest } from './memory-network.js'

/** What a socket is made of. */
export interface MemorySocketParts {
  readonly core: Core
  readonly url: URL
  readonly protocols: string | readonly string[] | undefined
  readonly request: MemoryRequest
  readonly isOffline: () => boolean
  readonly ended: () => void
}

type Listener<Event> = ((event: Event) => unknown) | null

const abnormal: Disconnect = { code: 1006, reason: '', wasClean: false }

/**
 * One connection, seen from the client: the part of the platform's WebSocket that clients use. Everything
 * arrives later than it was sent, and in order, as over a network.
 */
export class MemorySocket {
  onopen: Listener<object> = null
  onmessage: Listener<{ readonly data: unknown }> = null
  onerror: Listener<{ readonly message: string }> = null
  onclose: Listener<Disconnect> = null
  binaryType = 'arraybuffer'
  readonly bufferedAmount = 0
  readonly protocol: string
  #readyState = 0
  #receiver: Receiver | undefined
  #paused: (() => void)[] | undefined
  readonly #ended: () => void

  constructor(parts: MemorySocketParts) {
    const offered = typeof parts.protocols === 'string' ? [parts.protocols] : (parts.protocols ?? [])
    this.protocol = offered.includes(SUBPROTOCOL) ? SUBPROTOCOL : ''
    this.#ended = parts.ended
    void this.#connect(parts)
  }

  get readyState(): number {
    return this.#readyState
  }

  send(data: string | Uint8Array): void {
    if (this.#readyState !== 1) return
    this.#toServer(() => {
      if (typeof data === 'string') this.#receiver?.text(data)
      else this.#receiver?.binary(data)
    })
  }

  close(code = 1005, reason = ''): void {
    if (this.#readyState >= 2) return
    this.#readyState = 2
    queueMicrotask(() => this.#end({ code, reason, wasClean: true }))
  }

  /** Breaks the connection without a word. */
  cut(): void {
    this.#end(abnormal)
  }

  async #connect({ core, url, request, isOffline }: MemorySocketParts): Promise<void> {
    await Promise.resolve()
    try {
      if (isOffline()) throw new Error('The network is down.')
      const admission = await core.admit(toDetails(url, request))
      if (this.#readyState !== 0) return
      this.#receiver = core.accept(admission, this.#transport())
      this.#readyState = 1
      this.onopen?.({})
    } catch (thrown) {
      const { code, message } = WirepactError.from(thrown)
      this.onerror?.({ message: `${code}: ${message}` })
      this.#end(abnormal)
    }
  }

  /** The server's end. */
  #transport(): Transport {
    return {
      bufferedBytes: 0,
      send: (packet) => queueMicrotask(() => this.#toClient(packet)),
      close: (code, reason) => queueMicrotask(() => this.#end({ code, reason, wasClean: true })),
      terminate: () => queueMicrotask(() => this.#end(abnormal)),
      pause: () => {
        this.#paused ??= []
      },
      resume: () => {
        const waiting = this.#paused
        this.#paused = undefined
        for (const run of waiting ?? []) run()
      },
    }
  }

  #toClient(packet: Packet): void {
    if (this.#readyState === 1) this.onmessage?.({ data: packet.text })
  }

  #toServer(run: () => void): void {
    queueMicrotask(() => {
      if (this.#paused === undefined) run()
      else this.#paused.push(run)
    })
  }

  #end(end: Disconnect): void {
    if (this.#readyState === 3) return
    this.#readyState = 3
    this.#ended()
    this.#receiver?.closed(end)
    this.onclose?.(end)
  }
}

function toDetails(url: URL, { headers = {}, remoteAddress = '127.0.0.1' }: MemoryRequest): RequestDetails {
  return {
    url: `${url.pathname}${url.search}`,
    path: url.pathname,
    headers: { host: url.host, ...headers },
    cookies: parseCookies(headers.cookie),
    origin: headers.origin,
    userAgent: headers['user-agent'],
    remote: { address: remoteAddress, port: 0 },
  }
}

import { closeCodes, toWirepactError } from '@wirepact/protocol'
import type { Admission } from '../core/admission.js'
import type { Core } from '../core/core.js'
import type { Packet } from '../core/packet.js'
import { parseCookies } from '../core/query.js'
import { CloseTerms, readTerms } from '../core/terms.js'
import type { Receiver, Transport } from '../core/transport.js'
import type { Disconnect, RequestDetails } from '../types.js'
import type { MemoryDirection, MemoryNetworkOptions } from './memory-network.js'

/** What a socket is made of. */
export interface MemorySocketParts {
  readonly core: Core
  readonly url: URL
  readonly protocols: string | readonly string[] | undefined
  readonly options: MemoryNetworkOptions
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
  /** What the server has chosen; empty until then, and where nothing was offered. */
  protocol = ''
  #readyState = 0
  #receiver: Receiver | undefined
  /** Aborted when the client leaves before it was let in. */
  readonly #gone = new AbortController()
  #paused: (() => void)[] | undefined
  readonly #maxPayloadBytes: number
  readonly #ended: () => void
  readonly #carry: (arrive: () => void, direction: MemoryDirection) => void

  constructor(parts: MemorySocketParts) {
    const carry = parts.options.carry ?? ((arrive) => queueMicrotask(arrive))
    this.#carry = (arrive, direction) => carry(arrive, this, direction)
    this.#maxPayloadBytes = parts.core.limits.maxPayloadBytes
    this.#ended = parts.ended
    this.#connect(parts)
  }

  get readyState(): number {
    return this.#readyState
  }

  send(data: string | Uint8Array): void {
    if (this.#readyState !== 1) return
    const isTooLarge = Buffer.byteLength(data) > this.#maxPayloadBytes
    this.#toServer(() => {
      if (isTooLarge) return this.#brokenOff()
      if (typeof data === 'string') this.#receiver?.text(data)
      else this.#receiver?.binary(data)
    })
  }

  close(code = 1005, reason = ''): void {
    if (this.#readyState >= 2) return
    this.#readyState = 2
    const end = { code, reason, wasClean: true }
    // Behind what was sent before, also where the server has not read that yet.
    this.#toServer(() => this.#closeServer(end))
    this.#closeClient(end)
  }

  /** Breaks the connection without a word. */
  cut(): void {
    this.#closeServer(abnormal)
    this.#closeClient(abnormal)
  }

  #connect({ core, url, protocols, options, isOffline }: MemorySocketParts): void {
    this.#carry(() => {
      if (isOffline()) return this.#refused(new Error('The network is down.'))
      core.admit(toDetails(url, options, protocols), undefined, this.#gone.signal).then(
        (admission) => this.#accepted(core, admission),
        (error: unknown) => {
          core.observer?.refused?.({ code: toWirepactError(error).code, path: url.pathname })
          this.#carry(() => this.#refused(error), 'to-client')
        },
      )
    }, 'to-server')
  }

  #accepted(core: Core, admission: Admission): void {
    if (this.#readyState !== 0) return admission.seat.release()
    this.#receiver = core.accept(admission, this.#transport())
    this.#carry(() => {
      if (this.#readyState !== 0) return
      this.protocol = admission.subprotocol ?? ''
      this.#readyState = 1
      this.onopen?.({})
    }, 'to-client')
  }

  #refused(thrown: unknown): void {
    if (this.#readyState !== 0) return
    const error = toWirepactError(thrown)
    const terms = readTerms(error)
    if (terms instanceof CloseTerms) return this.#closedAtOnce(terms)
    const { code, message } = error
    this.onerror?.({ message: `${code}: ${message}` })
    this.#closeClient(abnormal)
  }

  /** The upgrade succeeds, and what comes first is a goodbye. */
  #closedAtOnce({ close, reason }: CloseTerms): void {
    this.#readyState = 1
    this.onopen?.({})
    this.#closeClient({ code: close, reason, wasClean: true })
  }

  /** The server's end. */
  #transport(): Transport {
    return {
      bufferedBytes: 0,
      whenDrained: (run) => queueMicrotask(run),
      send: (packet) => this.#carry(() => this.#toClient(packet), 'to-client'),
      close: (code, reason) => this.#endFromServer({ code, reason, wasClean: true }),
      terminate: () => this.#endFromServer(abnormal),
      ping: () => this.#carry(() => this.#toServer(() => this.#receiver?.pong()), 'to-client'),
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
    if (this.#readyState === 1) this.onmessage?.({ data: toData(packet.content) })
  }

  #toServer(run: () => void): void {
    this.#carry(() => {
      if (this.#paused === undefined) run()
      else this.#paused.push(run)
    }, 'to-server')
  }

  /** The server's end is over at once, the client's when it hears of it. */
  #endFromServer(end: Disconnect): void {
    this.#carry(() => this.#closeClient(end), 'to-client')
    queueMicrotask(() => this.#closeServer(end))
  }

  /** What came is too large to be taken: the server says so, and hears of no end but that there was one. */
  #brokenOff(): void {
    const end = { code: closeCodes.TOO_BIG, reason: '', wasClean: true }
    this.#carry(() => this.#closeClient(end), 'to-client')
    this.#receiver?.failed(new Error('The message is too large.'))
    this.#closeServer(abnormal)
  }

  #closeServer(end: Disconnect): void {
    const receiver = this.#receiver
    this.#receiver = undefined
    receiver?.closed(end)
  }

  #closeClient(end: Disconnect): void {
    if (this.#readyState === 3) return
    this.#readyState = 3
    this.#gone.abort()
    this.#ended()
    queueMicrotask(() => this.onclose?.(end))
  }
}

function toDetails(
  url: URL,
  { headers = {}, remoteAddress = '127.0.0.1' }: MemoryNetworkOptions,
  protocols: string | readonly string[] = [],
): RequestDetails {
  const offered = [protocols].flat().join(', ')
  return {
    url: `${url.pathname}${url.search}`,
    path: url.pathname,
    headers: { host: url.host, ...(offered !== '' && { 'sec-websocket-protocol': offered }), ...headers },
    cookies: parseCookies(headers.cookie),
    origin: headers.origin,
    userAgent: headers['user-agent'],
    remote: { address: remoteAddress, port: 0 },
    host: url.host,
    port: Number(url.port) || (url.protocol === 'wss:' ? 443 : 80),
    protocol: url.protocol === 'wss:' ? 'wss' : 'ws',
  }
}

/** A platform's socket delivers bytes as an `ArrayBuffer`. */
function toData(content: string | Uint8Array): string | ArrayBuffer {
  return typeof content === 'string' ? content : new Uint8Array(content).buffer
}

import {
  type Bye,
  type Clock,
  type closeCodes,
  encodeFrame,
  type Hello,
  type ServerFrame,
  type Timer,
  type Welcome,
  WirepactError,
} from '@wirepact/protocol'
import type { CloseCause } from '../../types.js'
import type { Socket, SocketListener, SocketOffer, Transport } from '../transport/transport.js'
import { exceeds } from './exceeds.js'
import { Liveness } from './liveness.js'

// Written out, because a bundle would carry the whole table; the types hold them to it.
const normal: typeof closeCodes.NORMAL = 1000
const timedOut: typeof closeCodes.HANDSHAKE_TIMEOUT = 4000
const silent: typeof closeCodes.PING_TIMEOUT = 4001

/** What a server that refuses with one of these codes says by it. */
const refusals: Readonly<Record<number, string>> = {
  [4501 satisfies typeof closeCodes.UNAUTHENTICATED]: 'UNAUTHENTICATED',
  [4502 satisfies typeof closeCodes.REVOKED]: 'REVOKED',
  [4503 satisfies typeof closeCodes.FORBIDDEN]: 'FORBIDDEN',
}

export interface LinkPorts {
  readonly clock: Clock
  readonly transport: Transport
  readonly auth: (() => Promise<string | undefined>) | undefined
  readonly connectTimeoutMs: number
  readonly maxBufferedBytes: number
}

/** Where to open the socket, and what to say there. */
export interface LinkTarget extends SocketOffer {
  readonly url: string
  /** What a server that says no welcome, and is told no hello, is taken to have said. */
  readonly welcome: Welcome | undefined
}

export interface LinkEnd {
  readonly cause: CloseCause
  /** True when trying again would not help, whatever the code. */
  readonly final: boolean
  /** When the server asked to come back. */
  readonly retryAfterMs: Bye['retryAfterMs']
}

export interface LinkListener {
  hello(token: string | undefined): Hello
  /** Throws for what is no frame. */
  decode(data: unknown): ServerFrame
  welcomed(welcome: Welcome): void
  /** Every frame but those that belong to the link itself. */
  received(frame: ServerFrame): void
  report(thrown: unknown): void
  /** The last thing that a link tells, once. */
  ended(end: LinkEnd): void
}

/**
 * One attempt: a credential, a socket, the handshake, and then the frames until one side is gone. Knows nothing
 * of other attempts; once it has ended or was dropped, whatever its socket still does is not heard.
 */
export class Link {
  readonly #ports: LinkPorts
  readonly #listener: LinkListener
  #socket: Socket | undefined
  #over = false
  #deadline: Timer
  #liveness: Liveness | undefined
  #welcome: Welcome | undefined
  #bye: Bye | undefined

  constructor(ports: LinkPorts, listener: LinkListener) {
    this.#ports = ports
    this.#listener = listener
  }

  open(target: LinkTarget): void {
    const { auth } = this.#ports
    if (auth === undefined) this.#start(target, undefined)
    auth?.().then(
      (token) => this.#start(target, token),
      (thrown) => this.#end({ code: 1006, reason: 'No credential', error: WirepactError.from(thrown) }),
    )
  }

  /** Hands a message to the socket. Throws `TOO_BIG` or `BUFFER_OVERFLOW`. */
  send(message: string | Uint8Array): void {
    const socket = this.#socket
    if (!socket || this.#over) return
    if (exceeds(message, this.#welcome?.maxPayloadBytes ?? Infinity)) {
      throw new WirepactError('TOO_BIG', 'The message is larger than the server accepts.')
    }
    if (socket.bufferedBytes() > this.#ports.maxBufferedBytes) {
      throw new WirepactError('BUFFER_OVERFLOW', 'The network does not keep up.')
    }
    socket.send(message)
  }

  /** Whether the server may be gone without a word: looks at when it was last heard. */
  check(): void {
    this.#liveness?.check()
  }

  /** Ends it without a word to the listener. */
  drop(code: number = normal, reason = ''): void {
    if (this.#over) return
    this.#over = true
    this.#ports.clock.stopTimer(this.#deadline)
    this.#liveness?.stop()
    this.#socket?.close(code, reason)
  }

  #start(target: LinkTarget, token: string | undefined): void {
    if (this.#over) return
    const { url, welcome } = target
    const { clock, transport, connectTimeoutMs } = this.#ports
    this.#deadline = clock.startTimer(() => this.#giveUp(timedOut, 'No welcome in time'), connectTimeoutMs)
    const listener: SocketListener = {
      opened: () =>
        welcome ? this.#open(welcome) : this.send(encodeFrame(['hello', this.#listener.hello(token)])),
      received: (data) => this.#over || this.#receive(data),
      closed: (code, reason, problem) => this.#closed({ code, reason }, problem),
      failed: (thrown) =>
        this.#end({ code: 1006, reason: 'No socket', error: WirepactError.from(thrown) }, true),
    }
    this.#socket = transport.open(url, listener, target)
  }

  /** A frame that cannot be understood is reported and changes nothing. */
  #receive(data: unknown): void {
    this.#liveness?.heard()
    try {
      this.#take(this.#listener.decode(data))
    } catch (thrown) {
      this.#listener.report(thrown)
    }
  }

  #take(frame: ServerFrame): void {
    if (frame[0] === 'ping') this.#socket?.send('["pong"]')
    else if (frame[0] === 'bye') this.#bye = frame[1]
    else if (frame[0] === 'welcome') this.#open(frame[1])
    else if (this.#welcome) this.#listener.received(frame)
  }

  #open(welcome: Welcome): void {
    if (this.#welcome) return
    this.#welcome = welcome
    const { clock } = this.#ports
    clock.stopTimer(this.#deadline)
    if (welcome.pingIntervalMs > 0) {
      const windowMs = welcome.pingIntervalMs + welcome.pingTimeoutMs
      this.#liveness = new Liveness(clock, windowMs, () => this.#giveUp(silent, 'Nothing was heard'))
    }
    this.#listener.welcomed(welcome)
  }

  /** What `bye` announced counts where the socket then closed without a code of its own. */
  #closed(cause: CloseCause, problem: string | undefined): void {
    const { code, reason } = cause.code === 1005 || cause.code === 1006 ? (this.#bye ?? cause) : cause
    const name = refusals[code] ?? (problem && 'CONNECTION_LOST')
    this.#end({ code, reason, ...(name && { error: new WirepactError(name, problem || reason) }) })
  }

  #giveUp(code: number, reason: string): void {
    this.#end({ code, reason, error: new WirepactError('TIMEOUT', reason) })
  }

  #end(cause: CloseCause, final = false): void {
    if (this.#over) return
    this.drop(cause.code >= 4000 ? cause.code : normal)
    this.#listener.ended({ cause, final, retryAfterMs: this.#bye?.retryAfterMs })
  }
}

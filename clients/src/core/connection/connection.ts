import {
  type closeCodes,
  type Hello,
  type Random,
  shouldReconnect,
  type Timer,
  type Welcome,
  WirepactError,
} from '@wirepact/protocol'
import { defaults, type ReconnectOptions } from '../../options.js'
import type { CloseCause, Status, Stop } from '../../types.js'
import { backoffMs, randomBetween } from './backoff.js'
import { Link, type LinkEnd, type LinkListener, type LinkPorts, type LinkTarget } from './link.js'
import type { Signals } from './signals.js'

// Written out, because a bundle would carry the whole table; the type holds it to it.
const revoked: typeof closeCodes.REVOKED = 4502

export interface ConnectionPorts extends LinkPorts {
  readonly random: Pick<Random, 'next'>
  readonly signals: Signals | undefined
  readonly reconnect: Required<ReconnectOptions> | false
}

export interface ConnectionListener extends Pick<LinkListener, 'decode' | 'received' | 'report'> {
  /** What its parts have to say in the handshake. */
  hello(): Partial<Hello>
  /** Called with every new status, in order. */
  changed(status: Status): void
}

/** What a state holds beside its status. */
interface Held {
  readonly link?: Link
  readonly timer?: Timer
  readonly openedAt?: number
  readonly welcome?: Welcome
}

/**
 * Knows whether there is a connection and when to try again: idle → connecting → open → waiting → closed. Has
 * one link at a time and knows nothing of what is said over it.
 */
export class Connection {
  readonly #ports: ConnectionPorts
  readonly #hello: Hello
  readonly #target: LinkTarget
  readonly #listener: ConnectionListener
  #status: Status = { state: 'idle' }
  #held: Held = {}
  #retries = 0
  #attempts = 0
  #session: string | undefined
  #stopSignals: Stop | undefined
  readonly #untold: Status[] = []

  constructor(
    ports: ConnectionPorts,
    target: LinkTarget & { readonly contract: string },
    listener: ConnectionListener,
  ) {
    this.#ports = ports
    this.#target = target
    this.#hello = { contract: target.contract }
    this.#listener = listener
  }

  get status(): Status {
    return this.#status
  }

  /** What the server said of this connection; while it is open. */
  get welcome(): Welcome | undefined {
    return this.#held.welcome
  }

  /** Why nothing can be sent any more; undefined while there is a connection, or one to come. */
  get closed(): WirepactError | undefined {
    if (this.#status.state !== 'closed') return undefined
    const { code, reason, error } = this.#status.cause
    return new WirepactError('CONNECTION_CLOSED', `The connection is closed: ${code} ${reason}`, {
      cause: error,
    })
  }

  /** Tries at once, unless it is open or on the way. */
  connect(): void {
    const { state } = this.#status
    if (state === 'connecting' || state === 'open') return
    if (state !== 'waiting') this.#retries = 0
    this.#stopSignals ??= this.#ports.signals?.listen(() => this.#wake())
    this.#attempt()
  }

  /** Only while open. Throws `TOO_BIG` or `BUFFER_OVERFLOW`. */
  send(message: string | Uint8Array): void {
    this.#held.link?.send(message)
  }

  close(code: number, reason: string): void {
    if (this.#status.state === 'closed') return
    this.#held.link?.drop(code, reason)
    this.#setState({ state: 'closed', cause: { code, reason } })
  }

  #attempt(): void {
    const attempt = ++this.#attempts
    const link = new Link(this.#ports, {
      ...this.#listener,
      hello: (token) => ({
        ...this.#hello,
        attempt,
        ...(this.#session !== undefined && { session: this.#session }),
        ...(token !== undefined && { token }),
        ...this.#listener.hello(),
      }),
      welcomed: (welcome) => this.#welcomed(welcome, link),
      ended: (end) => this.#ended(end),
    })
    this.#setState({ state: 'connecting', attempt: this.#retries }, { link })
    link.open(this.#target)
  }

  #welcomed(welcome: Welcome, link: Link): void {
    const { connection, session } = welcome
    this.#session = session
    this.#setState(
      { state: 'open', connection, session },
      { link, welcome, openedAt: this.#ports.clock.now() },
    )
  }

  #ended({ cause, final, retryAfterMs }: LinkEnd): void {
    const { clock, reconnect } = this.#ports
    const openedAt = this.#held.openedAt ?? Infinity
    if (clock.now() - openedAt >= defaults.stableMs) this.#retries = 0
    if (cause.code === revoked) this.#session = undefined
    if (reconnect === false || final || !shouldReconnect(cause.code)) {
      this.#setState({ state: 'closed', cause })
    } else {
      this.#retries += 1
      this.#wait(cause, toWindow(retryAfterMs, backoffMs(reconnect, this.#retries)))
    }
  }

  /** Until a random moment of the window: the other clients of a server that went away come back too. */
  #wait(cause: CloseCause, [from, to]: readonly [number, number]): void {
    const { clock, random } = this.#ports
    const delayMs = randomBetween(random, from, to)
    const timer = clock.startTimer(() => this.#attempt(), delayMs)
    this.#setState(
      { state: 'waiting', attempt: this.#retries, until: clock.now() + delayMs, cause },
      { timer },
    )
  }

  /** A link that outlived a sleep is looked at; a retry that is due some time is made now. */
  #wake(): void {
    if (this.#status.state === 'waiting') this.#attempt()
    else this.#held.link?.check()
  }

  /** The only place that changes the state. Links end before their state does, so no two live at once. */
  #setState(status: Status, held: Held = {}): void {
    this.#ports.clock.stopTimer(this.#held.timer)
    this.#status = status
    this.#held = held
    if (status.state === 'closed') {
      this.#stopSignals?.()
      this.#stopSignals = undefined
    }
    this.#tell(status)
  }

  /** A listener may change the state again: that is told after everybody has been told of this one. */
  #tell(status: Status): void {
    if (this.#untold.push(status) > 1) return
    for (let next: Status | undefined = status; next !== undefined; next = this.#untold[0]) {
      this.#listener.changed(next)
      this.#untold.shift()
    }
  }
}

/** The window that the server asks for, where it is one, but never a shorter one than the retries call for. */
function toWindow(asked: LinkEnd['retryAfterMs'], delayMs: number): [from: number, to: number] {
  const [from, to] = Array.isArray(asked) ? asked : [0, 0]
  return from >= 0 && from <= to ? [from, Math.max(to, delayMs)] : [0, delayMs]
}

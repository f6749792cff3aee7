import {
  type Bye,
  type closeCodes,
  encodeFrame,
  type Hello,
  shouldReconnect,
  type Timer,
  type Welcome,
  WirepactError,
} from '@wirepact/protocol'
import type { Feature } from '../../definition.js'
import { defaults, type ReconnectOptions } from '../../options.js'
import type { CloseCause, Status, Stop } from '../../types.js'
import type { Core, Install } from '../core.js'
import { type Frames, take } from '../frames.js'
import type { Socket } from '../transport/transport.js'
import { exceeds } from './exceeds.js'

// Written out, because a bundle would carry the whole table; the types hold them to it.
const normal: typeof closeCodes.NORMAL = 1000
const timedOut: typeof closeCodes.HANDSHAKE_TIMEOUT = 4000
const silent: typeof closeCodes.PING_TIMEOUT = 4001
const revoked: typeof closeCodes.REVOKED = 4502

/** What a server that refuses with one of these codes says by it. */
const refusals: Readonly<Record<number, string>> = {
  [4501 satisfies typeof closeCodes.UNAUTHENTICATED]: 'UNAUTHENTICATED',
  [revoked]: 'REVOKED',
  [4503 satisfies typeof closeCodes.FORBIDDEN]: 'FORBIDDEN',
}

/** One attempt, from the question for a credential to the end of its socket. */
interface Link {
  socket?: Socket
  welcome?: Welcome
  bye?: Bye
  openedAt?: number
  /** What the server said while the checks were being loaded. */
  held?: unknown[]
}

/**
 * Knows whether there is a connection and when to try again: idle → connecting → open → waiting → closed. Has
 * one link at a time: what an earlier one still does is not heard. Knows nothing of what is said.
 */
export class Connection {
  readonly #core: Core
  #status: Status = { state: 'idle' }
  #link: Link = {}
  /** Runs until the next attempt, or until the server was silent for too long. */
  #timer: Timer
  #heardAt = 0
  /** How long the server may be silent. */
  #patienceMs = 0
  #retries = 0
  #attempts = 0
  #session: string | undefined
  #stopSignals: Stop | undefined
  readonly #untold: Status[] = []

  constructor(core: Core) {
    this.#core = core
    const frames: Frames = {
      ping: () => this.#link.socket?.send('["pong"]'),
      bye: ([, bye]) => {
        this.#link.bye = bye
      },
      welcome: ([, welcome]) => this.#link.welcome || this.#greeted(welcome),
    }
    Object.assign(core.frames, frames)
  }

  get status(): Status {
    return this.#status
  }

  /** What the server said of this connection; while it is open. */
  get welcome(): Welcome | undefined {
    return this.#link.welcome
  }

  /** Why nothing can be sent any more; undefined while there is a connection, or one to come. */
  get closed(): WirepactError | undefined {
    if (this.#status.state !== 'closed') return undefined
    const { code, reason, error } = this.#status.cause
    return new WirepactError('CONNECTION_CLOSED', `Closed: ${code} ${reason}`, { cause: error })
  }

  /** Tries at once, unless it is open or on the way. */
  connect(): void {
    const { state } = this.#status
    if (state === 'connecting' || state === 'open') return
    if (state !== 'waiting') this.#retries = 0
    this.#stopSignals ??= this.#core.signals?.listen(() => this.#wake())
    this.#attempt()
  }

  /** Only while open. Throws `TOO_BIG` or `BUFFER_OVERFLOW`. */
  send(message: string | Uint8Array): void {
    const { socket, welcome } = this.#link
    if (exceeds(message, welcome?.maxPayloadBytes ?? Infinity)) throw new WirepactError('TOO_BIG')
    if (socket && socket.bufferedBytes() > this.#core.maxBufferedBytes) {
      throw new WirepactError('BUFFER_OVERFLOW', 'The network does not keep up')
    }
    socket?.send(message)
  }

  close(code: number, reason: string): void {
    if (this.#status.state !== 'closed') this.#change({ state: 'closed', cause: { code, reason } })
  }

  #attempt(): void {
    const { auth } = this.#core
    const link: Link = {}
    this.#link = link
    this.#attempts += 1
    this.#change({ state: 'connecting', attempt: this.#retries })
    const start = (token?: string) => this.#link === link && this.#open(link, token)
    if (!auth) start()
    auth?.().then(start, (thrown) => this.#link === link && this.#fail('No credential', thrown))
  }

  #open(link: Link, token: string | undefined): void {
    const { url, route, transport, connectTimeoutMs } = this.#core
    const welcome = route.wire?.welcome as Welcome | undefined
    /** Only what the link that counts does is heard. */
    const heard =
      <Given extends readonly unknown[]>(react: (...given: Given) => void) =>
      (...given: Given) => {
        if (this.#link === link) react(...given)
      }
    this.#listen(connectTimeoutMs)
    this.#timer = this.#watch()
    link.socket = transport.open(
      url,
      {
        opened: heard(() =>
          welcome ? this.#welcomed(welcome) : link.socket?.send(encodeFrame(['hello', this.#hello(token)])),
        ),
        received: heard((data) => this.#receive(data)),
        closed: heard((code, reason, problem) => this.#closed({ code, reason }, problem)),
        failed: heard((thrown) => this.#fail('No socket', thrown, true)),
      },
      this.#core,
    )
  }

  /** What is undefined has no place in JSON, and so is not said. */
  #hello(token: string | undefined): Hello {
    const { contract, hello } = this.#core
    const own = { contract, attempt: this.#attempts, session: this.#session, token }
    return Object.assign(own, ...hello.map((say) => say()))
  }

  /** A frame that cannot be understood is reported and changes nothing. */
  #receive(data: unknown): void {
    const { clock, codec, frames, tell } = this.#core
    const { held, welcome } = this.#link
    if (welcome) this.#heardAt = clock.now()
    if (held) return this.#hold(held, data)
    try {
      take(codec.decode(data), frames)
    } catch (thrown) {
      tell(WirepactError.from(thrown))
    }
  }

  /** What a server of another contract says is looked at, from its first word on. */
  #greeted(welcome: Welcome): void {
    const { contract, route } = this.#core
    const link = this.#link
    if (welcome.contract === contract || !route.checks) return this.#welcomed(welcome)
    const held: unknown[] = []
    link.held = held
    const loaded = ({ checks }: { checks: Feature }) => {
      if (this.#link !== link) return
      ;(checks as Install)(this.#core)
      delete link.held
      this.#welcomed(welcome)
      for (const data of held) if (this.#link === link) this.#receive(data)
    }
    route.checks().then(loaded, (thrown) => this.#link === link && this.#fail('No checks', thrown))
  }

  #hold(held: unknown[], data: unknown): void {
    if (held.push(data) > defaults.maxHeldMessages) {
      this.#fail('Too much before the checks', new WirepactError('BUFFER_OVERFLOW'))
    }
  }

  #welcomed(welcome: Welcome): void {
    const { connection, session, pingIntervalMs, pingTimeoutMs } = welcome
    this.#link.welcome = welcome
    this.#link.openedAt = this.#core.clock.now()
    this.#session = session
    this.#listen(pingIntervalMs > 0 ? pingIntervalMs + pingTimeoutMs : Infinity)
    this.#change({ state: 'open', connection, session }, this.#watch())
  }

  /** What `bye` announced counts where the socket then closed without a code of its own. */
  #closed(closed: CloseCause, problem: string | undefined): void {
    const { code, reason } = /1005|1006/.test(`${closed.code}`) ? (this.#link.bye ?? closed) : closed
    const name = refusals[code] ?? (problem && 'CONNECTION_LOST')
    this.#end({ code, reason, ...(name && { error: new WirepactError(name, problem || reason) }) })
  }

  #fail(reason: string, thrown: unknown, isFinal?: boolean): void {
    this.#end({ code: 1006, reason, error: WirepactError.from(thrown) }, isFinal)
  }

  /** The link is over, or is given up. `isFinal`: trying again would not help, whatever the code. */
  #end(cause: CloseCause, isFinal = false): void {
    const { clock, reconnect } = this.#core
    const { openedAt = Infinity, bye } = this.#link
    if (clock.now() - openedAt >= defaults.stableMs) this.#retries = 0
    if (cause.code === revoked) this.#session = undefined
    if (!reconnect || isFinal || !shouldReconnect(cause.code)) this.#change({ state: 'closed', cause })
    else this.#wait(cause, reconnect, bye?.retryAfterMs)
  }

  /**
   * Until a random moment: the other clients of a server that went away come back too. Within the window that the
   * server asks for, where it is one, but never a shorter one than the retries call for.
   */
  #wait(
    cause: CloseCause,
    { minDelayMs, maxDelayMs, factor }: Required<ReconnectOptions>,
    asked: unknown,
  ): void {
    const { clock, random, signals } = this.#core
    const backoffMs = Math.min(maxDelayMs, minDelayMs * factor ** this.#retries)
    const [from, to] = Array.isArray(asked) && asked[0] >= 0 && asked[0] <= asked[1] ? asked : [0, 0]
    const windowMs = Math.max(to, backoffMs) - from
    const delayMs = signals?.isOffline?.() ? maxDelayMs : from + random.next() * windowMs
    const attempt = ++this.#retries
    const timer = clock.startTimer(() => this.#attempt(), delayMs)
    this.#change({ state: 'waiting', attempt, until: clock.now() + delayMs, cause }, timer)
  }

  /** A link that outlived a sleep is looked at; a retry that is due some time is made now. */
  #wake(): void {
    if (this.#status.state === 'waiting') this.#attempt()
    else this.#check()
  }

  #listen(patienceMs: number): void {
    this.#heardAt = this.#core.clock.now()
    this.#patienceMs = patienceMs
  }

  /** A timer until the silence would be too long. */
  #watch(): Timer {
    const { clock } = this.#core
    const leftMs = this.#heardAt + this.#patienceMs - clock.now()
    return leftMs < Infinity ? clock.startTimer(() => this.#check(), leftMs) : undefined
  }

  /** Goes by the time and not by the timer, which does not run while a computer sleeps. */
  #check(): void {
    const { clock } = this.#core
    clock.stopTimer(this.#timer)
    if (clock.now() < this.#heardAt + this.#patienceMs) this.#timer = this.#watch()
    else {
      const [code, reason] = this.#link.welcome
        ? ([silent, 'Nothing was heard'] as const)
        : ([timedOut, 'No welcome in time'] as const)
      this.#end({ code, reason, error: new WirepactError('TIMEOUT', reason) })
    }
  }

  /** The only place that changes the state. A link ends before its state does, so no two live at once. */
  #change(status: Status, timer?: Timer): void {
    const { socket } = this.#link
    this.#core.clock.stopTimer(this.#timer)
    this.#timer = timer
    this.#status = status
    if ('cause' in status) {
      const { code, reason } = status.cause
      this.#link = {}
      socket?.close(code >= 3000 ? code : normal, reason)
    }
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
      this.#core.statuses.emit(next)
      this.#untold.shift()
    }
  }
}

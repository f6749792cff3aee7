import {
  type Bye,
  type closeCodes,
  type Hello,
  shouldReconnect,
  type Timer,
  toWirepactError,
  type Welcome,
  WirepactError,
} from '@wirepact/protocol'
import type { Feature } from '../../definition.js'
import { defaults } from '../../options.js'
import type { CloseCause, Status, Stop } from '../../types.js'
import type { Core, Install } from '../core.js'
import type { Frames } from '../frames.js'
import type { WebSocketConstructor, WebSocketLike } from '../web-socket.js'
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

/** One attempt to connect, from the question for a credential to the end of its socket. */
interface Link {
  socket?: WebSocketLike
  welcome?: Welcome
  bye?: Bye
  openedAt?: number
  /** Resolves when what the server says can be looked at. */
  checks?: Promise<void> | undefined
  /** How much of it was held until then. */
  held?: number
}

/**
 * Knows whether there is a connection and when to try again: idle → connecting → open → waiting → closed. Has
 * one link at a time: what an earlier one still does is not heard. Knows nothing of what is said.
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: what its short functions share stays among them, and so can be minified.
export function addLink(core: Core): void {
  const { auth, clock, frames, hello, random, reconnect, route, signals, tell } = core
  const untold: Status[] = []
  let isTelling = false
  let link: Link = {}
  /** Runs until the next attempt, or until the server was silent for too long. */
  let timer: Timer
  let heardAt = 0
  /** How long the server may be silent. */
  let patienceMs = Infinity
  let attempts = 0
  let retries = 0
  let stopSignals: Stop | undefined

  /** Only what the link that counts does is heard. */
  const heard = <Given extends readonly unknown[]>(react: (...given: Given) => void) => {
    const own = link
    return (...given: Given) => {
      if (link === own) react(...given)
    }
  }

  const attempt = () => {
    link = {}
    patienceMs = Infinity
    attempts += 1
    const begin = heard(open)
    const failed = heard((thrown) => lose('No credential', thrown))
    change({ state: 'connecting', attempt: retries })
    if (auth) auth().then(begin, failed)
    else begin()
  }

  const open = (token?: string) => {
    const use = heard(connect)
    const failed = heard((thrown) => lose('No socket', thrown, true))
    Object.assign(hello, { attempt: attempts, token })
    listen(core.connectTimeoutMs || Infinity)
    check()
    try {
      const found = core.findWebSocket()
      if (found instanceof Promise) found.then(use).catch(failed)
      else use(found as WebSocketConstructor)
    } catch (thrown) {
      // Whoever has only just asked for the connection is to hear of it, too.
      queueMicrotask(() => failed(thrown))
    }
  }

  const connect = (WebSocket: WebSocketConstructor) => {
    const { headers, protocols, url } = core
    const offered = protocols[1] === undefined ? protocols[0] : protocols
    const socket = new WebSocket(url, offered as never, (headers && { headers }) as never)
    let problem: string | undefined
    const closed = heard((event: CloseCause) => {
      // Deno says 0 for a connection that was lost.
      const given = { code: event.code || 1006, reason: event.reason }
      // What `bye` announced counts where the socket then closed without a code of its own.
      const { code, reason } = (/^100[56]$/.test(`${given.code}`) && link.bye) || given
      const name = refusals[code] ?? (problem && 'CONNECTION_LOST')
      end({ code, reason, ...(name && { error: new WirepactError(name, problem || reason) }) })
    })
    link.socket = Object.assign(socket, {
      binaryType: 'arraybuffer',
      onopen: heard(() => core.greet()),
      onmessage: heard(({ data }: { data: unknown }) => receive(data)),
      // The handlers stay after the end: `ws` throws an error that nobody hears.
      onerror(event: { message?: string }) {
        problem = event.message
        // In Node 22 nothing follows when the handshake fails.
        if (socket.readyState === 0) closed({ code: 1006, reason: '' })
      },
      onclose: closed,
    })
  }

  const welcomed = (welcome: Welcome) => {
    const { connection, session, pingIntervalMs, pingTimeoutMs } = welcome
    hello.session = session
    listen(pingIntervalMs > 0 ? pingIntervalMs + pingTimeoutMs : Infinity)
    link.openedAt = heardAt
    link.welcome = welcome
    change({ state: 'open', connection, session }, patienceMs)
  }

  const lose = (reason: string, thrown: unknown, isFinal?: boolean) =>
    end({ code: 1006, reason, error: toWirepactError(thrown) }, isFinal)

  /**
   * The link is over, or is given up. Where trying again would help (`isFinal`: it would not, whatever the code), it is
   * tried again at a random moment: the other clients of a server that went away come back too. Within the window that
   * the server asks for, where it is one, but never a shorter one than the retries call for.
   */
  const end = (cause: CloseCause, isFinal?: boolean) => {
    const { openedAt = Infinity, bye } = link
    if (clock.now() - openedAt >= defaults.stableMs) retries = 0
    if (cause.code === revoked) hello.session = undefined
    if (!reconnect || isFinal || !shouldReconnect(cause.code)) return change({ state: 'closed', cause })
    const { minDelayMs, maxDelayMs, factor } = reconnect
    const asked: unknown = bye?.retryAfterMs
    const [from, to] =
      Array.isArray(asked) && asked.every(Number.isFinite) && 0 <= asked[0] && asked[0] <= asked[1]
        ? asked
        : [0, 0]
    const windowMs = Math.max(to, Math.min(maxDelayMs, minDelayMs * factor ** retries)) - from
    const delayMs = signals?.isOffline?.() ? maxDelayMs : from + random.next() * windowMs
    retries += 1
    change({ state: 'waiting', attempt: retries, until: clock.now() + delayMs, cause }, delayMs, attempt)
  }

  const listen = (ms: number) => {
    patienceMs = ms
    heardAt = clock.now()
  }

  /** Goes by the time and not by the timer, which does not run while a computer sleeps. */
  const check = (): void => {
    const now = clock.now()
    heardAt = Math.min(heardAt, now)
    const leftMs = heardAt + patienceMs - now
    if (leftMs > 0) return wake(leftMs)
    const reason = link.welcome ? 'Nothing was heard' : 'No welcome in time'
    end({ code: link.welcome ? silent : timedOut, reason, error: new WirepactError('TIMEOUT', reason) })
  }

  /** One timer at a time; none for ever. */
  const wake = (delayMs = Infinity, run = check) => {
    clock.stopTimer(timer)
    timer = delayMs < Infinity ? clock.startTimer(run, delayMs) : undefined
  }

  /** The only place that changes the state. A link ends before its state does, so no two live at once. */
  const change = (next: Status, delayMs?: number, run?: () => void) => {
    wake(delayMs, run)
    core.status = next
    core.closed = undefined
    if ('cause' in next) {
      const { socket } = link
      const { code, reason, error } = next.cause
      link = {}
      try {
        socket?.close(code >= 3000 ? code : normal, reason)
      } catch {
        // What a server has made up is nothing to close with.
        socket?.close()
      }
      if (next.state === 'closed') {
        core.closed = new WirepactError(
          'CONNECTION_CLOSED',
          `Closed: ${code} ${reason}`,
          error && { cause: error },
        )
        stopSignals?.()
        stopSignals = undefined
      }
    }
    // A listener may change the state again: that is told after everybody has been told of this one.
    untold.push(next)
    if (isTelling) return
    isTelling = true
    try {
      for (let told = untold.shift(); told; told = untold.shift()) core.statuses.emit(told)
    } finally {
      isTelling = false
    }
  }

  /** Only while open. Throws `TOO_BIG` or `BUFFER_OVERFLOW`. */
  const send = (message: string | Uint8Array) => {
    const { socket, welcome } = link as Required<Link>
    if (exceeds(message, welcome.maxPayloadBytes)) throw new WirepactError('TOO_BIG')
    if (socket.bufferedAmount > core.maxBufferedBytes) throw new WirepactError('BUFFER_OVERFLOW')
    socket.send(message as string)
  }

  /** What cannot be looked at yet is held, in order. A frame that cannot be understood is reported and changes nothing. */
  const receive = (data: unknown): void => {
    const { checks, held = 0, welcome } = link
    if (welcome) heardAt = clock.now()
    if (checks !== undefined) {
      link.held = held + 1
      if (held < defaults.maxHeldMessages) void checks.then(heard(() => receive(data)))
      else lose('Too much before the checks', new WirepactError('BUFFER_OVERFLOW'))
      return
    }
    try {
      const frame = core.decode(data)
      const [type, ...parts] = Array.isArray(frame) ? frame : []
      if (!Object.hasOwn(frames, type)) throw new WirepactError('INVALID_FRAME')
      ;(frames as Record<string, (...parts: unknown[]) => void>)[type]?.(...parts)
    } catch (thrown) {
      tell(toWirepactError(thrown))
    }
  }

  /** What a server of another contract says is looked at, from its first word on. */
  const greeted = (welcome: Welcome) => {
    const { checks } = route
    if (welcome.contract === core.contract || !checks) return welcomed(welcome)
    const loaded = heard(({ checks }: { checks: Feature }) => {
      ;(checks as Install)(core)
      delete link.checks
      welcomed(welcome)
    })
    const failed = heard((thrown) => lose('No checks', thrown))
    link.checks = checks().then(loaded).catch(failed)
  }

  const own: Frames = {
    ping: () => link.socket?.send('["pong"]'),
    bye(bye) {
      link.bye = bye
    },
    welcome: (welcome) => link.welcome || greeted(welcome),
  }
  Object.assign(frames, own)
  const part: Pick<Core, 'connect' | 'close' | 'send' | 'greet'> = {
    connect() {
      const { state } = core.status
      if (/connecting|open/.test(state)) return
      if (state !== 'waiting') retries = 0
      // A link that outlived a sleep is looked at; a retry that is due some time is made now.
      stopSignals ??= signals?.listen(() => (core.status.state === 'waiting' ? attempt() : check()))
      attempt()
    },
    close(code, reason) {
      if (!core.closed) change({ state: 'closed', cause: { code, reason } })
    },
    send,
    greet: () => link.socket?.send(core.encode(['hello', hello as Hello]) as string),
  }
  Object.assign(core, part)
}

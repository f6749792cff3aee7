import {
  type Bye,
  type closeCodes,
  type Hello,
  shouldReconnect,
  type Timer,
  toWirepactError,
  type Welcome,
  WirepactError,
} from '@wirepact/protocol/client'
import type { Feature } from '../../definition.js'
import type { CloseCause, Status, Stop } from '../../types.js'
import type { Core, Install } from '../core.js'
import type { WebSocketConstructor, WebSocketLike } from '../web-socket.js'
import { exceeds } from './exceeds.js'
import { expired, tooLongMs } from './limit.js'

/** What a server that refuses says by its close code, from 4501 on (`docs/protocol.md`, section 9). */
const refusals = ['UNAUTHENTICATED', 'REVOKED', 'FORBIDDEN'] satisfies (keyof typeof closeCodes)[]

/**
 * Knows whether there is a connection and when to try again: idle → connecting → open → waiting → closed. Has
 * one link at a time: what an earlier one still does is not heard. Knows nothing of what is said.
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: what its short functions share stays among them, and so can be minified.
export function addLink(core: Core): void {
  const { auth, clock, frames, hello, reconnect, route, signals } = core
  const untold: Status[] = []
  /** One attempt to connect, from the question for a credential to the end of its socket: this, and what follows. */
  let link: object | undefined
  let socket: WebSocketLike | undefined
  let welcome: Welcome | undefined
  let bye: Bye | undefined
  let openedAt: number | undefined
  /** Resolves when what the server says can be looked at. */
  let checks: Promise<void> | undefined
  /** Runs until the next attempt, or until the server was silent for too long. */
  let timer: Timer
  let heardAt = 0
  /** How long the server may be silent. */
  let patienceMs: number
  let retries = 0
  let stopSignals: Stop | undefined

  /** Only what the link that counts does is heard. */
  const heard = <Given extends readonly unknown[]>(react: (...given: Given) => void) => {
    const own = link
    return (...given: Given) => {
      if (link === own) react(...given)
    }
  }

  const renew = () => {
    link = {}
    patienceMs = Infinity
    socket = welcome = bye = openedAt = checks = undefined
  }

  const attempt: () => void = async () => {
    renew()
    const own = link
    hello.attempt += 1
    let isAsync: unknown
    change({ state: 'connecting', attempt: retries })
    try {
      const found = core.findWebSocket(core.args)
      isAsync = auth || found instanceof Promise
      const [WebSocket, token] = isAsync
        ? await Promise.all([found, auth?.()])
        : [found as WebSocketConstructor]
      if (link !== own) return
      hello.token = token
      isAsync = false
      listen(core.connectTimeoutMs ?? 10_000)
      check()
      open(WebSocket)
    } catch (thrown) {
      // Whoever has only just asked for the connection is to hear of it, too.
      await undefined
      if (link === own) fail(thrown, 1006, !isAsync)
    }
  }

  const open = (WebSocket: WebSocketConstructor) => {
    /** After an error nothing comes but a close with 1006 (WebSockets Standard, "fail the connection"), if even that. */
    const ended = heard((event: Partial<CloseCause> & { readonly message?: string }) => {
      const { message } = event
      // What `bye` announced counts, for the network may take the close frame; Deno says 0 for a connection that was lost.
      const { code, reason = '' } = bye ?? event
      const name =
        refusals[(code as number) - (4501 satisfies typeof closeCodes.UNAUTHENTICATED)] ??
        (message && 'CONNECTION_LOST')
      socket = undefined
      end({
        code: code || 1006,
        reason,
        error: name ? new WirepactError(name, message || reason) : undefined,
      })
    })
    socket = Object.assign(new WebSocket(core.url, core.protocols as never), {
      binaryType: 'arraybuffer',
      onopen: heard(core.greet),
      onmessage: heard(receive),
      // The handlers stay after the end: `ws` throws an error that nobody hears.
      onerror: ended,
      onclose: ended,
    })
  }

  const welcomed = (said: Welcome) => {
    const { connection, session, pingIntervalMs, pingTimeoutMs } = said
    hello.session = session
    listen(pingIntervalMs && pingIntervalMs + pingTimeoutMs)
    openedAt = heardAt
    welcome = said
    change({ state: 'open', connection, session }, patienceMs)
  }

  const fail = (thrown: unknown, code: number, isFinal?: boolean) => {
    const error = toWirepactError(thrown)
    end({ code, reason: error.message, error }, isFinal)
  }

  /**
   * The link is over, or is given up. Where trying again would help (`isFinal`: it would not, whatever the code), it is
   * tried again at a random moment: the other clients of a server that went away come back too. Within the window that
   * the server asks for, where it is one, but never a shorter one than the retries call for.
   */
  const end = (cause: CloseCause, isFinal?: boolean) => {
    // Only a connection that was open for so long makes the next delay short again.
    if (clock.now() - (openedAt as number) >= 5_000) retries = 0
    if (cause.code === (4502 satisfies typeof closeCodes.REVOKED)) hello.session = undefined
    if (reconnect === false || isFinal || !shouldReconnect(cause.code))
      return change({ state: 'closed', cause })
    const { minDelayMs = 500, maxDelayMs = 30_000, factor = 2 } = reconnect ?? {}
    const { 0: first, 1: last } = bye?.retryAfterMs ?? [0, 0]
    const [from, to] = first >= 0 && first <= last && last < tooLongMs ? [first, last] : [0, 0]
    const longestMs = Math.max(to, Math.min(maxDelayMs, minDelayMs * factor ** retries++ || 0))
    const delayMs = signals?.isOffline?.() ? maxDelayMs : from + core.random.next() * (longestMs - from)
    change({ state: 'waiting', attempt: retries, until: clock.now() + delayMs, cause }, delayMs, attempt)
  }

  const listen = (ms: number) => {
    patienceMs = ms || Infinity
    heardAt = clock.now()
  }

  /** Goes by the time and not by the timer, which does not run while a computer sleeps. */
  const check = (): void => {
    heardAt = Math.min(heardAt, clock.now())
    const leftMs = heardAt + patienceMs - clock.now()
    const code = welcome
      ? (4001 satisfies typeof closeCodes.PING_TIMEOUT)
      : (4000 satisfies typeof closeCodes.HANDSHAKE_TIMEOUT)
    if (leftMs <= 0) fail(expired(patienceMs), code)
    else wake(leftMs)
  }

  /** One timer at a time; none for ever. */
  const wake = (delayMs?: number, run: () => void = check) => {
    clock.stopTimer(timer)
    timer = (delayMs as number) < tooLongMs ? clock.startTimer(run, delayMs as number) : undefined
  }

  /** The only place that changes the state. A link ends before its state does, so no two live at once. */
  const change = (next: Status, delayMs?: number, run?: () => void) => {
    wake(delayMs, run)
    core.status = next
    core.closed = undefined
    const { cause } = next as { readonly cause?: CloseCause }
    if (cause) {
      const ended = socket
      const { code, reason } = cause
      renew()
      ended?.close(code >= 3000 ? code : (1000 satisfies typeof closeCodes.NORMAL), reason)
      if (next.state === 'closed') {
        core.closed = new WirepactError('CONNECTION_CLOSED', `Closed: ${code} ${reason}`, {
          cause: cause.error,
        })
        stopSignals = void stopSignals?.()
      }
    }
    // A listener may change the state again: that is told after everybody has been told of this one.
    if (untold.push(next) > 1) return
    try {
      for (const told of untold) core.statuses.emit(told)
    } finally {
      untold.length = 0
    }
  }

  core.send = (message) => {
    if (exceeds(message, (welcome as Welcome).maxPayloadBytes)) throw new WirepactError('TOO_BIG')
    const { bufferedAmount } = socket as WebSocketLike
    if (bufferedAmount > (core.maxBufferedBytes ?? 2 ** 24)) throw new WirepactError('BUFFER_OVERFLOW')
    socket?.send(message as string)
  }

  /** What cannot be looked at yet is held, in order. A frame that cannot be understood is reported and changes nothing. */
  const receive = (message: { readonly data: unknown }): void => {
    if (welcome) heardAt = clock.now()
    if (checks !== undefined) return void checks.then(heard(() => receive(message)))
    try {
      const frame = core.decode(message.data) as readonly ['event', string, unknown] | null
      const take = frame && frames[frame[0]]
      if (!take) throw new WirepactError('INVALID_FRAME')
      const [, ...parts] = frame
      take(...parts)
    } catch (thrown) {
      core.tell(toWirepactError(thrown))
    }
  }

  frames.ping = () => socket?.send(core.encode(['pong']) as string)
  frames.bye = (said) => {
    bye = said
  }
  /** What a server of another contract says is looked at, from its first word on. */
  frames.welcome = (said) => {
    if (welcome) return
    if (said.contract === core.contract || !route.checks) return welcomed(said)
    const loaded = heard((module: { checks: Feature }) => {
      ;(module.checks as Install)(core)
      checks = undefined
      welcomed(said)
    })
    checks = route
      .checks()
      .then(loaded)
      .catch(heard((thrown) => end({ code: 1006, reason: 'No checks', error: toWirepactError(thrown) })))
  }
  core.connect = () => {
    const { state } = core.status
    if (/connecting|open/.test(state)) return
    if (state !== 'waiting') retries = 0
    // A link that outlived a sleep is looked at; a retry that is due some time is made now.
    stopSignals ??= signals?.listen(() => (core.status.state === 'waiting' ? attempt() : check()))
    attempt()
  }
  core.close = (code, reason) => {
    if (!core.closed) change({ state: 'closed', cause: { code, reason } })
  }
  core.greet = () => socket?.send(core.encode(['hello', hello as Hello]) as string)
}

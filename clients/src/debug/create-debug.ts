import type { Joined } from '@wirepact/protocol/client'
import type { Core } from '../core/core.js'
import { createListeners } from '../core/listeners/listeners.js'
import type { WebSocketConstructor, WebSocketLike } from '../core/web-socket.js'
import { systemClock } from '../environment/system-clock.js'
import type { Debug } from '../options.js'
import type { CloseCause, Status, Stop } from '../types.js'
import type { DebugEvent } from './debug-event.js'
import { describe } from './describe.js'
import { nameOf, readFrame } from './read-frame.js'

export type { DebugEvent, FrameEvent } from './debug-event.js'

export interface DebugOptions {
  /** Whether events carry what the frames say: it may be private. Credentials are never among it. Default false. */
  readonly payloads?: boolean
  /** Where the time comes from. */
  readonly now?: () => number
}

/** What happens in a client, as events. Given to it as the option `debug`; one may watch several clients. */
export interface ClientDebug extends Debug {
  on(listener: (event: DebugEvent) => void): Stop
  /** Writes every event to a console, one line each. */
  log(to?: Pick<Console, 'debug'>): Stop
}

type News = DebugEvent extends infer Event
  ? Event extends DebugEvent
    ? Omit<Event, 'at' | 'url'>
    : never
  : never

/** Makes what `debug` of a client wants. Nothing is kept: who listens is told, and nobody else. */
export function createDebug({ payloads = false, now = systemClock.now }: DebugOptions = {}): ClientDebug {
  // A listener that throws is its own business.
  const listeners = createListeners<[DebugEvent]>(() => undefined)
  const tell = (url: string, news: News) => {
    listeners.emit({ at: now(), url, ...news } as DebugEvent)
  }
  const seen = (url: string, direction: 'in' | 'out', data: unknown) => {
    const { frame, bytes } = readFrame(data)
    const said = {
      type: 'frame',
      direction,
      frame: String(frame[0] ?? ''),
      name: nameOf(frame),
      bytes,
    } as const
    const isSecret = frame[0] === 'hello' || frame[0] === 'welcome' || frame[0] === 'refresh'
    tell(url, payloads && !isSecret ? { ...said, payload: frame } : said)
    const [type, , channel, joined] = frame as readonly ['joined', number | null, string, Joined]
    if (type === 'joined' && joined?.recovered !== undefined) {
      tell(url, { type: 'recovery', channel, recovered: joined.recovered, reason: joined.reason })
    }
  }
  return {
    on: (listener) => listeners.add(listener),
    log: (to = console) => listeners.add((event) => to.debug(...describe(event))),
    watch(core: Core) {
      const { findWebSocket, tell: toErrors, url } = core
      const see = (WebSocket: WebSocketConstructor) => watch(WebSocket, { tell, seen })
      core.statuses.add((status) => tell(url, { type: 'status', status: withoutSecret(status) }))
      core.tell = (error) => {
        tell(url, { type: 'error', error })
        return toErrors(error)
      }
      core.findWebSocket = (args) => {
        const found = findWebSocket(args)
        return found instanceof Promise ? found.then(see) : see(found as WebSocketConstructor)
      }
    },
  }
}

/** Whoever knows the session may go on with it. */
function withoutSecret(status: Status): Status {
  return status.state === 'open' ? { ...status, session: '' } : status
}

interface Watcher {
  tell(url: string, news: News): void
  seen(url: string, direction: 'in' | 'out', data: unknown): void
}

/** The class, with sockets that are looked at. */
function watch(WebSocket: WebSocketConstructor, watcher: Watcher): WebSocketConstructor {
  return new Proxy(WebSocket, {
    construct(Watched, given: ConstructorParameters<WebSocketConstructor>) {
      watcher.tell(given[0], { type: 'attempt' })
      return watchSocket(new Watched(...given), given[0], watcher)
    },
  })
}

/** The socket; what is sent through it and what its handlers are told is seen first. */
function watchSocket(socket: WebSocketLike, url: string, { tell, seen }: Watcher): WebSocketLike {
  let isOver = false
  const ended = ({
    code = 1006,
    reason = '',
    message = reason,
  }: Partial<CloseCause> & { message?: string }) => {
    if (!isOver) tell(url, { type: 'end', code, reason: message })
    isOver = true
  }
  const looks: Record<PropertyKey, (event: { data: unknown; message: string } & CloseCause) => void> = {
    onmessage: ({ data }) => seen(url, 'in', data),
    onerror: ended,
    onclose: ended,
  }
  const send = (message: string | Uint8Array<ArrayBuffer>) => {
    seen(url, 'out', message)
    socket.send(message)
  }
  return new Proxy(socket, {
    get(_, name) {
      const value: unknown = name === 'send' ? send : Reflect.get(socket, name)
      return typeof value === 'function' ? value.bind(socket) : value
    },
    set(_, name, value: (event: never) => unknown) {
      const look = looks[name]
      const handler = (event: never) => {
        look?.(event)
        return value(event)
      }
      return Reflect.set(socket, name, look ? handler : value)
    },
  })
}

import type { Joined } from '@wirepact/protocol'
import { Listeners } from '../core/listeners/listeners.js'
import type { Socket, SocketListener, Transport } from '../core/transport/transport.js'
import { systemClock } from '../environment/system-clock.js'
import type { Debug } from '../options.js'
import type { Status, Stop } from '../types.js'
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
  const listeners = new Listeners<[DebugEvent]>(() => undefined)
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
    changed: (url, status) => tell(url, { type: 'status', status: withoutSecret(status) }),
    told: (url, error) => tell(url, { type: 'error', error }),
    watch: (transport) => watch(transport, { tell, seen }),
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

function watch(transport: Transport, { tell, seen }: Watcher): Transport {
  return {
    open(url, listener, offer): Socket {
      tell(url, { type: 'attempt' })
      const watched: SocketListener = {
        opened: () => listener.opened(),
        failed: (thrown) => listener.failed(thrown),
        received(data) {
          seen(url, 'in', data)
          listener.received(data)
        },
        closed(code, reason, problem) {
          tell(url, { type: 'end', code, reason: problem ?? reason })
          listener.closed(code, reason, problem)
        },
      }
      const socket = transport.open(url, watched, offer)
      return {
        bufferedBytes: () => socket.bufferedBytes(),
        close: (code, reason) => socket.close(code, reason),
        send(message) {
          seen(url, 'out', message)
          socket.send(message)
        },
      }
    },
  }
}

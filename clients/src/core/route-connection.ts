import {
  type ServerFrame,
  SUBPROTOCOL,
  type TemplateValues,
  type Welcome,
  WirepactError,
} from '@wirepact/protocol'
import type { CallDefinition, CallKind, RouteDefinition } from '../definition.js'
import type { Status, Stop } from '../types.js'
import { Calls } from './calls/calls.js'
import { createCall } from './calls/create-call.js'
import type { Codec } from './codec/codec.js'
import { json } from './codec/json.js'
import { Connection, type ConnectionPorts } from './connection/connection.js'
import { exceeds } from './connection/exceeds.js'
import { Listeners, settle } from './listeners/listeners.js'
import { Outbox } from './outbox/outbox.js'
import type { CreatePart, Part } from './part.js'
import type { SocketOffer } from './transport/transport.js'

export interface RoutePorts extends ConnectionPorts {
  readonly callTimeoutMs: number
  readonly maxPendingCalls: number
  readonly maxQueuedMessages: number
  readonly maxUnacknowledged: number
  readonly report: (thrown: unknown) => void
}

export interface RouteTarget {
  readonly url: string
  readonly contract: string
  readonly route: RouteDefinition
  readonly params: TemplateValues
  readonly headers: SocketOffer['headers']
  /** Offered beside Wirepact's own. */
  readonly subprotocols: readonly string[] | undefined
}

/** What a user holds: builds the parts of one connection, and takes every frame to the part that it is for. */
export class RouteConnection {
  readonly #connection: Connection
  readonly #outbox: Outbox
  readonly #calls: Calls
  readonly #parts: readonly Part[]
  readonly #codec: Codec
  readonly #events: Listeners<[string, unknown]>
  readonly #statuses: Listeners<[Status]>
  readonly #errors: Listeners<[WirepactError]>

  constructor(ports: RoutePorts, target: RouteTarget) {
    const tell = (error: WirepactError) => this.#errors.emit(error)
    const report = (thrown: unknown) => this.#report(thrown, ports.report)
    this.#errors = new Listeners(ports.report)
    this.#events = new Listeners(report)
    this.#statuses = new Listeners(report)
    const { route, subprotocols = [] } = target
    const { wire, uses = wire ? [wire.feature] : [] } = route
    const protocols = wire ? subprotocols : [SUBPROTOCOL, ...subprotocols]
    const welcome = wire?.welcome as Welcome | undefined
    const connection = new Connection(
      ports,
      { ...target, protocols, welcome },
      {
        hello: () => Object.assign({}, ...this.#parts.map((part) => part.hello?.())),
        decode: (data) => this.#codec.decode(data),
        changed: (status) => this.#changed(status),
        received: (frame) => this.#received(frame),
        report: (thrown) => tell(WirepactError.from(thrown)),
      },
    )
    const outbox = new Outbox({ ...ports, connection, encode: (frame) => this.#codec.encode(frame) })
    const calls = new Calls({ ...ports, connection, outbox })
    this.#connection = connection
    this.#outbox = outbox
    this.#calls = calls
    const parts = { ...ports, ...target, connection, outbox, calls, report, tell }
    this.#parts = uses.map((feature) => (feature as CreatePart)(parts))
    this.#codec = this.#parts.find(({ codec }) => codec)?.codec ?? json
    for (const { members = {} } of this.#parts) this.#define(Object.entries(members))
    this.#define(Object.entries(route.calls).map(([name, call]) => [name, this.#toCall(name, call)]))
  }

  get status(): Status {
    return this.#connection.status
  }

  onStatus(listener: (status: Status) => void): Stop {
    return this.#statuses.add(listener)
  }

  on(name: string, listener: (data: unknown) => void): Stop {
    return this.#events.add((event, data) => {
      if (event === name) listener(data)
    })
  }

  onError(listener: (error: WirepactError) => void): Stop {
    return this.#errors.add(listener)
  }

  ready(): Promise<void> {
    return settle(this.#statuses, () => {
      const { closed, status } = this.#connection
      return (closed?.cause as WirepactError | undefined) ?? closed ?? status.state === 'open'
    })
  }

  connect(): void {
    this.#connection.connect()
  }

  /** A browser closes with 1000 or an application's code only (WebSockets Standard, `close(code, reason)`). */
  close(code = 1000, reason = ''): void {
    const isSendable = code === 1000 || (Number.isInteger(code) && code >= 3000 && code < 5000)
    if (!isSendable || exceeds(reason, 123)) {
      throw new WirepactError(
        'INVALID_CLOSE',
        'Close with 1000 or 3000–4999, and at most 123 bytes of reason.',
      )
    }
    this.#connection.close(code, reason)
  }

  /** Members first, then what waited: a message may be for a channel. The user's listeners come last. */
  #changed(status: Status): void {
    const { closed } = this.#connection
    if (status.state === 'open') {
      this.#tell('opened')
      this.#outbox.flush()
    } else if (status.state === 'waiting') {
      this.#tell('lost')
      this.#calls.lost(new WirepactError('CONNECTION_LOST', 'The connection was lost before the answer.'))
    } else if (status.state === 'closed' && closed) {
      this.#tell('closed', closed)
      this.#outbox.closed(closed)
      this.#calls.lost(closed)
    }
    this.#statuses.emit(status)
  }

  #tell(news: 'opened' | 'lost' | 'closed', ...reason: [] | [WirepactError]): void {
    for (const part of this.#parts) part[news]?.(...reason)
  }

  #received(frame: ServerFrame): void {
    const [type, id] = frame
    if (type === 'event') this.#events.emit(frame[1], frame[2])
    else if (type === 'reply') this.#calls.settle(frame[1], undefined, frame[2])
    else if (type === 'error') this.#refused(frame[1], WirepactError.fromBody(frame[2]))
    else if (this.#parts.some((part) => part.received?.(frame)) || typeof id !== 'number') return
    else if (type === 'joined' || type === 'left' || type === 'end')
      this.#calls.settle(id, undefined, frame[3])
  }

  #refused(id: number | null, error: WirepactError): void {
    if (id === null) this.#errors.emit(error)
    else this.#calls.settle(id, error)
  }

  /** What a listener threw goes to `onError`, or, when nobody listens there, out of the client. */
  #report(thrown: unknown, beyond: (thrown: unknown) => void): void {
    if (this.#errors.size > 0) this.#errors.emit(WirepactError.from(thrown))
    else beyond(thrown)
  }

  #toCall(name: string, call: CallKind | CallDefinition): object {
    const definition = typeof call === 'string' ? { kind: call } : call
    for (const part of this.#parts) {
      const made = part.toCall?.(name, definition)
      if (made) return made
    }
    if (definition.kind === 'request') return createCall(this.#calls, name, definition)
    return (data: unknown) => this.#outbox.say(name, data, (error) => this.#errors.emit(error))
  }

  #define(members: readonly (readonly [name: string, value: unknown])[]): void {
    for (const [name, value] of members) Object.defineProperty(this, name, { value })
  }
}

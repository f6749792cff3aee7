import {
  closeCodes,
  isSendableCloseCode,
  parseTemplate,
  type ServerFrame,
  type TemplateValues,
  WirepactError,
} from '@wirepact/protocol'
import type { RouteDefinition } from '../definition.js'
import type { Status, Stop } from '../types.js'
import { Calls } from './calls/calls.js'
import { createCall } from './calls/create-call.js'
import type { ClientChannel } from './channels/channel.js'
import { Channels } from './channels/channels.js'
import { Connection, type ConnectionPorts } from './connection/connection.js'
import { Listeners, NamedListeners } from './listeners/listeners.js'
import { Messages } from './messages/messages.js'
import { Outbox } from './messages/outbox.js'

export interface RoutePorts extends ConnectionPorts {
  readonly callTimeoutMs: number
  readonly maxPendingCalls: number
  readonly maxQueuedMessages: number
  readonly report: (thrown: unknown) => void
}

export interface RouteTarget {
  readonly url: string
  readonly contract: string
  readonly route: RouteDefinition
  readonly params: TemplateValues
}

type ChannelFactory = (params?: TemplateValues) => ClientChannel

/** What a user holds: builds the parts of one connection, and takes every frame to the part that it is for. */
export class RouteConnection {
  readonly channels: Readonly<Record<string, ChannelFactory>>
  readonly #ports: RoutePorts
  readonly #connection: Connection
  readonly #outbox: Outbox
  readonly #calls: Calls
  readonly #messages: Messages
  readonly #registry: Channels
  readonly #events: NamedListeners<[unknown]>
  readonly #statuses: Listeners<[Status]>
  readonly #errors: Listeners<[WirepactError]>

  constructor(ports: RoutePorts, target: RouteTarget) {
    const report = (thrown: unknown) => this.#report(thrown)
    const tell = (error: WirepactError) => this.#errors.emit(error)
    this.#ports = ports
    this.#errors = new Listeners(ports.report)
    this.#events = new NamedListeners(report)
    this.#statuses = new Listeners(report)
    const connection = new Connection(ports, target, {
      positions: () => this.#registry.positions(),
      changed: (status) => this.#changed(status),
      received: (frame) => this.#received(frame),
      report: (thrown) => tell(WirepactError.from(thrown)),
    })
    const outbox = new Outbox(() => connection.status.state === 'open')
    const parts = { ...ports, connection, outbox, report, tell }
    this.#connection = connection
    this.#outbox = outbox
    this.#calls = new Calls(parts)
    this.#messages = new Messages(parts)
    this.#registry = new Channels({ ...parts, calls: this.#calls })
    this.channels = this.#channelFactories(target)
    Object.assign(this, this.#senders(target.route))
  }

  get status(): Status {
    return this.#connection.status
  }

  onStatus(listener: (status: Status) => void): Stop {
    return this.#statuses.add(listener)
  }

  on(name: string, listener: (data: unknown) => void): Stop {
    return this.#events.add(name, listener)
  }

  onError(listener: (error: WirepactError) => void): Stop {
    return this.#errors.add(listener)
  }

  ready(): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const { closed, status } = this.#connection
        if (status.state === 'open') resolve()
        else if (closed) reject(status.state === 'closed' && status.cause.error ? status.cause.error : closed)
        else return
        stop()
      }
      const stop = this.onStatus(look)
      look()
    })
  }

  connect(): void {
    this.#connection.connect()
  }

  close(code: number = closeCodes.NORMAL, reason = ''): void {
    // A browser closes with 1000 or an application's code only (WebSockets Standard, close(code, reason)).
    const sendable = isSendableCloseCode(code) && (code === closeCodes.NORMAL || code >= 3000)
    if (!sendable || new TextEncoder().encode(reason).length > 123) {
      throw new WirepactError(
        'INVALID_CLOSE',
        'Close with 1000 or 3000 to 4999, and at most 123 bytes of reason.',
      )
    }
    this.#connection.close(code, reason)
  }

  /** Members first, then what waited: a message may be for a channel. The user's listeners come last. */
  #changed(status: Status): void {
    const { closed } = this.#connection
    if (status.state === 'open') {
      this.#registry.opened()
      this.#outbox.flush()
    } else if (status.state === 'closed' && closed) {
      this.#registry.closed(closed)
      this.#calls.closed(closed)
      this.#messages.closed()
    } else if (status.state === 'waiting') {
      this.#registry.lost()
      this.#calls.lost()
    }
    this.#statuses.emit(status)
  }

  #received(frame: ServerFrame): void {
    if (frame[0] === 'reply') this.#calls.settle(frame[1], undefined, frame[2])
    else if (frame[0] === 'event') this.#events.emit(frame[1], frame[2])
    else if (frame[0] === 'error') this.#refused(frame[1], WirepactError.fromBody(frame[2]))
    else if (frame[0] === 'joined' && frame[1] !== null) this.#calls.settle(frame[1], undefined, frame[3])
    else if (frame[0] === 'left' && frame[1] !== null) this.#calls.settle(frame[1], undefined)
    else this.#registry.received(frame)
  }

  #refused(id: number | null, error: WirepactError): void {
    if (id === null) this.#errors.emit(error)
    else this.#calls.settle(id, error)
  }

  /** What a listener threw goes to `onError`, or, when nobody listens there, out of the client. */
  #report(thrown: unknown): void {
    if (this.#errors.size > 0) this.#errors.emit(WirepactError.from(thrown))
    else this.#ports.report(thrown)
  }

  #channelFactories({ route, params: own }: RouteTarget): Readonly<Record<string, ChannelFactory>> {
    const factories = Object.entries(route.channels).map(([key, definition]) => {
      const template = parseTemplate(definition.name)
      const factory: ChannelFactory = (params) =>
        this.#registry.get(template.fill({ ...own, ...params }), definition)
      return [key, factory] as const
    })
    return Object.fromEntries(factories)
  }

  #senders(route: RouteDefinition): Readonly<Record<string, unknown>> {
    const senders = Object.entries(route.calls).map(([name, kind]) => [
      name,
      kind === 'request' ? createCall(this.#calls, name) : (data: unknown) => this.#messages.say(name, data),
    ])
    return Object.fromEntries(senders)
  }
}

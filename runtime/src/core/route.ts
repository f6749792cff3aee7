import { compareTemplates, intersectTemplates, parseTemplate, type Template } from '@wirepact/protocol'
import type {
  ChannelDefinition,
  ChannelMessageDefinition,
  MessageDefinition,
  RouteDefinition,
} from '../definition.js'
import type { Retention } from '../engine/engine.js'
import { BareMessages } from './bare.js'
import { Stages } from './stages.js'

/** One connection's handlers: methods by message name, `connect`, `disconnect`, and the guards in `authorize`. */
export type HandlerOwner = Readonly<Record<string, unknown>>

/** Calls a handler of `owner`, which must have one of this name. */
export function callHandler(owner: HandlerOwner, name: string, ...values: readonly unknown[]): unknown {
  return (owner[name] as (...values: readonly unknown[]) => unknown)(...values)
}

/** A channel of a route, made ready. */
export interface RouteChannel {
  readonly key: string
  readonly definition: ChannelDefinition
  readonly template: Template
  /** More specific templates of the route that take names from this one; undefined where there are none. */
  readonly before: readonly Template[] | undefined
  readonly messages: ReadonlyMap<string, ChannelMessageDefinition>
  /** Undefined when the channel keeps nothing. */
  readonly retention: Retention | undefined
  readonly replay: number
  readonly hasPresence: boolean
  readonly graceMs: number
}

/** A route with its handlers. It knows names and definitions; it does not know any connection. */
export class Route {
  readonly definition: RouteDefinition
  /** Where it is mounted. */
  readonly path: string
  readonly receives: ReadonlyMap<string, MessageDefinition>
  readonly channels: readonly RouteChannel[]
  /** On a route without an envelope, how its messages are told apart. */
  readonly bare: BareMessages | undefined
  /** Whether clients may send events that are to be acknowledged. */
  readonly acknowledges: boolean
  /** Whether anything of it is for some alone. */
  readonly isGuarded: boolean
  /** Whether clients may send binary messages. */
  readonly takesBinary: boolean
  readonly stages = new Stages()
  readonly #handlers: unknown
  /** The channels, the more specific ones first: a guard must not be passed by way of a wider template. */
  readonly #asked: readonly RouteChannel[]

  constructor(definition: RouteDefinition, handlers: unknown, path: string) {
    this.definition = definition
    this.path = path
    this.receives = new Map(Object.entries(definition.receives))
    this.channels = toRouteChannels(definition.channels)
    this.#asked = this.channels.toSorted((a, b) => compareTemplates(a.template, b.template))
    this.bare = definition.wire === 'bare' ? new BareMessages(definition) : undefined
    this.acknowledges = Object.values(definition.receives).some(isAcknowledged)
    this.isGuarded = isGuarded(definition)
    this.takesBinary = takesBinary(definition)
    this.#handlers = handlers
    this.#requireHandlers()
  }

  get name(): string {
    return this.definition.name
  }

  /** The handlers for one connection: the object itself, or a new instance of the class. */
  createHandlers(): HandlerOwner {
    const source = this.#handlers
    return (typeof source === 'function' ? Reflect.construct(source, []) : source) as HandlerOwner
  }

  /** What the state of a connection starts with: each has a copy of its own. */
  createState(): Record<string, unknown> {
    const { state } = this.definition
    return state === undefined ? {} : structuredClone(state)
  }

  /** The channel that a full name belongs to, the most specific one that it fits, with its parameters. */
  findChannel(name: string): { channel: RouteChannel; params: Readonly<Record<string, string>> } | undefined {
    for (const channel of this.#asked) {
      const params = channel.template.match(name)
      if (params !== undefined) return { channel, params }
    }
    return undefined
  }

  /**
   * A message without a handler would be lost in silence, so it is refused when the server is made. On a bare route the
   * connect handler may begin to read instead.
   */
  #requireHandlers(): void {
    const source = this.#handlers
    if (typeof source === 'function') return
    if (typeof source !== 'object' || source === null)
      throw new TypeError(`The handlers of ${this.name} are no object.`)
    if (this.bare !== undefined && typeof Reflect.get(source, 'connect') === 'function') return
    for (const name of this.receives.keys()) {
      if (typeof Reflect.get(source, name) === 'function') continue
      throw new TypeError(`The route ${this.name} has no handler for ${name}.`)
    }
  }
}

const defaultMaxMessages = 1000

function toRouteChannels(definitions: RouteDefinition['channels']): readonly RouteChannel[] {
  const templates = Object.values(definitions).map(({ name }) => parseTemplate(name))
  return Object.entries(definitions).map(([key, definition]) => toRouteChannel(key, definition, templates))
}

function toRouteChannel(
  key: string,
  definition: ChannelDefinition,
  templates: readonly Template[],
): RouteChannel {
  const history = definition.history
  const template = parseTemplate(definition.name)
  const before = templates.filter(
    (other) => compareTemplates(other, template) < 0 && intersectTemplates(other, template) !== undefined,
  )
  return {
    key,
    definition,
    template,
    before: before.length === 0 ? undefined : before.sort(compareTemplates),
    messages: new Map(Object.entries(definition.messages)),
    retention: toRetention(definition),
    replay: history?.replay ?? 0,
    hasPresence: definition.presence !== undefined || definition.roster?.show === 'count',
    graceMs: definition.roster?.graceMs ?? 0,
  }
}

function toRetention({ history, latest }: ChannelDefinition): Retention | undefined {
  const maxBytes = history?.maxBytes ?? Number.POSITIVE_INFINITY
  const ttlMs = (history ?? latest)?.ttlMs ?? Number.POSITIVE_INFINITY
  if (latest !== undefined) {
    return { maxMessages: latest.maxKeys ?? defaultMaxMessages, maxBytes, ttlMs, latest: true }
  }
  return history && { maxMessages: history.maxMessages ?? defaultMaxMessages, maxBytes, ttlMs }
}

function isAcknowledged(message: MessageDefinition): boolean {
  return message.kind === 'event' && message.delivery === 'acknowledged'
}

function isGuarded({ auth, receives, sends, channels }: RouteDefinition): boolean {
  const parts = [receives, sends, channels].flatMap((record) => Object.values(record))
  return auth !== undefined || parts.some((part: { readonly auth?: unknown }) => part.auth !== undefined)
}

/** Bytes may come as what a client sends, or as its answer to what the server asks. */
function takesBinary({ receives, sends }: RouteDefinition): boolean {
  const sent = Object.values(receives).map((message) =>
    message.kind === 'event' ? message.data : message.input,
  )
  const answered = Object.values(sends).flatMap((message) => {
    if (message.kind === 'event') return []
    return [message.kind === 'stream' ? message.item : message.output]
  })
  return [...sent, ...answered].some(({ content }) => content === 'binary')
}

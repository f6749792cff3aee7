import { type TemplateValues, WirepactError } from '@wirepact/protocol'
import { createMemberChannel, type MemberChannelHandle } from '../channel/handle.js'
import { nameChannel } from '../channel/name-channel.js'
import type { RequestDefinition, StreamDefinition } from '../definition.js'
import type { App, ConnectionStatus, Context, Grant, MessagesOptions, RequestDetails } from '../types.js'
import type { Connection } from './connection.js'
import type { Logger } from './environment.js'
import { type Granting, readGrant } from './granting.js'
import type { ParameterValues } from './parameters.js'
import { createPeer, type Peer } from './peer.js'
import { createRecipients, type Recipients } from './reach/recipients.js'
import { type Reader, readMessages } from './reader.js'

type ChannelAccess = Readonly<Record<string, (params?: TemplateValues) => MemberChannelHandle>>

/** What the handlers of one connection get. Parts that a route does not use are never made. */
export class ConnectionContext implements Context {
  readonly #connection: Connection
  readonly state: Record<string, unknown>
  #channels: ChannelAccess | undefined
  #client: Peer | undefined
  #log: Logger | undefined
  #requests: Map<string, ConnectionContext> | undefined

  constructor(connection: Connection, state = connection.admission.route.createState()) {
    this.#connection = connection
    this.state = state
  }

  get id(): string {
    return this.#connection.id
  }

  get session(): string {
    return this.#connection.session
  }

  get token(): string | undefined {
    return this.#connection.token
  }

  get user(): string | undefined {
    return this.#connection.access.user
  }

  get log(): Logger {
    this.#log ??= this.#connection.logger
    return this.#log
  }

  get status(): ConnectionStatus {
    return this.#connection.status
  }

  get isConnected(): boolean {
    return this.#connection.isConnected
  }

  get request(): RequestDetails {
    return this.#connection.admission.request
  }

  get route(): string {
    return this.#connection.admission.route.name
  }

  get signal(): AbortSignal {
    return this.#connection.signal
  }

  get params(): ParameterValues {
    return this.#connection.admission.params
  }

  get query(): ParameterValues {
    return this.#connection.admission.query
  }

  get headers(): ParameterValues {
    return this.#connection.admission.headers
  }

  get cookies(): ParameterValues {
    return this.#connection.admission.cookies
  }

  get subprotocol(): string | undefined {
    return this.#connection.admission.subprotocol
  }

  get channels(): ChannelAccess {
    this.#channels ??= createChannelAccess(this.#connection)
    return this.#channels
  }

  get client(): Peer {
    this.#client ??= createPeer(this.#connection)
    return this.#client
  }

  get app(): App {
    return this.#connection.core.app
  }

  messages(options: MessagesOptions = {}): Reader {
    return readMessages(this.#connection, options)
  }

  to(target: object): Recipients {
    return createRecipients(this.#connection.core, this.#connection.admission.route, target)
  }

  grant(...given: Granting): void {
    this.#connection.access.grant(readGrant(given))
  }

  close(code = 1000, reason = ''): void {
    this.#connection.close(code, reason)
  }

  /** The context of one stream. Its signal is made when somebody asks for it. */
  forStream(name: string, definition: StreamDefinition, getSignal: () => AbortSignal): ConnectionContext {
    return new StreamContext(this.forRequest(name, definition), this.#connection, getSignal)
  }

  /** The context of a request or stream: this one, with the errors that it declares. */
  forRequest(name: string, definition: RequestDefinition | StreamDefinition): ConnectionContext {
    const known = this.#requests?.get(name)
    if (known !== undefined) return known
    const codes = Object.keys(definition.errors)
    if (codes.length === 0) return this
    const made = new RequestContext(this, this.#connection, createErrors(codes))
    this.#requests ??= new Map()
    this.#requests.set(name, made)
    return made
  }
}

/** The context of one stream: that of its message, with a signal of its own. */
class StreamContext extends ConnectionContext {
  readonly #base: ConnectionContext & { readonly errors?: object }
  readonly #getSignal: () => AbortSignal

  constructor(base: ConnectionContext, connection: Connection, getSignal: () => AbortSignal) {
    super(connection, base.state)
    this.#base = base
    this.#getSignal = getSignal
  }

  get errors(): object | undefined {
    return this.#base.errors
  }

  override get signal(): AbortSignal {
    return this.#getSignal()
  }

  override get channels(): ChannelAccess {
    return this.#base.channels
  }

  override get client(): Peer {
    return this.#base.client
  }
}

/** The context of one refresh: what is granted by it is taken back when the refresh fails. */
export class RefreshContext extends ConnectionContext {
  readonly #base: ConnectionContext
  readonly #access: Connection['access']
  #made: Grant | undefined
  #before: Grant | undefined

  constructor(connection: Connection) {
    super(connection, connection.context.state)
    this.#base = connection.context
    this.#access = connection.access
  }

  override get channels(): ChannelAccess {
    return this.#base.channels
  }

  override get client(): Peer {
    return this.#base.client
  }

  override grant(...given: Granting): void {
    // What was granted elsewhere meanwhile is not this refresh's to take back.
    const held = this.#access.granted
    super.grant(...given)
    if (this.#made === undefined || held !== this.#made) this.#before = held
    this.#made = this.#access.granted
  }

  /** Takes back what was granted here. */
  undo(): void {
    if (this.#made !== undefined) this.#access.undo(this.#made, this.#before)
  }
}

type ErrorFactory = (data: unknown, message?: string) => WirepactError

function createErrors(codes: readonly string[]): Readonly<Record<string, ErrorFactory>> {
  const factories = codes.map((code): [string, ErrorFactory] => [
    code,
    (data, message = `The request was refused with ${code}.`) =>
      new WirepactError(code, message, { data, declared: true }),
  ])
  return Object.fromEntries(factories)
}

/** The context of one kind of request: everything is the connection's own, beside the errors. */
class RequestContext extends ConnectionContext {
  readonly #base: ConnectionContext
  readonly errors: Readonly<Record<string, ErrorFactory>>

  constructor(
    base: ConnectionContext,
    connection: Connection,
    errors: Readonly<Record<string, ErrorFactory>>,
  ) {
    super(connection, base.state)
    this.#base = base
    this.errors = errors
  }

  override get channels(): ChannelAccess {
    return this.#base.channels
  }

  override get client(): Peer {
    return this.#base.client
  }
}

function createChannelAccess(connection: Connection): ChannelAccess {
  const entries = connection.admission.route.channels.map((channel) => {
    const params = connection.admission.params as TemplateValues
    let own: MemberChannelHandle | undefined
    const make = (given?: TemplateValues) =>
      createMemberChannel(connection, {
        channel,
        name: nameChannel(connection.core, channel, { ...params, ...given }),
      })
    const access = (given?: TemplateValues) => {
      if (given !== undefined) return make(given)
      own ??= make()
      return own
    }
    return [channel.key, access] as const
  })
  return Object.fromEntries(entries)
}

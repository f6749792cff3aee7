import { closeCodes, type Hello, type ServerFrame, WirepactError } from '@wirepact/protocol'
import type { MemberConnection } from '../channel/membership.js'
import type { ConnectionStatus, Disconnect, RequestDetails } from '../types.js'
import { Access } from './access.js'
import type { Admission } from './admission.js'
import { Backlog } from './backlog.js'
import { BadMessages } from './bad-messages.js'
import { Questions } from './calls/questions.js'
import { requireCloseArguments, toClosing } from './closing.js'
import { ConnectionContext } from './context.js'
import type { Core } from './core.js'
import { readPositions } from './hello.js'
import { createIdentity, type Identity } from './identity.js'
import { Idle } from './idle.js'
import { Inbox } from './inbox.js'
import { Intake } from './intake.js'
import { letIn } from './let-in.js'
import { bindLogger } from './logging.js'
import { Memberships } from './memberships.js'
import type { ObservedConnection } from './observer.js'
import { Outgoing } from './outgoing.js'
import { Packet } from './packet.js'
import { closed, open, type Phase, toDisconnect } from './phase.js'
import { type Message, readFrame } from './read-frame.js'
import type { Reader } from './reader.js'
import type { HandlerOwner } from './route.js'
import { runHandler } from './run-handler.js'
import { sendPacket } from './send-packet.js'
import { readTerms } from './terms.js'
import { toFailure } from './to-failure.js'
import type { Receiver, Transport } from './transport.js'

/** One connection of one client to one route: its life from the upgrade to the last handler. */
export class Connection implements Receiver, MemberConnection, ObservedConnection {
  // What every message needs stands first, so that what is sent to many touches little memory of each.
  #phase: Phase = { name: 'greeting' }
  readonly #transport: Transport
  readonly core: Core
  /** Grows with everything that goes either way, heartbeats aside. */
  activity = 0
  /** Whether anything came in since the last ping. */
  heard = true
  readonly #inbox: Inbox
  readonly admission: Admission
  readonly memberships: Memberships
  readonly access: Access
  readonly outgoing: Outgoing
  readonly intake: Intake
  /** Made by the hello, or when somebody asks before. */
  #identity: Identity | undefined
  #attempt = 0
  #context: ConnectionContext | undefined
  #greeted = false
  /** Settles when the connect handler has; undefined before it starts and when the connection is open. */
  #connected: Promise<void> | undefined
  #handshake: unknown
  #badMessages: BadMessages | undefined
  #questions: Questions | undefined
  #ended: AbortController | undefined
  /** The object of the route, or this connection's own instance; none before it is let in. */
  handlers: HandlerOwner = {}
  /** The last credential that the client gave and that was not refused. */
  token: string | undefined
  /** Whether the client answers when it is asked for a fresh credential. */
  canRefresh = false
  /** Who reads the messages that have no handler; only on a bare route. */
  reader: Reader | undefined
  #idle: Idle | undefined
  /** The last acknowledged event of the session that was handled before this connection; 0 for none. */
  acked = 0
  readonly since: number
  /** Its number among all that the server has accepted. */
  readonly serial: number

  constructor(core: Core, admission: Admission, transport: Transport) {
    this.core = core
    this.admission = admission
    this.#transport = transport
    this.since = core.environment.clock.now()
    this.serial = ++core.lastSerial
    this.#inbox = new Inbox(this)
    this.memberships = new Memberships(this)
    this.access = new Access(this)
    this.outgoing = new Outgoing(this, transport)
    this.intake = new Intake(this, transport)
    const expire = () => this.end(closeCodes.HANDSHAKE_TIMEOUT, 'The handshake took too long.')
    this.#handshake = core.environment.clock.startTimer(expire, core.limits.handshakeTimeoutMs)
  }

  /** Whether messages go as they are, without frames around them. */
  get isBare(): boolean {
    return this.admission.route.bare !== undefined
  }

  get route(): string {
    return this.admission.route.name
  }

  get request(): RequestDetails {
    return this.admission.request
  }

  get bufferedBytes(): number {
    return this.#transport.bufferedBytes
  }

  /** Says whose line it is. */
  get logger() {
    return bindLogger(this.core.environment.logger, { connection: this.id, route: this.route })
  }

  /** Aborted when the connection has ended; made on first use. */
  get signal(): AbortSignal {
    this.#ended ??= new AbortController()
    if (this.status === 'closed') this.#ended.abort()
    return this.#ended.signal
  }

  /** What the server asks of the client; made on first use. */
  get questions(): Questions {
    this.#questions ??= new Questions(this)
    return this.#questions
  }

  /** Whether the server waits for an answer of the client. */
  get isAsking(): boolean {
    return this.#questions?.isAsking ?? false
  }

  get id(): string {
    return this.#known.id
  }

  get origin(): string {
    return this.#known.origin
  }

  get session(): string {
    return this.#known.session
  }

  get #known(): Identity {
    this.#identity ??= createIdentity(this.core.environment.random, undefined)
    return this.#identity
  }

  /** Which of the client's connections this is, as the client counts them. */
  get attempt(): number {
    return this.#attempt
  }

  get status(): ConnectionStatus {
    return this.#phase.name === 'greeting' ? 'connecting' : this.#phase.name
  }

  /** Whether what is sent now can still arrive. */
  get isConnected(): boolean {
    return this.#phase.name === 'open' || this.#phase.name === 'connecting'
  }

  /** What the handlers of this connection get; made on first use. */
  get context(): ConnectionContext {
    this.#context ??= new ConnectionContext(this, this.admission.upgrade?.state)
    return this.#context
  }

  text(message: string): void {
    this.#take(message)
  }

  binary(message: Uint8Array): void {
    this.#take(message)
  }

  /** Asks for a sign of life. */
  ping(): void {
    this.heard = false
    if (this.isBare) return this.#transport.ping()
    this.send(Packet.ping)
    this.activity--
  }

  pong(): void {
    this.heard = true
  }

  failed(error: Error): void {
    this.logger.debug({ error }, 'A connection failed.')
  }

  /** Bytes that may be sent now without its being too much at once. */
  get roomBytes(): number {
    return this.outgoing.roomBytes - (this.#phase.name === 'connecting' ? this.#phase.backlog.packetBytes : 0)
  }

  /** Settles when what waits has left, as far as it ever does; undefined when there is room for more now. */
  room(): Promise<void> | undefined {
    if (this.#phase.name !== 'connecting') return this.outgoing.room()
    return this.#phase.backlog.room(this.#connected)
  }

  /** Sends a packet, or holds it until the connection is open. */
  send(packet: Packet): void {
    if (this.#phase.name === 'open') return sendPacket(packet, this, this.#transport)
    if (this.#phase.name !== 'connecting') return void this.core.counters.unsent++
    if (this.#phase.backlog.keepPacket(packet)) return
    this.abandon(closeCodes.SLOW_CONSUMER, 'Too much happened before the welcome.')
  }

  /** Sends a frame; without an envelope there is none to send. */
  sendFrame(frame: ServerFrame): void {
    if (!this.isBare) this.send(Packet.of(frame))
  }

  /** Answers a bad message, and ends the connection when there have been too many. */
  refuse(error: WirepactError, id: number | null = null, name = error.subject): void {
    this.#badMessages ??= new BadMessages(this)
    this.core.observer?.failed?.(toFailure(this, error, { name, isBad: true }))
    this.#badMessages.refuse(error, id)
  }

  /** Another grant holds, or none any more: what would not be allowed now is ended. */
  accessChanged(isSomebodyElse: boolean): void {
    if (this.admission.route.isGuarded) this.#inbox.accessChanged()
    this.memberships.accessChanged(isSomebodyElse)
  }

  /** More happened in a channel than can be held back for this connection. */
  overflow(): void {
    this.abandon(closeCodes.SLOW_CONSUMER, 'More happened than can be held back.')
  }

  /** Closes with a code from outside. Throws `INVALID_CLOSE`. */
  close(code: number, reason: string): void {
    requireCloseArguments(code, reason)
    this.end(code, reason)
  }

  /** Takes no more messages; what was begun goes on, and its answers go out. */
  leave(): void {
    this.#inbox.leave()
  }

  /** Whether handlers of messages are still running. */
  get isBusy(): boolean {
    return this.#phase.name === 'open' && this.#inbox.isBusy
  }

  /** Says goodbye; nothing is sent or handled after it. Ending twice is ending once. */
  end(code: number, reason: string): void {
    if (this.#phase.name === 'closing' || this.#phase.name === 'closed') return
    const held = this.#phase.name === 'connecting' ? this.#phase.backlog.packets : []
    this.#phase = { name: 'closing', code, reason }
    for (const packet of held) this.#transport.send(packet)
    this.#transport.resume()
    this.#transport.close(code, reason)
  }

  /** Ends the connection where that is what the server's own code threw; false where it is an error like others. */
  dismiss(thrown: unknown): boolean {
    if (!(thrown instanceof WirepactError) || readTerms(thrown) === undefined) return false
    const { code, reason } = toClosing(thrown)
    this.end(code, reason)
    return true
  }

  /** Lets go of a connection that cannot be talked to any more. */
  abandon(code: number, reason: string): void {
    if (this.#phase.name === 'closed') return
    if (code === closeCodes.SLOW_CONSUMER && this.#phase.name !== 'closing')
      this.core.counters.slowConsumers++
    this.#phase = { name: 'closing', code, reason }
    this.#transport.terminate()
  }

  /** The host's last word: undoes every join, then calls the disconnect handler, once. */
  closed(end: Disconnect): void {
    if (this.#phase.name === 'closed') return
    const told = toDisconnect(this.#phase, end)
    const code = this.#phase.name === 'closing' ? this.#phase.code : end.code
    this.#phase = closed
    this.core.environment.clock.stopTimer(this.#handshake)
    this.core.removed(this)
    this.#inbox.close()
    this.#questions?.close()
    this.#ended?.abort()
    this.#idle?.stop()
    this.reader?.end()
    this.access.close()
    this.memberships.close(code)
    this.core.observer?.closed?.(this, told)
    if (this.#greeted) this.core.track(this.#disconnect(told))
  }

  #take(message: Message): void {
    this.core.counters.received++
    this.heard = true
    this.activity++
    if (this.#phase.name === 'open') return this.#receive(message)
    if (this.#phase.name === 'greeting') return this.#greet(message)
    if (this.#phase.name !== 'connecting' || this.#phase.backlog.keepMessage(message)) return
    this.end(closeCodes.POLICY_VIOLATION, 'Too much was sent before the welcome.')
  }

  #receive(message: Message): void {
    const frame = readFrame(message, this, (error) => this.refuse(error))
    if (frame !== undefined) this.#inbox.take(frame)
  }

  #greet(message: Message): void {
    const refuse = (error: WirepactError) => this.end(closeCodes.HELLO_EXPECTED, error.message)
    const frame = readFrame(message, this, refuse)
    if (frame?.[0] === 'hello') this.begin(frame[1])
    else if (frame !== undefined) this.end(closeCodes.HELLO_EXPECTED, 'The first frame has to be hello.')
  }

  /** Connects: with a hello, or at once where none is to be waited for. */
  begin(hello: Hello): void {
    this.#connected = this.#connect(hello)
    this.core.track(this.#connected)
  }

  async #connect(hello: Hello): Promise<void> {
    this.#phase = { name: 'connecting', backlog: new Backlog(this.core.limits) }
    this.#identity = createIdentity(this.core.environment.random, hello.session)
    this.token = typeof hello.token === 'string' ? hello.token : undefined
    this.canRefresh = hello.refresh === true
    if (hello.positions !== undefined)
      this.memberships.present(readPositions(hello.positions, this.core.limits.maxChannels))
    this.#attempt = Number.isSafeInteger(hello.attempt) ? (hello.attempt as number) : 0
    this.core.added(this)
    if (this.#phase.name !== 'connecting') return
    this.#greeted = true
    try {
      await letIn(this, this.#transport, this.session === hello.session)
    } catch (thrown) {
      return this.#connectFailed(thrown)
    }
    this.#opened()
  }

  #opened(): void {
    if (this.#phase.name !== 'connecting') return
    const { messages, packets } = this.#phase.backlog
    this.core.environment.clock.stopTimer(this.#handshake)
    this.#handshake = undefined
    this.#connected = undefined
    this.#phase = open
    this.sendFrame(['welcome', this.core.welcome(this)])
    if (this.core.limits.idleTimeoutMs > 0) this.#idle = new Idle(this)
    this.core.observer?.opened?.(this)
    for (const packet of packets) this.send(packet)
    this.#transport.resume()
    for (const message of messages) this.#take(message)
  }

  /** Nobody was let in, so nothing that was meant for a member of the application goes out. */
  #connectFailed(thrown: unknown): void {
    if (this.#phase.name === 'connecting') this.#phase.backlog.packets.length = 0
    const { code, reason } = toClosing(thrown)
    if (code === closeCodes.INTERNAL_ERROR) this.core.handlerFailed(thrown, this, 'connect')
    this.end(code, reason)
  }

  async #disconnect(end: Disconnect): Promise<void> {
    await Promise.resolve()
    await this.#connected
    try {
      if (this.handlers.disconnect !== undefined) await runHandler(this, 'disconnect', this.context, end)
    } catch (error) {
      this.core.handlerFailed(error, this, 'disconnect')
    }
  }
}

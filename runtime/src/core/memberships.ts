import {
  closeCodes,
  type Position,
  shouldReconnect,
  toErrorBody,
  toWirepactError,
  WirepactError,
} from '@wirepact/protocol'
import type { ChannelRef } from '../channel/channel-ref.js'
import type { JoinOptions } from '../channel/join-options.js'
import { Budget } from './budget.js'
import type { Connection } from './connection.js'

/** Says why a membership is no longer allowed; undefined when it is. */
export type Guard = () => Promise<WirepactError | undefined>

/** Shared by all that are in no channel; nothing is ever put into it. */
const none = new Map<string, never>()

/** The channels that one connection is in. It knows how many they may be; it does not know who may join. */
export class Memberships {
  readonly #connection: Connection
  /** How many more channels the client may open; made for the first of them. */
  #fresh: Budget | undefined
  /** By full name; `none` until there is one, so that a connection that is in no channel holds nothing. */
  #channels: Map<string, ChannelRef> = none
  /** By full name, for a membership that the client had to ask for, how to ask again whether it is allowed. */
  #guards: Map<string, Guard> | undefined
  /** The positions that the client presented; each is used once. */
  #positions: Map<string, Position> | undefined
  /** By channel, the last thing that the client asked of it and that is not done yet. */
  #turns: Map<string, Promise<void>> | undefined

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** The full names of the channels. */
  get names(): Iterable<string> {
    return this.#channels.keys()
  }

  present(positions: Map<string, Position>): void {
    this.#positions = positions
  }

  /** The position that the client presented for a channel; it is used once. */
  takePosition(channel: string): Position | undefined {
    const position = this.#positions?.get(channel)
    if (position !== undefined) this.#positions?.delete(channel)
    return position
  }

  /** Lets what the client asks of one channel happen in the order in which it was asked. */
  inTurn(channel: string, act: () => Promise<void>): Promise<void> {
    this.#turns ??= new Map()
    const turns = this.#turns
    const before = turns.get(channel)
    const turn = before === undefined ? act() : before.then(act, act)
    turns.set(channel, turn)
    const done = () => void (turns.get(channel) === turn && turns.delete(channel))
    turn.then(done, done)
    return turn
  }

  /**
   * Throws `RATE_LIMITED` when the client would be the first in a channel too often: each costs the engine something
   * for a while after it was left.
   */
  #requireNewChannel(channel: string): void {
    const { channels, limits, environment } = this.#connection.core
    if (channels.hubs.find(channel) !== undefined) return
    const { maxNewChannels: burst, newChannelsPerSecond: perSecond } = limits
    this.#fresh ??= new Budget(environment.clock, { burst, perSecond })
    if (this.#fresh.take()) return
    const { retryAfterMs } = this.#fresh
    const message = 'This connection opens channels too often.'
    throw new WirepactError('RATE_LIMITED', message, { data: { retryAfterMs } })
  }

  /**
   * Makes the connection a member of a channel. False when it was one already. Where somebody has decided about it,
   * `guard` is asked again when the client becomes somebody else.
   */
  async join(ref: ChannelRef, options: JoinOptions, guard?: Guard): Promise<boolean> {
    const { core, status } = this.#connection
    if (status === 'closing' || status === 'closed') {
      throw new WirepactError('CONNECTION_CLOSED', 'A closed connection cannot join a channel.')
    }
    this.#connection.access.require(ref.channel.definition.auth)
    const { maxChannels } = core.limits
    if (this.#channels.size >= maxChannels && !this.#channels.has(ref.name)) {
      throw new WirepactError('TOO_MANY_CHANNELS', `One connection may be in ${maxChannels} channels.`)
    }
    if (isByUser(ref) && options.user === undefined) throw noUser()
    if (options.id !== null) this.#requireNewChannel(ref.name)
    if (this.#channels === none) this.#channels = new Map()
    this.#channels.set(ref.name, ref)
    if (guard !== undefined) this.#setGuard(ref.name, guard)
    try {
      return await core.channels.join(ref, this.#connection, options)
    } catch (error) {
      // Unless it was left and joined again meanwhile.
      if (!core.channels.isMember(ref.name, this.#connection)) this.#forget(ref.name)
      throw error
    } finally {
      this.#requireSame(ref, options)
    }
  }

  /** Who became somebody else before it was put into the presence is there as who it was. */
  #requireSame(ref: ChannelRef, { user }: JoinOptions): void {
    if (!isByUser(ref) || this.#connection.access.user === user || !this.#channels.has(ref.name)) return
    this.#becomeSomebodyElse(ref.name)
  }

  /** Ends a membership, and tells the client: as the answer to `id`, or by itself. False when there was none. */
  async leave(channel: string, id: number | null = null): Promise<boolean> {
    this.#forget(channel)
    const left = await this.#connection.core.channels.leave(channel, this.#connection)
    if (left || id !== null) this.#connection.sendFrame(['left', id, channel])
    return left
  }

  /** Ends the memberships that are no longer allowed. */
  accessChanged(isSomebodyElse: boolean): void {
    for (const { name, channel } of this.#channels.values()) {
      const { auth } = channel.definition
      const error = auth === undefined ? undefined : this.#connection.access.refuse(auth)
      if (error !== undefined) this.#end(name, error)
      else if (isSomebodyElse && isByUser({ channel, name })) this.#becomeSomebodyElse(name)
    }
    if (!isSomebodyElse || this.#guards === undefined) return
    for (const [name, guard] of this.#guards) this.#connection.core.track(this.#ask(name, guard))
  }

  /** Ends every membership, without a word to the client, which is gone: for good, or lost. */
  close(code: number): void {
    const { core } = this.#connection
    const { channels } = core
    // A session that came back on another connection has not left.
    const isLost = shouldReconnect(code) || code === closeCodes.SUPERSEDED
    for (const name of this.#channels.keys()) {
      core.track(isLost ? channels.lose(name, this.#connection) : channels.leave(name, this.#connection))
    }
  }

  /** The members of the channel are users: this one is another of them from now on, or none. */
  #becomeSomebodyElse(name: string): void {
    const { core, access } = this.#connection
    if (access.user === undefined) this.#end(name, noUser())
    else core.track(core.channels.setUser(name, this.#connection, access.user))
  }

  #setGuard(channel: string, guard: Guard): void {
    this.#guards ??= new Map()
    this.#guards.set(channel, guard)
  }

  #forget(channel: string): void {
    this.#channels.delete(channel)
    this.#guards?.delete(channel)
  }

  /** Ends a membership that the client may no longer have; a guard that fails has not said that it may. */
  async #ask(channel: string, guard: Guard): Promise<void> {
    const error = await guard().catch((thrown: unknown) => toWirepactError(thrown))
    if (error !== undefined && this.#guards?.get(channel) === guard) this.#end(channel, error)
  }

  /** The membership is over at once; undoing it where others see it may take a moment. */
  #end(channel: string, error: WirepactError): void {
    this.#forget(channel)
    const { core } = this.#connection
    core.track(core.channels.leave(channel, this.#connection))
    this.#connection.sendFrame(['left', null, channel, toErrorBody(error)])
  }
}

function isByUser({ channel }: ChannelRef): boolean {
  return channel.definition.roster?.by === 'user'
}

function noUser(): WirepactError {
  return new WirepactError('UNAUTHENTICATED', 'The members of this channel are users, and this is none.')
}

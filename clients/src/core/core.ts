import type { Hello, WirepactError } from '@wirepact/protocol'
import type { CallDefinition, ChannelDefinition } from '../definition.js'
import type { Status } from '../types.js'
import type { AnyChannel } from './channels/create-channel.js'
import type { Membership } from './channels/membership.js'
import type { Codec } from './codec/codec.js'
import type { Connection } from './connection/connection.js'
import type { Frames } from './frames.js'
import type { Listeners } from './listeners/listeners.js'
import type { Outbox } from './outbox/outbox.js'
import type { Setting } from './setting.js'

/** What makes the function that the user calls for a message of the client. */
export type MakeCall = (name: string, definition: CallDefinition) => unknown

/**
 * One connection: what its parts share, and where a feature puts what it adds. What a route does not use is not here,
 * and not in the bundle either.
 */
export interface Core extends Setting {
  readonly connection: Connection
  readonly outbox: Outbox
  /**
   * Every status, in order. Features are told first, then the outbox, so that a channel is joined before what waited is
   * sent, and the user's listeners last.
   */
  readonly statuses: Listeners<[Status]>
  /** Who takes which frames. */
  readonly frames: Frames
  /** What makes calls, by the delivery of a message where it has one, else by its kind. */
  readonly make: Record<string, MakeCall>
  /** What the user holds. */
  readonly user: Record<string, unknown>
  codec: Codec
  /** Gives a channel more than every channel has. */
  extend?(channel: AnyChannel, membership: Membership, definition: ChannelDefinition): void
  /** What is said in the handshake beside what every client says. */
  readonly hello: (() => Partial<Hello>)[]
  /** Takes an error that no call is waiting for. */
  tell(error: WirepactError): boolean
}

/** Adds a feature to a connection; generated code knows it as an opaque `Feature`. */
export type Install = (core: Core) => void

import type { ClientFrame, Hello, WirepactError } from '@wirepact/protocol/client'
import type { ChannelDefinition } from '../definition.js'
import type { SendOptions, Sent, Status } from '../types.js'
import type { Membership } from './channels/membership.js'
import type { Roster } from './channels/roster.js'
import type { Answer, AskOptions, GiveUp, Letter, ToFrame } from './connection/letter.js'
import type { Frames } from './frames.js'
import type { Listeners } from './listeners/listeners.js'
import type { Setting } from './setting.js'

/** What makes the function that the user calls for a message of the client. */
export type MakeCall = (name: string) => unknown

/**
 * One connection: what its parts share, and where each of them puts what it can do. What a route does not use is not
 * here, and not in the bundle either. Parts are functions that keep their state to themselves: a bundler shortens what
 * they share among their own lines, and nothing that has a place here.
 */
export interface Core extends Setting {
  /** Where the connection stands. */
  status: Status
  /** Why nothing can be sent any more; undefined while there is a connection, or one to come. */
  closed: WirepactError | undefined
  /**
   * Every status, in order. Features are told first, then the outbox, so that a channel is joined before what waited is
   * sent, and the user's listeners last.
   */
  readonly statuses: Listeners<[Status]>
  /** What the client says first; what is undefined has no place in JSON, and so is not said. */
  readonly hello: { -readonly [Part in keyof Hello]: Hello[Part] | undefined } & { attempt: number }
  /** Who takes which frames. */
  readonly frames: Frames
  /** What makes calls, by their kind. */
  make: Record<string, MakeCall>
  /** What the user holds. */
  user: Record<string, unknown>

  /** The message of a frame. Throws `NOT_SERIALIZABLE`. */
  encode(frame: ClientFrame): string | Uint8Array
  /** What should be a frame of the server; whoever takes it looks at its form. Throws for what cannot be one. */
  decode(data: unknown): unknown
  /** Takes an error that no call is waiting for. Whether anybody listens. */
  tell(error: WirepactError): boolean
  /** Makes what knows who is in a channel. */
  createRoster?(report: (thrown: unknown) => void): Roster
  /** Gives a channel more than every channel has; called whenever the user asks for it. */
  extend?(membership: Membership, definition: ChannelDefinition): void

  /** Tries at once, unless it is open or on the way. */
  connect(): void
  close(code: number, reason: string): void
  /** What the client does when the socket is open. */
  greet(): void
  /** Only while open. Throws `TOO_BIG` or `BUFFER_OVERFLOW`. */
  send(message: string | Uint8Array): void
  /** Sends a one-way message, or keeps it for the next connection while there is room. */
  say(name: string, data: unknown, options?: SendOptions): Sent
  /** Sends a frame as soon as the connection is open; `sent` is told when it was, or why it could not be. */
  post(frame: ClientFrame, sent?: Answer): void
  /** Asks as soon as the connection is open, and waits as long as that lasts. What it returns gives up on the answer. */
  ask(toFrame: ToFrame, answer: Answer, options?: AskOptions): GiveUp
  /** {@link ask} as a promise, which waits no longer than `callTimeoutMs`. */
  call(toFrame: ToFrame, options?: AskOptions): Promise<unknown>
  /** How many calls and streams wait for their answers. */
  pending: number
  /** What is asked, by its id, until it is settled. */
  questions: ReadonlyMap<number, Letter>
  /** The other side has answered, or never will. */
  settle(id: number, error?: WirepactError, output?: unknown): void
}

/** Adds a part to a connection; generated code knows it as an opaque `Feature`. */
export type Install = (core: Core) => void

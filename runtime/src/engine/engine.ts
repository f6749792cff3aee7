import type { MaybePromise } from '@wirepact/protocol'

/** A place in a channel's history. */
export interface EnginePosition {
  /** Names one unbroken run of offsets; a new one means that the history was lost. */
  readonly epoch: string
  /** The offset of the newest publication; 0 when there has been none in this epoch. */
  readonly offset: number
}

/** One publication as an engine keeps and hands it on. The engine never looks into `data`. */
export interface Publication {
  /** From 1 upwards without holes; null for a publication that is not kept. */
  readonly offset: number | null
  readonly name: string
  /** The JSON text of the payload. */
  readonly data: string
  /** Milliseconds since the Unix epoch. */
  readonly at: number
  /** Connections that it is not for. */
  readonly except?: readonly string[]
  /** The only connections that it is for; absent for all. */
  readonly to?: readonly string[]
}

/** What to append. */
export interface Draft {
  readonly name: string
  readonly data: string
  readonly at: number
  readonly except?: readonly string[]
  readonly to?: readonly string[]
  /** Where the newest of each is kept: whose newest this is. Default: the empty text. */
  readonly key?: string
  /** Lets a publication happen once, however often it is asked for. */
  readonly once?: Once
}

/** Names a publication, so that it is told from one that is asked for again. */
export interface Once {
  readonly key: string
  /** How long the name is remembered. */
  readonly ttlMs: number
  /** How many names the channel remembers; the oldest is forgotten first. */
  readonly maxKeys: number
}

/** Where a publication stands. */
export interface Appended extends EnginePosition {
  /** Present when it was there already: nothing was appended, and nobody was told. */
  readonly repeated?: true
}

/** What a channel keeps; every limit holds at the same time. */
export interface Retention {
  readonly maxMessages: number
  readonly maxBytes: number
  /** Infinity for no limit. */
  readonly ttlMs: number
  /** Keeps of each `key` the newest alone: the offsets of what is kept have holes then. */
  readonly latest?: true
}

/** Which publications to read: at most `limit`, below `before` (the newest such) or above `after` (the oldest). */
export type ReadQuery =
  | { readonly limit: number; readonly after: number }
  | { readonly limit: number; readonly before: number }

/** A page of a channel's history, in ascending order of offset. */
export interface Page extends EnginePosition {
  readonly publications: readonly Publication[]
  /** The offset of the oldest publication that is still kept; `offset + 1` when none is. */
  readonly first: number
}

/** One member of a channel: a connection with its metadata as JSON text. */
export interface PresenceEntry {
  readonly connection: string
  readonly data: string
  /** Whose connection it is, where the members of a channel are told apart by that. */
  readonly user?: string
}

/** What a member says of itself. */
export interface EnteringEntry extends PresenceEntry {
  /** It says so now, rather than that it is still here: then this is what its user told last. */
  readonly isNews?: true
}

/** A member as it is listed. */
export interface PresentEntry extends PresenceEntry {
  /** Grows from one member to the next; it stays while the member does. */
  readonly order: number
}

/** All connections of one user in a channel. */
export interface UserEntry {
  readonly user: string
  /** The metadata that any of them entered last. */
  readonly data: string
  readonly connections: number
}

export interface PresentUser extends UserEntry {
  readonly order: number
}

/** Which members: at most `limit` of those whose `order` is above `after`. Default: all. */
export interface MembersQuery {
  readonly limit?: number
  readonly after?: number
}

export interface PresenceCount {
  readonly connections: number
  /** How many users they belong to; those of no user are not among them. */
  readonly users: number
}

/** `user` is how its user stands after the change; `data` is empty there when no connection is left. */
export type PresenceEvent =
  | {
      readonly change: 'join' | 'update'
      readonly connection: string
      readonly data: string
      readonly user?: UserEntry
    }
  | { readonly change: 'leave'; readonly connection: string; readonly user?: UserEntry }

/**
 * What an engine tells the node that uses it. A listener must neither throw nor call the engine before it
 * has returned: it is called in the middle of the engine's own work.
 */
export interface EngineListener {
  /** A publication on a channel that the node is attached to. */
  publication(channel: string, publication: Publication): void
  /** A change of presence on a channel that the node is attached to. */
  presence(channel: string, event: PresenceEvent): void
  /** A channel that the node is attached to was cleared: offsets begin again at 1, in a new epoch. */
  cleared?(channel: string): void
  /**
   * The engine may have missed something, or other nodes took this one for dead: what was told so far may have
   * gaps, and this node's members may be gone. Attachments stay. Whoever depends on it has to begin anew:
   * read again, enter again.
   */
  interrupted?(): void
}

/**
 * Where state lives that must outlive a connection or be seen by other nodes: publications, presence,
 * sessions. One conformance suite runs over every implementation of this contract; each MUST has a test.
 *
 * Names, identifiers and data are text without U+0000.
 *
 * Every method may answer at once or with a promise. A method that fails MUST leave the state as it was and
 * throw or reject; it MUST NOT answer with less than was asked for. After `close` every method MUST fail.
 */
export interface Engine {
  /**
   * Whether no other node can ever see this state: then nothing is told to others. MUST NOT be so where another node
   * could open the same state. Absent: another one could. Asked once.
   */
  isLocal?(): boolean

  /**
   * Called once, before anything else. `node` is unique to this run of this process. A `node` that died
   * without `close` MUST NOT leave members in any presence for longer than the engine's stated lifetime.
   */
  open(node: string, listener: EngineListener): MaybePromise<void>

  /**
   * From when this answers until `detach`, the listener MUST be told every publication, every change of
   * presence and every clearing of `channel`, by whichever node it was made, kept publications in ascending
   * order of offset, each once. It MUST NOT be told of channels that it is not attached to, nor of what was
   * published before it attached. Attaching twice is attaching once.
   */
  attach(channel: string): MaybePromise<void>
  detach(channel: string): MaybePromise<void>

  /**
   * Appends and fans out as one act: the offset MUST be one more than the last one of the epoch, and no
   * subscriber may be told of offset n+1 before n. MUST answer only when the publication is as durable as the
   * engine promises, and MUST have been told to the listener of this node, where it is attached, by then.
   * Trims to `retention`, from the oldest upwards until every limit holds: what is over the count, the bytes
   * (UTF-8, data and name) or the age (`ttlMs` or more since `at`) MUST NOT be read any more. An offset MUST
   * NOT be used twice in an epoch.
   *
   * With `once`, a key that the channel remembers MUST be answered with the first position and nothing else
   * happens; that is decided in the same act, on whichever node. A key is remembered for `ttlMs` at least, also
   * over `clear`, unless `maxKeys` newer ones came. With `retention.latest`, the publication takes the place of the
   * one with the same `key`, which MUST NOT be read any more. An engine that finds another kind of history under the
   * name clears it first.
   */
  append(channel: string, draft: Draft, retention: Retention): MaybePromise<Appended>

  /**
   * Fans out without keeping: told to every attached listener, in the order in which this node sent it. False when
   * `once` names what the channel remembers: then nobody is told.
   */
  send(channel: string, draft: Draft): MaybePromise<boolean>

  /**
   * Reads a page. Within one answer `epoch`, `offset`, `first` and `publications` MUST be of one moment, and
   * the publications MUST have no holes but those that `retention.latest` makes. A channel that was never published
   * to has an epoch all the same, and MUST keep it. `retention` is the channel's, so that what has become too old is
   * not read.
   *
   * An engine may forget a channel, and with it the epoch, when nothing of it is kept, no node is attached,
   * nobody is a member and its history has not been asked for or added to for the engine's stated time; that time
   * may be a shorter one where nothing was published in the epoch. When it comes back it MUST have a new epoch.
   */
  read(channel: string, query: ReadQuery, retention: Retention): MaybePromise<Page>

  /**
   * Forgets the history of a channel: nothing kept is read any more, and its epoch MUST change. Every attached
   * listener MUST be told before it is told of a publication of the new epoch. Members and attachments stay.
   */
  clear(channel: string): MaybePromise<void>

  /** Does what `clear` does to every channel, in one act. */
  clearAll(): MaybePromise<void>

  /**
   * Adds a member, or replaces its metadata: the event is `join` or `update` accordingly. The member goes
   * with this node, whichever node it went with before. One that has this metadata already MUST NOT be told again,
   * unless it is news and another connection of its user has told something else since; one that was another user's MUST be told to leave first.
   */
  enter(channel: string, entry: EnteringEntry): MaybePromise<void>

  /** Removes a member that goes with this node; MUST leave one that another node has taken over. Tells nobody then. */
  leave(channel: string, connection: string): MaybePromise<void>

  /** Who is in the channel, on every node, in the order in which they entered. */
  members(channel: string, query?: MembersQuery): MaybePromise<readonly PresentEntry[]>

  /** The users among them, each once. */
  users(channel: string, query?: MembersQuery): MaybePromise<readonly PresentUser[]>

  count(channel: string): MaybePromise<PresenceCount>

  /** The last sequence number that was handled in a session; 0 for one that is unknown. */
  sequence(session: string): MaybePromise<number>

  /** Remembers the last sequence number that was handled, for `ttlMs` at least. Never goes backwards. */
  advance(session: string, sequence: number, ttlMs: number): MaybePromise<void>

  /** Removes this node's members, tells the other nodes, and lets go of everything. Closing twice is closing once. */
  close(): MaybePromise<void>
}

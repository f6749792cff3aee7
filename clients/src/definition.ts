/** How a message that the client sends is answered. */
export type CallKind = 'event' | 'request' | 'stream'

/** A message that the client sends, where its kind does not say everything. */
export interface CallDefinition {
  readonly kind: CallKind
  /** An event that is kept and sent again until the server has handled it. */
  readonly delivery?: 'acknowledged'
  /** A request that may be sent again when its answer was lost. */
  readonly idempotent?: true
  /** Its payload is raw bytes. */
  readonly binary?: true
}

export interface ChannelDefinition {
  /** The template of the channel's name, such as `room/{roomId}`. */
  readonly name: string
  /** `handler`: only the server's code makes members. Otherwise the client subscribes by itself. */
  readonly join: 'handler' | 'guarded' | 'open'
  /** Whether members have presence metadata; then listening alone does not subscribe, for there is none yet. */
  readonly presence: boolean
}

/** What the generator writes about a route for the client. */
export interface RouteDefinition {
  readonly name: string
  /** The template of the path, such as `/chat/{roomId}`. */
  readonly path: string
  /** What the client sends, by name. */
  readonly calls: Readonly<Record<string, CallKind | CallDefinition>>
  /** What the server asks of the client, by name. */
  readonly answers?: Readonly<Record<string, 'request' | 'stream'>>
  readonly subprotocols?: readonly string[]
  /** Absent for Wirepact's envelope. `bare`: messages go as they are. */
  readonly wire?: 'bare'
  /** On a bare route: the property that tells the messages apart. */
  readonly discriminator?: string
  readonly channels: Readonly<Record<string, ChannelDefinition>>
}

/** How a message that the client sends is answered. */
export type CallKind = 'event' | 'request'

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
  readonly calls: Readonly<Record<string, CallKind>>
  readonly channels: Readonly<Record<string, ChannelDefinition>>
}

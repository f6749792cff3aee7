import type { RouteChannel } from '../core/route.js'

/** A channel by its definition and its full name. */
export interface ChannelRef {
  readonly channel: RouteChannel
  readonly name: string
}

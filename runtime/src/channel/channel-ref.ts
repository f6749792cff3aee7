import type { ObservedChannel } from '../core/observer.js'
import type { RouteChannel } from '../core/route.js'

/** A channel by its definition and its full name. */
export interface ChannelRef {
  readonly channel: RouteChannel
  readonly name: string
}

/** A channel as observers are told of it. */
export function toObservedChannel({ channel, name }: ChannelRef): ObservedChannel {
  return { name, template: channel.definition.name }
}

import { useMemo } from 'react'
import type {
  Channel,
  ChannelStatus,
  History,
  MemberOf,
  PresenceKind,
  SubscribableChannel,
  SubscribeOptions,
} from '../types.js'
import type { MessageList, MessageListOptions } from './message-list.js'
import { useHold } from './subscription.js'
import { useMessages } from './use-messages.js'
import { useCount, useMembers } from './use-presence.js'
import { useChannelStatus } from './use-status.js'

export interface ChannelOptions<Messages extends object, PresenceData = never>
  extends MessageListOptions<Messages> {
  /** What others see of this client, on a channel with presence that clients subscribe to. Only the first value counts. */
  readonly presence?: PresenceData | undefined
}

/** All that a component shows of a channel: a new object after every change, and only then. */
export interface ChannelView<
  Messages extends object,
  PresenceData = never,
  Kind extends PresenceKind = 'connections',
> extends MessageList<Messages, keyof Messages & string> {
  readonly channel: Channel<Messages, PresenceData, Kind>
  readonly status: ChannelStatus
  /** Who is in it, oldest member first. Nobody where members are not told. */
  readonly members: readonly MemberOf<PresenceData, Kind>[]
  /** How many are in it. 0 on a channel without presence. */
  readonly count: number
}

/** Either kind of channel. Both are named, for from one of the other name no compiler infers the kind of presence. */
type AnyChannel<Messages extends object, PresenceData, Kind extends PresenceKind> =
  | Channel<Messages, PresenceData, Kind>
  | SubscribableChannel<Messages, PresenceData, Kind>

/** A channel with its messages, its members and its status, joined while the component is shown. */
export function useChannel<
  Messages extends object,
  PresenceData = never,
  Kind extends PresenceKind = 'connections',
>(
  channel: AnyChannel<Messages, PresenceData, Kind>,
  options: ChannelOptions<Messages, NoInfer<PresenceData>> = {},
): ChannelView<Messages, PresenceData, Kind> {
  const seen: Channel<Messages, PresenceData, Kind> = channel
  const { presence, initial } = options
  useHold(seen, presence === undefined ? undefined : [{ presence, ...sinceOf(initial) }])
  const list = useMessages(seen, options)
  const here = seen.presence as Here<MemberOf<PresenceData, Kind>> | undefined
  const members = useMembers(here)
  const count = useCount(here)
  const status = useChannelStatus(seen)
  return useMemo(
    () => ({ ...list, channel: seen, status, members, count }),
    [list, seen, status, members, count],
  )
}

function sinceOf(initial: Pick<History<object>, 'position'> | undefined): SubscribeOptions {
  return initial ? { since: initial.position } : {}
}

/** What a channel has of its kind's presence, as far as it is listened to. */
interface Here<Member> {
  readonly members: readonly Member[]
  readonly count: number
  onChange(listener: () => void): () => void
}

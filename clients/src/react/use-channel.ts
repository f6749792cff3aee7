import { useMemo } from 'react'
import type { Channel, ChannelStatus, History, MemberOf, PresenceKind, SubscribeOptions } from '../types.js'
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

/** A channel with its messages, its members and its status, joined while the component is shown. */
export function useChannel<
  Messages extends object,
  PresenceData = never,
  Kind extends PresenceKind = 'connections',
>(
  channel: Channel<Messages, PresenceData, Kind>,
  options: ChannelOptions<Messages, PresenceData> = {},
): ChannelView<Messages, PresenceData, Kind> {
  const { presence, initial } = options
  useHold(channel, presence === undefined ? undefined : [{ presence, ...sinceOf(initial) }])
  const list = useMessages(channel, options)
  const here = channel.presence as Here<MemberOf<PresenceData, Kind>> | undefined
  const members = useMembers(here)
  const count = useCount(here)
  const status = useChannelStatus(channel)
  return useMemo(
    () => ({ ...list, channel, status, members, count }),
    [list, channel, status, members, count],
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

import type { Channel, Gap, History, PublicationInfo } from '../types.js'

/** A publication in a list, with messages of these names. */
export type ListedMessage<Messages extends object, Name extends keyof Messages & string> = {
  [Key in Name]: {
    /** Unlike that of any other in the list, and always the same for this one: fit for `key`. */
    readonly key: number
    readonly name: Key
    readonly data: Messages[Key]
    readonly info: PublicationInfo
  }
}[Name]

/** What a channel has said, as far as it is kept. Immutable: a new one after every change. */
export interface MessageList<Messages extends object, Name extends keyof Messages & string> {
  /** Oldest first, at most `max`. */
  readonly messages: readonly ListedMessage<Messages, Name>[]
  /** The newest of them. */
  readonly last: ListedMessage<Messages, Name> | undefined
  /** How many are gone from the list because it was full. */
  readonly dropped: number
  /** The last time that messages were missed that cannot be had. Undefined: nothing is missing. */
  readonly gap: ListGap | undefined
  /** Whether what is said arrives: the channel is joined. Otherwise more may have been said, and will follow. */
  readonly isLive: boolean
}

export interface ListGap extends Gap {
  /** The messages with this key and above came after it, apart from those that were read from history. */
  readonly beforeKey: number
}

export interface MessageListOptions<Messages extends object> {
  /** How many messages are kept; the oldest go first. From 1 on; default 100. */
  readonly max?: number | undefined
  /**
   * The newest page of history where it is known already, from a server that has drawn the list. A subscription goes on
   * from there; what it has is not listed twice, and what was said since then and does not come any more is a gap.
   * Only the first value counts.
   */
  readonly initial?: History<Messages> | undefined
  /**
   * How many messages are read from the channel's history when the list begins: for a list that is shown when the
   * channel has long been joined. Default 0. Only the first value counts.
   */
  readonly history?: number | undefined
}

/** As much of a channel as a list needs. */
export interface MessageSource<Messages extends object>
  extends Pick<Channel<Messages>, 'name' | 'status' | 'onStatus' | 'onGap' | 'messages'> {
  history(options?: { readonly limit?: number }): Promise<History<Messages>>
}

/** A message of whatever channel. */
export interface Listed {
  readonly key: number
  readonly name: string
  readonly data: unknown
  readonly info: PublicationInfo
}

/** A list while it is worked on: of whatever channel. */
export interface List {
  readonly messages: readonly Listed[]
  readonly last: Listed | undefined
  readonly dropped: number
  readonly gap: ListGap | undefined
  readonly isLive: boolean
  /** The key of the message that comes next. */
  readonly nextKey: number
}

export const emptyList: List = {
  messages: [],
  last: undefined,
  dropped: 0,
  gap: undefined,
  isLive: false,
  nextKey: 0,
}

/** What comes from a channel, or from its history. */
export type Unlisted = Omit<Listed, 'key'>

/** The list with one message more. */
export function append(list: List, message: Unlisted, max: number): List {
  const { nextKey } = list
  return trim({ ...list, nextKey: nextKey + 1 }, [...list.messages, { ...message, key: nextKey }], max)
}

/** The list with what was found in history, in the order in which it was said. */
export function insert(list: List, found: readonly Unlisted[], max: number): List {
  const listed = new Set(list.messages.map(({ info }) => info.offset))
  const fresh = found.filter(({ info }) => !listed.has(info.offset))
  const { nextKey } = list
  const keyed = fresh.map((message, index) => ({ ...message, key: nextKey + index }))
  return trim({ ...list, nextKey: nextKey + fresh.length }, inOrder(list.messages, keyed), max)
}

/** What is not kept has no offset, and stays behind what it came after. */
function inOrder(messages: readonly Listed[], more: readonly Listed[]): readonly Listed[] {
  const rest = [...more]
  const merged = messages.flatMap((message) => {
    const { offset } = message.info
    const later = rest.findIndex(({ info }) => offset === null || Number(info.offset) > offset)
    const due = offset === null ? [] : rest.splice(0, later < 0 ? rest.length : later)
    return [...due, message]
  })
  return [...merged, ...rest]
}

function trim(list: List, messages: readonly Listed[], max: number): List {
  const excess = Math.max(0, messages.length - max)
  const kept = excess > 0 ? messages.slice(excess) : messages
  return { ...list, messages: kept, last: kept.at(-1), dropped: list.dropped + excess }
}

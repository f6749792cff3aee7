import { useMemo, useSyncExternalStore } from 'react'
import { reactDefaults } from '../options.js'
import { useGraceMs } from './client-context.js'
import type { ListedMessage, MessageList, MessageListOptions, MessageSource } from './message-list.js'
import { MessageStore, type Source, startList } from './message-store.js'

/**
 * What a channel says, as a list that grows while the component is shown: all messages, or those of one name.
 * Components that ask for the same share one list, and always show the same. A channel that clients subscribe
 * to without metadata is subscribed to, and left when the last component is gone.
 */
export function useMessages<Messages extends object>(
  channel: MessageSource<Messages>,
  options?: MessageListOptions<Messages>,
): MessageList<Messages, keyof Messages & string>
export function useMessages<Messages extends object, Name extends keyof Messages & string>(
  channel: MessageSource<Messages>,
  name: Name,
  options?: MessageListOptions<Messages>,
): MessageList<Messages, Name>
export function useMessages(
  channel: MessageSource<object>,
  given?: string | MessageListOptions<object>,
  more: MessageListOptions<object> = {},
): unknown {
  const [name, options] = typeof given === 'string' ? [given, more] : [undefined, given ?? {}]
  return useList(channel, name, options)
}

/** The newest message of a channel, or the newest of one name; undefined before the first. */
export function useLastMessage<Messages extends object>(
  channel: MessageSource<Messages>,
): ListedMessage<Messages, keyof Messages & string> | undefined
export function useLastMessage<Messages extends object, Name extends keyof Messages & string>(
  channel: MessageSource<Messages>,
  name: Name,
): ListedMessage<Messages, Name> | undefined
export function useLastMessage(channel: MessageSource<object>, name?: string): unknown {
  return useList(channel, name, { max: 1 }).last
}

function useList(
  source: MessageSource<object>,
  name: string | undefined,
  options: MessageListOptions<object>,
) {
  const { max = reactDefaults.maxMessages, initial, history } = options
  const channel = source as Source
  const graceMs = useGraceMs()
  // biome-ignore lint/correctness/useExhaustiveDependencies: only how a list begins counts.
  const start = useMemo(() => startList({ name, max }, initial, history), [channel, name, max])
  const { subscribe, list } = useMemo(() => {
    const find = () => storeOf(channel, name, max)
    return {
      subscribe: (changed: () => void) => find().look(changed, start, graceMs),
      list: () => find().list(start),
    }
  }, [channel, name, max, start, graceMs])
  return useSyncExternalStore(subscribe, list, () => start.list)
}

const stores = new WeakMap<object, Map<string, MessageStore>>()

function storeOf(channel: Source, name: string | undefined, max: number): MessageStore {
  const known = stores.get(channel) ?? new Map<string, MessageStore>()
  stores.set(channel, known)
  const key = `${max} ${name ?? ''}`
  const store = known.get(key) ?? new MessageStore(channel, { name, max })
  known.set(key, store)
  return store
}

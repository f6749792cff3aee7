import { useCallback, useSyncExternalStore } from 'react'
import type { Channel, ChannelStatus, Connection, Status } from '../types.js'

const idle = { state: 'idle' } as const
const toIdle = () => idle

/** Where a connection stands. Idle on a server. */
export function useStatus(connection: Pick<Connection<object>, 'status' | 'onStatus'>): Status {
  return useSource(connection)
}

/** Where a channel stands. Idle on a server. */
export function useChannelStatus(channel: Pick<Channel<object>, 'status' | 'onStatus'>): ChannelStatus {
  return useSource(channel)
}

interface Source<S> {
  readonly status: S
  onStatus(listener: (status: S) => void): () => void
}

function useSource<S>(source: Source<S | typeof idle>): S | typeof idle {
  const subscribe = useCallback((changed: () => void) => source.onStatus(changed), [source])
  return useSyncExternalStore(subscribe, () => source.status, toIdle)
}

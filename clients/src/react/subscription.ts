import { useEffect, useInsertionEffect, useRef } from 'react'
import type { ChannelStatus, Stop } from '../types.js'
import { useGraceMs } from './client-context.js'
import { Lease } from './lease.js'

/** A channel that clients subscribe to. */
export interface Subscribable {
  readonly status: ChannelStatus
  subscribe(...options: never[]): Promise<void>
  unsubscribe(): Promise<void>
}

/** A channel of which it is not known whether clients subscribe to it. */
type Perhaps = Pick<Subscribable, 'status'> & Partial<Subscribable>

const leases = new WeakMap<object, Lease>()

/** Listens, and leaves with the last who does where that was what subscribed to the channel. */
export function listenTo(channel: Perhaps, listen: () => void): Stop {
  const isIn = () => channel.status.state === 'joined' || channel.status.state === 'joining'
  const wasIn = isIn()
  listen()
  const isHeld = wasIn ? leases.has(channel) : isIn()
  return isHeld ? hold(channel, 0) : () => undefined
}

/** Stays in a channel until stopped, and `graceMs` longer. */
function hold(channel: Perhaps, graceMs: number): Stop {
  const known = leases.get(channel)
  const end = () => {
    leases.delete(channel)
    void channel.unsubscribe?.()
  }
  const lease = known ?? new Lease({ begin: () => undefined, end })
  leases.set(channel, lease)
  return lease.take(graceMs)
}

/**
 * Subscribes to a channel while the component is shown, with the metadata that it has then. Whether it worked is in
 * the channel's status. Not needed beside `useMessages` on a channel without metadata.
 */
export function useSubscription<C extends Subscribable>(
  channel: C,
  ...options: Parameters<C['subscribe']>
): void {
  useHold(channel, options)
}

/** Subscribes where there is something to subscribe with, and to. */
export function useHold(channel: Perhaps, options: readonly unknown[] | undefined): void {
  const graceMs = useGraceMs()
  const latest = useRef(options)
  useInsertionEffect(() => {
    latest.current = options
  })
  const isWanted = options !== undefined && channel.subscribe !== undefined
  useEffect(() => {
    if (!isWanted) return
    const release = hold(channel, graceMs)
    channel.subscribe?.(...(latest.current as never[])).catch(() => undefined)
    return release
  }, [channel, graceMs, isWanted])
}

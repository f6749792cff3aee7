import type { Clock } from '@wirepact/protocol'
import { toAddressKey } from '../core/address.js'
import { Budgets } from '../core/budgets.js'
import { rateLimited } from '../core/rates.js'
import { systemClock } from '../host/system.js'
import type { Context } from '../types.js'
import type { Middleware, UpgradeContext } from './middleware.js'

/** What is limited, for whom, and how much of it is allowed. */
export interface RateLimitOptions {
  /** Whose messages, or attempts to connect, are counted together. An IPv6 address stands for its network of 64 bits. */
  readonly per: 'connection' | 'user' | 'address'
  /** Default `messages`. Attempts to connect are those of an address. */
  readonly of?: 'messages' | 'connects'
  /** How many over time. */
  readonly perSecond: number
  /** How many at once. */
  readonly burst: number
  /** How many connections, users or addresses are remembered at one time. Default 100,000. */
  readonly maxKeys?: number
  /** Default: the machine's. */
  readonly clock?: Clock
}

/**
 * Refuses what comes too often with `RATE_LIMITED` and how long to wait: a message by an error frame, which counts as
 * a bad message, so that who goes on is closed at last with 4505; an attempt to connect with 429 and `Retry-After`.
 * Acknowledged events wait instead. Users that are not known are limited by connection. Throws a `RangeError` for
 * rates that are none, and a `TypeError` for attempts to connect that are not those of an address.
 */
export function rateLimit(options: RateLimitOptions): Middleware {
  const { per, of = 'messages', perSecond, burst, maxKeys = 100_000, clock = systemClock } = options
  if (!(perSecond >= 0) || !(burst >= 1) || !(maxKeys >= 1))
    throw new RangeError('A rate is a number from 0 on, with a burst and a number of keys from 1 on.')
  if (of === 'connects' && per !== 'address')
    throw new TypeError('Who connects is not known yet: attempts are limited per address.')
  const budgets = new Budgets({ clock, size: { perSecond, burst }, maxKeys })
  const take = (key: string, message: string, name?: string) => {
    const retryAfterMs = budgets.take(key)
    if (retryAfterMs !== undefined) throw rateLimited(message, retryAfterMs, name)
  }
  if (of === 'messages')
    return {
      message(ctx, { name }, next) {
        take(toKey(ctx, per), 'This comes too often.', name)
        return next()
      },
    }
  return {
    upgrade({ request }: UpgradeContext, next) {
      take(toAddressKey(request.remote.address), 'This address connects too often.')
      return next()
    },
  }
}

function toKey({ id, user, request }: Context, per: RateLimitOptions['per']): string {
  if (per === 'address') return toAddressKey(request.remote.address)
  return per === 'user' && user !== undefined ? `user ${user}` : `connection ${id}`
}

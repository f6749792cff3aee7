import type { Backpressure } from '../definition.js'

/** What may become of a packet that a connection is too slow for; `key` names those of which one is enough. */
export type Slack = { readonly policy: 'drop' } | { readonly policy: 'latest'; readonly key: string }

const drop: Slack = { policy: 'drop' }

/** The slack of one message of `scope`; undefined for one that has to arrive. `read` gives its payload. */
export function toSlack(
  backpressure: Backpressure | undefined,
  scope: string,
  read: () => unknown,
): Slack | undefined {
  if (backpressure === undefined) return undefined
  if (backpressure.policy !== 'latest') return backpressure.policy === 'drop' ? drop : undefined
  const { key } = backpressure
  return {
    policy: 'latest',
    key: key === undefined ? scope : `${scope}\0${String(readProperty(read(), key))}`,
  }
}

function readProperty(payload: unknown, key: string): unknown {
  return typeof payload === 'object' && payload !== null
    ? (payload as Record<string, unknown>)[key]
    : undefined
}

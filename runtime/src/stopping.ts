import { closeCodes } from '@wirepact/protocol'

export interface CloseOptions {
  /**
   * Over how much time connections are told to go, in milliseconds, in even batches. Meanwhile nobody is let in: who
   * asks is refused with 503 and `Retry-After`, and the server is not ready. Default 0: all at once.
   */
  readonly drainMs?: number
  /** How long each connection is given to finish what its handlers have begun and to say goodbye. Default 5,000. */
  readonly timeoutMs?: number
  /**
   * The code that connections are closed with. 1012: this server will be back, so clients are asked to come back when
   * the drain is over. 1001: others serve on, so clients are asked to come back at once. Default 1012.
   */
  readonly code?: 1001 | 1012
  /** The window in which a client is asked to come back, in milliseconds. Default 0 to 2,000. */
  readonly retryAfterMs?: readonly [from: number, to: number]
}

export interface CloseAllOptions {
  /** Over how much time they are closed, in milliseconds, in even batches. Default 0: all at once. */
  readonly overMs?: number
  /** How long each is given to finish what its handlers have begun and to say goodbye. Default 5,000. */
  readonly timeoutMs?: number
  /** The window in which a client is asked to come back, where the code lets it. Default: as the client sees fit. */
  readonly retryAfterMs?: readonly [from: number, to: number]
}

export const defaultTimeoutMs = 5000
const defaultRetryAfterMs = [0, 2000] as const

/** A server that will be back is not back before its drain is over. */
export function toWindow(drainMs: number, { code, retryAfterMs = defaultRetryAfterMs }: CloseOptions) {
  const [from, to] = retryAfterMs
  return (elapsedMs: number) => {
    const remainingMs = code === closeCodes.GOING_AWAY ? 0 : Math.max(0, drainMs - elapsedMs)
    return [from + remainingMs, to + remainingMs] as const
  }
}

/** Throws a `RangeError` for a duration that is none. */
export function requireDurations(durations: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(durations)) {
    if (typeof value !== 'number' || !(value >= 0)) throw new RangeError(`${name} is a number from 0 on.`)
  }
}

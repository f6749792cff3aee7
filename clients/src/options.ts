import type { Clock, MaybePromise, Random } from '@wirepact/protocol/client'
import type { Signals } from './core/connection/signals.js'
import type { WebSocketConstructor } from './core/web-socket.js'

/** How to come back after a connection was lost: full jitter, so at a random moment within the delay. */
export interface ReconnectOptions {
  /** The longest delay before the first retry. Default 500. */
  readonly minDelayMs?: number
  /** No delay is longer than this. Default 30,000. */
  readonly maxDelayMs?: number
  /** How much longer the delay may be with every retry. Default 2. */
  readonly factor?: number
}

/** What stands outside of the client; a simulation hands in its own. */
export interface Environment {
  readonly clock?: Clock
  readonly random?: Pick<Random, 'next'>
  /** When the network comes back and when the program wakes up. */
  readonly signals?: Signals
  /** Where what a listener throws goes when nobody listens to `onError`. Default: it becomes an uncaught error. */
  readonly report?: (thrown: unknown) => void
}

/** Sees everything that a client does; `createDebug` of `@wirepact/client/debug` makes one. */
export interface Debug {
  /** Looks at a connection from its beginning. */
  watch(connection: never): void
}

export interface ClientOptions {
  /**
   * The credential for the server's handlers, asked for anew before every attempt; attempts that wait for it at
   * the same moment share one question, and so does a refresh on the open connection. When it fails, the attempt
   * has failed, and another one follows. A bare route has no place for it: its credentials are in its parameters.
   */
  readonly auth?: () => MaybePromise<string | undefined>
  /**
   * How long `auth` may take before it has failed with `TIMEOUT`, and is asked anew. Default 30,000; 0 for ever, where
   * a person may have to log in.
   */
  readonly authTimeoutMs?: number
  /** The WebSocket to use instead of the platform's own. */
  readonly WebSocket?: WebSocketConstructor
  /** False to stay away once a connection is lost, or could not be made. */
  readonly reconnect?: ReconnectOptions | false
  /** From the start of the socket until the server's welcome. Default 10,000. */
  readonly connectTimeoutMs?: number
  /** How long a call waits for its answer, connecting included. Default 10,000; 0 for ever. */
  readonly callTimeoutMs?: number
  /**
   * How many calls and streams may wait for an answer; one more is refused with `TOO_MANY_PENDING`. Default 256, as
   * many as the server works on for one connection.
   */
  readonly maxPendingCalls?: number
  /** How many one-way messages wait for the connection; one more is refused with `BUFFER_OVERFLOW`. Default 100. */
  readonly maxQueuedMessages?: number
  /** How much the socket may hold unsent; beyond it messages are refused with `BUFFER_OVERFLOW`. Default 16 MiB. */
  readonly maxBufferedBytes?: number
  /** How many acknowledged events may wait for the server's word; one more is refused with `BUFFER_OVERFLOW`. Default 1,000. */
  readonly maxUnacknowledged?: number
  /** Watches the client: `createDebug()` of `@wirepact/client/debug`. */
  readonly debug?: Debug
  readonly environment?: Environment
}

/** What several parts hold to; every other default stands where it is used, or comes with the feature that has it. */
export const defaultCallTimeoutMs = 10_000
export const defaultMaxPendingCalls = 256

export const streamDefaults = { maxBufferedItems: 64 } as const
export const deliveryDefaults = { maxUnacknowledged: 1_000, roomAfterMs: 250 } as const
export const reactDefaults = { graceMs: 1_000, maxMessages: 100 } as const

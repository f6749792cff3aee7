import type { ClientFrame, WirepactError } from '@wirepact/protocol/client'
import type { Stop } from '../../types.js'
import type { Limits } from './limit.js'

/** Takes why something comes to nothing. */
export type GiveUp = (error: WirepactError) => void

/** Takes what became of a question; called exactly once. */
export type Answer = (error: WirepactError | undefined, output?: unknown) => void

/** What is asked, under the id that the answer will have. */
export type ToFrame = (id: number) => ClientFrame

/** How a question is asked. */
export interface AskOptions extends Limits {
  /** Whether it may be asked again when its answer was lost with the connection. */
  readonly idempotent?: boolean | undefined
}

/** How a message is sent. */
export interface Posting extends AskOptions {
  /** Whether nobody answers it: it is settled when it is sent. */
  readonly isOneWay?: boolean
}

/** A message on its way, or whose answer is. */
export interface Letter {
  readonly answer: Answer | undefined
  /** As they were given: a copy with more in it would be several times as slow. */
  readonly options: Posting
  frame: ClientFrame
  message: string | Uint8Array
  /** Whether it was sent on this connection. */
  isSent?: boolean
  /** Stops what could give up on it. */
  stop?: Stop
}

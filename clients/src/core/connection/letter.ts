import type { ClientFrame, WirepactError } from '@wirepact/protocol'
import type { CallOptions, Stop } from '../../types.js'

/** Takes why something comes to nothing. */
export type GiveUp = (error: WirepactError) => void

/** Takes what became of a question; called exactly once. */
export type Answer = (error: WirepactError | undefined, output?: unknown) => void

/** What is asked, under the id that the answer will have. */
export type ToFrame = (id: number) => ClientFrame

/** How a question is asked. */
export interface AskOptions extends CallOptions {
  /** Whether it may be asked again when its answer was lost with the connection. */
  readonly idempotent?: boolean | undefined
}

/** A message on its way. */
export interface Letter {
  message: string | Uint8Array
  /** Takes the reason why it could not be sent after it had waited. */
  readonly failed: GiveUp
  /** Called when it waits no more. */
  left?: Stop
}

/** A letter that is to be answered. */
export interface Question extends Letter {
  readonly answer: Answer
  readonly idempotent: boolean | undefined
  frame?: ClientFrame
  /** Stops what could give up on it. */
  stop?: Stop
}

import type { GapReason, WirepactError } from '@wirepact/protocol/client'
import type { Status } from '../types.js'

/** One thing that a client did, or that happened to it. `url` says on which connection. */
export type DebugEvent = { readonly at: number; readonly url: string } & (
  | { readonly type: 'attempt' }
  /** `session` is left empty: it is a secret. */
  | { readonly type: 'status'; readonly status: Status }
  | FrameEvent
  /** A channel goes on after the client was away: with all that it missed, or without. */
  | {
      readonly type: 'recovery'
      readonly channel: string
      readonly recovered: boolean
      readonly reason?: GapReason | undefined
    }
  /** The socket has ended. */
  | { readonly type: 'end'; readonly code: number; readonly reason: string }
  /** What `onError` is told: a refusal, a message that was dropped, a frame that is none. */
  | { readonly type: 'error'; readonly error: WirepactError }
)

/** One frame, or, on a bare route, one message. */
export interface FrameEvent {
  readonly type: 'frame'
  readonly direction: 'in' | 'out'
  /** The type of the frame; empty where it has none. */
  readonly frame: string
  /** The message, the channel, or both. */
  readonly name: string
  readonly bytes: number
  /** The frame as it is, where that was asked for. */
  readonly payload?: unknown
}

import type { Position } from '@wirepact/protocol'

/** How a connection becomes a member, or catches up. */
export interface JoinOptions {
  /** The subscribe frame that is answered; null for a join by a handler. */
  readonly id: number | null
  readonly position: Position | undefined
  readonly replay: number
  /** The member's metadata as JSON text; undefined without presence. */
  readonly presence: string | undefined
  /** Who the member is; undefined where members are not told apart by that. */
  readonly user?: string | undefined
  /** Called when more happens than can be held back while history is read. */
  readonly overflow: () => void
}

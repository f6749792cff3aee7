import type { ClientFrame, ServerFrame } from '@wirepact/protocol'

/** How frames become messages. */
export interface Codec {
  /** Throws `NOT_SERIALIZABLE`. */
  encode(frame: ClientFrame): string | Uint8Array
  /** Throws for what is no frame. */
  decode(data: unknown): ServerFrame
}

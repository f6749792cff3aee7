import type { ClientFrame } from '@wirepact/protocol'

/** How frames become messages. */
export interface Codec {
  /** Throws `NOT_SERIALIZABLE`. */
  encode(frame: ClientFrame): string | Uint8Array
  /** What should be a frame of the server; whoever takes it looks at its form. Throws for what cannot be one. */
  decode(data: unknown): unknown
}

import { encodeFrame, type ServerFrame } from '@wirepact/protocol'

/**
 * One encoded frame on its way out. A publication makes one packet that all members share, so a host that
 * frames bytes keeps them here and does it once.
 */
export class Packet {
  readonly text: string
  /** What the host made of the text; it belongs to the host alone. */
  framed: Uint8Array | undefined = undefined

  constructor(text: string) {
    this.text = text
  }

  /** Throws `NOT_SERIALIZABLE` when a payload has no JSON form. */
  static of(frame: ServerFrame): Packet {
    return new Packet(encodeFrame(frame))
  }
}

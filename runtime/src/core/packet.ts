import { encodeBinaryFrame, encodeFrame, type ServerFrame, type Validator } from '@wirepact/protocol'
import type { Slack } from './slack.js'

/**
 * One encoded frame on its way out. A publication makes one packet that all members share, so a host that
 * frames bytes keeps them here and does it once.
 */
export class Packet {
  /** What goes out: a text message, or a binary one. */
  readonly content: string | Uint8Array
  /** What the host made of the content; it belongs to the host alone. */
  framed: Uint8Array | undefined = undefined
  /** The same for members that can read compressed messages; the host's, too. */
  deflated: Uint8Array | undefined = undefined

  /** Undefined for a packet that has to arrive. */
  readonly slack: Slack | undefined

  constructor(content: string | Uint8Array, slack?: Slack) {
    this.content = content
    this.slack = slack
  }

  /** The size on its way out, near enough: its header is left out. */
  get bytes(): number {
    return typeof this.content === 'string' ? Buffer.byteLength(this.content) : this.content.byteLength
  }

  /** Throws `NOT_SERIALIZABLE` when a payload has no JSON form. */
  static of(frame: ServerFrame): Packet {
    return new Packet(encodeFrame(frame))
  }

  /** What a heartbeat sends. */
  static readonly ping = Packet.of(['ping'])

  /** As text, or as bytes where the payload's schema says so. Throws `NOT_SERIALIZABLE` for what is neither. */
  static fitting(frame: ServerFrame, validator: Validator | undefined, slack?: Slack): Packet {
    return new Packet(validator?.content === 'binary' ? encodeBinaryFrame(frame) : encodeFrame(frame), slack)
  }
}

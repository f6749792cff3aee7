import { withCallSite } from './call-site.js'
import type { Schema } from './json-schema.js'

export interface BinaryOptions {
  /** What the bytes are, for the people who use the message. */
  readonly description?: string
  /** The most bytes that are accepted, from 1 on. Default: as many as a message of the connection may have. */
  readonly maxBytes?: number
  /** What the bytes are, for documents: a media type such as `image/png`. Checks nothing. */
  readonly mediaType?: string
}

/** What {@link binary} builds. */
export interface BinaryDefinition extends BinaryOptions {
  readonly kind: 'binary'
}

/**
 * Raw bytes as a whole payload: `Uint8Array` on both sides, sent as a binary message without any encoding.
 * Stands where a payload stands (`data`, `input`, `output`, `item`, a message of a channel) and never inside of a
 * schema.
 *
 * ```ts
 * avatar: event({ data: binary({ maxBytes: 65_536, mediaType: 'image/png' }) })
 * ```
 */
export function binary(options: BinaryOptions = {}): BinaryDefinition {
  return withCallSite({ ...options, kind: 'binary' }, binary)
}

export interface TextOptions {
  /** What the text is, for the people who use the message. */
  readonly description?: string
  /** In code points. Default 0. */
  readonly minLength?: number
  /** In code points. Default: no limit. */
  readonly maxLength?: number
  /** A regular expression without flags, or with `u` alone. */
  readonly pattern?: string | RegExp
}

/** What {@link text} builds. */
export interface TextDefinition extends TextOptions {
  readonly kind: 'text'
}

/**
 * Text as a whole payload. On a route with `wire: 'bare'` the message is the text itself, without JSON around it;
 * elsewhere it is the same as `Type.String`.
 *
 * ```ts
 * line: event({ data: text({ maxLength: 2000 }) })
 * ```
 */
export function text(options: TextOptions = {}): TextDefinition {
  return withCallSite({ ...options, kind: 'text' }, text)
}

/** What is accepted where a payload stands as a whole. */
export type Payload = Schema | BinaryDefinition | TextDefinition

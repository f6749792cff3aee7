import { type ClientFrame, parseJson, type Validator, WirepactError } from '@wirepact/protocol'
import type { RouteDefinition } from '../definition.js'
import type { Limits } from './limits.js'
import type { Message } from './read-frame.js'

/**
 * What clients send on a route without Wirepact's envelope, and how its messages are told apart: one takes all
 * bytes, one takes all text, or JSON is looked into for the discriminator.
 */
export class BareMessages {
  readonly #discriminator: string | undefined
  #binary: string | undefined
  #text: string | undefined
  /** The only message that is JSON and has no tag. */
  #json: string | undefined
  readonly #tagged = new Map<unknown, string>()

  /** Throws a `TypeError` for what cannot be said without an envelope. */
  constructor(definition: RouteDefinition) {
    this.#discriminator = definition.discriminator
    for (const message of Object.values(definition.sends))
      if (message.kind !== 'event') throw needsEnvelope(definition)
    if (Object.keys(definition.channels).length > 0) throw needsEnvelope(definition)
    for (const [name, message] of Object.entries(definition.receives)) {
      if (message.kind !== 'event') throw needsEnvelope(definition)
      const { content } = message.data
      if (content === 'binary') this.#binary = name
      else if (content === 'text') this.#text = name
      else if (message.tag === undefined) this.#json = name
      else this.#tagged.set(message.tag, name)
    }
  }

  /** The event that a message is. Throws `WRONG_KIND`, `UNKNOWN_MESSAGE`, and what parsing throws. */
  read(message: Message, limits: Limits): ClientFrame {
    if (typeof message !== 'string') return toEvent(this.#binary, new Uint8Array(message))
    if (this.#text !== undefined) return toEvent(this.#text, message)
    if (this.#json === undefined && this.#tagged.size === 0) return toEvent(undefined, message)
    const data = parseJson(message, limits)
    return ['event', this.#findName(data), data]
  }

  #findName(data: unknown): string {
    const tag = this.#readTag(data)
    const name = (tag === undefined ? undefined : this.#tagged.get(tag)) ?? this.#json
    if (name !== undefined) return name
    throw new WirepactError('UNKNOWN_MESSAGE', 'This route takes no message of this kind.')
  }

  #readTag(data: unknown): unknown {
    const property = this.#discriminator
    if (property === undefined || typeof data !== 'object' || data === null) return undefined
    return Object.hasOwn(data, property) ? (data as Record<string, unknown>)[property] : undefined
  }
}

/** A message as it goes out without an envelope. Throws `NOT_SERIALIZABLE`. */
export function encodeBare(data: unknown, { content }: Validator): Message {
  if (content === 'text') return String(data)
  if (content === 'binary' && data instanceof Uint8Array) return data
  try {
    if (content === undefined) return JSON.stringify(data ?? null)
  } catch (cause) {
    throw new WirepactError('NOT_SERIALIZABLE', 'The payload has no JSON form.', { cause })
  }
  throw new WirepactError('NOT_SERIALIZABLE', 'The payload of a binary message has to be a Uint8Array.')
}

function toEvent(name: string | undefined, data: Message): ClientFrame {
  if (name !== undefined) return ['event', name, data]
  const wanted = typeof data === 'string' ? 'binary messages, not text' : 'text messages, not binary ones'
  throw new WirepactError('WRONG_KIND', `This route takes ${wanted}.`)
}

function needsEnvelope({ name }: RouteDefinition): TypeError {
  return new TypeError(
    `The bare route ${name} can have events alone: requests, streams and channels need the envelope.`,
  )
}

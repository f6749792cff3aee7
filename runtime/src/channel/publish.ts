import { type Position, WirepactError } from '@wirepact/protocol'
import type { Core } from '../core/core.js'
import { toOrigin } from '../core/identity.js'
import { requireValid } from '../core/sending.js'
import type { Appended, Draft, Once } from '../engine/engine.js'
import type { Published, PublishOptions } from '../types.js'
import type { ChannelRef } from './channel-ref.js'
import { encodeBytes, encodePayload, isBinary } from './encode.js'

/** What is published, and how. */
type Message = { readonly name: string; readonly data: unknown; readonly options: PublishOptions | undefined }

/** Encodes once, appends or sends, and says what became of it. */
export async function publish(
  core: Core,
  ref: ChannelRef,
  { name, data, options }: Message,
): Promise<Published> {
  const definition = ref.channel.messages.get(name)
  if (definition === undefined) {
    throw new WirepactError('UNKNOWN_MESSAGE', `The channel ${ref.name} has no message of this name.`, {
      name,
    })
  }
  if (core.validatesOutput) requireValid(definition.data, data, name)
  const isValue = definition.history && ref.channel.definition.latest !== undefined
  const draft = createDraft(core, name, encodeMessage(ref, name, data))
  if (isValue) draft.key = toKey(ref, name, data)
  if (options === undefined) return toPublished(await core.channels.publish(ref, draft, definition.history))
  setAudience(draft, options)
  if (options.key !== undefined) draft.once = toOnce(core, options.key)
  // What is for some alone is not what is so now.
  const isKept = definition.history && !(isValue && options.to !== undefined)
  const result = await core.channels.publish(ref, draft, isKept)
  if (!options.count) return toPublished(result)
  const published = toPublished(result)
  const delivered = published.repeated ? 0 : core.channels.countFor(ref.name, draft)
  return { ...published, delivered }
}

type MutableDraft = { -readonly [Key in keyof Draft]: Draft[Key] }

/** Written out, as everything on the way of a publication: spreading one object into another costs many times as much. */
function createDraft({ environment }: Core, name: string, data: string): MutableDraft {
  return { name, data, at: environment.clock.now() }
}

/** Whose newest value this is: that of the message, or of the message's key. */
function toKey({ channel }: ChannelRef, name: string, data: unknown): string {
  const key = channel.definition.latest?.key
  return key === undefined ? name : String((data as Record<string, unknown>)[key])
}

/** What `append` or `send` answered, in the words of the application. */
function toPublished(result: Appended | boolean): Published {
  if (result === true) return { position: undefined }
  if (result === false) return { position: undefined, repeated: true }
  const position: Position = [result.epoch, result.offset]
  return result.repeated ? { position, repeated: true } : { position }
}

function setAudience(draft: MutableDraft, { except, to }: PublishOptions): void {
  if (except !== undefined) draft.except = except.map(toOrigin)
  if (to !== undefined) draft.to = to.map(toOrigin)
}

function toOnce({ limits }: Core, key: string): Once {
  const { publishKeyTtlMs: ttlMs, maxPublishKeys: maxKeys, maxPublishKeyLength } = limits
  if (key.length <= maxPublishKeyLength) return { key, ttlMs, maxKeys }
  throw new WirepactError(
    'TOO_BIG',
    `The key of a publication has at most ${maxPublishKeyLength} characters.`,
  )
}

/** The JSON text of a message; one that is declared to be bytes is kept as text, too. */
function encodeMessage({ channel }: ChannelRef, name: string, data: unknown): string {
  if (!isBinary(channel, name)) return encodePayload(data, name)
  if (data instanceof Uint8Array) return encodeBytes(data)
  throw new WirepactError('NOT_SERIALIZABLE', `The payload of ${name} has to be a Uint8Array.`, { name })
}

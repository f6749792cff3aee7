import { encodeBinaryFrame, type Position, WirepactError } from '@wirepact/protocol'
import { Packet } from '../core/packet.js'
import type { RouteChannel } from '../core/route.js'
import { type Slack, toSlack } from '../core/slack.js'
import type { PresenceEvent, Publication } from '../engine/engine.js'
import type { ChannelRef } from './channel-ref.js'

/** The text of an outgoing payload. Throws what `JSON.stringify` throws. */
export function encodeData(data: unknown): string {
  return JSON.stringify(data) ?? 'null'
}

/** The same, for a payload of this name. Throws `NOT_SERIALIZABLE`. */
export function encodePayload(data: unknown, name: string): string {
  try {
    return encodeData(data)
  } catch (cause) {
    throw new WirepactError('NOT_SERIALIZABLE', `The payload of ${name} has no JSON form.`, { cause, name })
  }
}

/** A channel with its name as JSON text. */
interface NamedChannel {
  readonly ref: ChannelRef
  readonly nameJson: string
}

/** Bytes as they are kept: a JSON string of their Base64 (RFC 4648, section 4). */
export function encodeBytes(bytes: Uint8Array): string {
  return `"${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')}"`
}

/** The bytes of what {@link encodeBytes} made, parsed from JSON. */
export function decodeBytes(base64: unknown): Uint8Array {
  return new Uint8Array(Buffer.from(String(base64), 'base64'))
}

/** A publication is put together from parts that are JSON text already, so that it is encoded only once. */
export function encodePublication({ ref, nameJson }: NamedChannel, publication: Publication): Packet {
  const { name: message, data, offset } = publication
  const slack = findSlack(ref, publication)
  if (isBinary(ref.channel, message)) {
    return new Packet(
      encodeBinaryFrame(['publication', ref.name, message, decodeBytes(JSON.parse(data)), offset]),
      slack,
    )
  }
  return new Packet(`["publication",${nameJson},${JSON.stringify(message)},${data},${offset}]`, slack)
}

/** One that is kept has to arrive: a member that missed it would only ask for it again. */
function findSlack(
  { channel, name }: ChannelRef,
  { name: message, data, offset }: Publication,
): Slack | undefined {
  if (offset !== null) return undefined
  const backpressure = channel.messages.get(message)?.backpressure
  return toSlack(backpressure, `${name}\0${message}`, () => JSON.parse(data))
}

/** Whether a message of the channel carries bytes. */
export function isBinary(channel: RouteChannel, message: string): boolean {
  return channel.messages.get(message)?.data.content === 'binary'
}

export function encodeSkip(channelJson: string, offset: number): Packet {
  return new Packet(`["skip",${channelJson},${offset}]`)
}

export function encodePresence(channelJson: string, event: PresenceEvent): Packet {
  const connection = JSON.stringify(event.connection)
  const data = event.change === 'leave' ? '' : `,${event.data}`
  return new Packet(`["presence",${channelJson},[["${event.change}",${connection}${data}]]]`)
}

/** The change as one of a user: who has a connection already has one more, or one less. */
export function encodeUser(channelJson: string, { change, user }: PresenceEvent): Packet | undefined {
  if (user === undefined) return undefined
  const id = JSON.stringify(user.user)
  if (user.connections === 0) return new Packet(`["presence",${channelJson},[["leave",${id}]]]`)
  const told = change === 'join' && user.connections === 1 ? 'join' : 'update'
  return new Packet(`["presence",${channelJson},[["${told}",${id},${user.data},${user.connections}]]]`)
}

/** The position that a client presents; undefined when it has not the form of one. */
export function toPosition(value: unknown): Position | undefined {
  if (!Array.isArray(value) || typeof value[0] !== 'string') return undefined
  const offset: unknown = value[1]
  return Number.isSafeInteger(offset) && (offset as number) >= 0 ? [value[0], offset as number] : undefined
}

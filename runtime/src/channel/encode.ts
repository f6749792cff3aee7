import type { Position } from '@wirepact/protocol'
import { Packet } from '../core/packet.js'
import type { PresenceEvent, Publication } from '../engine/engine.js'

/** The text of an outgoing payload. Throws what `JSON.stringify` throws. */
export function encodeData(data: unknown): string {
  return JSON.stringify(data) ?? 'null'
}

/** A publication is put together from parts that are JSON text already, so that it is encoded only once. */
export function encodePublication(channelJson: string, publication: Publication): Packet {
  const { name, data, offset } = publication
  return new Packet(`["publication",${channelJson},${JSON.stringify(name)},${data},${offset}]`)
}

export function encodeSkip(channelJson: string, offset: number): Packet {
  return new Packet(`["skip",${channelJson},${offset}]`)
}

export function encodePresence(channelJson: string, event: PresenceEvent): Packet {
  const connection = JSON.stringify(event.connection)
  const data = event.change === 'leave' ? '' : `,${event.data}`
  return new Packet(`["presence",${channelJson},[["${event.change}",${connection}${data}]]]`)
}

/** The position that a client presents; undefined when it has not the form of one. */
export function toPosition(value: unknown): Position | undefined {
  if (!Array.isArray(value) || typeof value[0] !== 'string') return undefined
  const offset: unknown = value[1]
  return Number.isSafeInteger(offset) && (offset as number) >= 0 ? [value[0], offset as number] : undefined
}

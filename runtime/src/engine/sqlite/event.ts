import type { EngineListener, PresenceEvent, Publication } from '../engine.js'
import type { SqliteValue } from './driver.js'
import type { EventRow, PublicationRow } from './statements.js'

/** Something that attached listeners are told. */
export type EngineEvent =
  | { readonly kind: 'publication'; readonly channel: string; readonly publication: Publication }
  | { readonly kind: 'presence'; readonly channel: string; readonly event: PresenceEvent }
  | { readonly kind: 'cleared'; readonly channel: string }

export function tell(listener: EngineListener, event: EngineEvent): void {
  if (event.kind === 'publication') listener.publication(event.channel, event.publication)
  else if (event.kind === 'presence') listener.presence(event.channel, event.event)
  else listener.cleared?.(event.channel)
}

/** The columns from `channel` on, for another process to read. */
export function toEventColumns(event: EngineEvent): SqliteValue[] {
  const { channel } = event
  switch (event.kind) {
    case 'publication': {
      const { offset, name, data, at } = event.publication
      return [channel, 'publication', offset, name, data, at, toExceptColumn(event.publication)]
    }
    case 'presence': {
      const data = event.event.change === 'leave' ? null : event.event.data
      return [channel, event.event.change, null, event.event.connection, data, null, null]
    }
    case 'cleared':
      return [channel, 'cleared', null, null, null, null, null]
  }
}

export function fromEventRow(row: EventRow): EngineEvent {
  const { channel, kind } = row
  const name = row.name ?? ''
  const data = row.data ?? ''
  switch (kind) {
    case 'publication':
      return { kind, channel, publication: fromRow({ ...row, name, data, at: row.at ?? 0 }) }
    case 'cleared':
      return { kind, channel }
    case 'leave':
      return { kind: 'presence', channel, event: { change: kind, connection: name } }
    default:
      return { kind: 'presence', channel, event: { change: kind, connection: name, data } }
  }
}

export function toExceptColumn(publication: { readonly except?: readonly string[] }): string | null {
  return publication.except === undefined ? null : JSON.stringify(publication.except)
}

/** A publication as its columns hold it; without an offset when it is not kept. */
export function fromRow(
  row: Omit<PublicationRow, 'offset'> & { readonly offset: number | null },
): Publication {
  const { offset, name, data, at } = row
  if (row.except_ === null) return { offset, name, data, at }
  return { offset, name, data, at, except: JSON.parse(row.except_) as readonly string[] }
}

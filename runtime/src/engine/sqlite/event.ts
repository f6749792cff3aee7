import type { EngineListener, PresenceEvent, Publication, UserEntry } from '../engine.js'
import type { SqliteValue } from './driver.js'
import type { EventRow, PublicationRow } from './statements.js'

/** Something that attached listeners are told. */
export type EngineEvent =
  | { readonly kind: 'publication'; readonly channel: string; readonly publication: Publication }
  | { readonly kind: 'presence'; readonly channel: string; readonly event: PresenceEvent }
  | { readonly kind: 'cleared'; readonly channel: string }
  /** Every channel was cleared. */
  | { readonly kind: 'all-cleared'; readonly channel: '' }

export function tell(listener: EngineListener, event: EngineEvent): void {
  if (event.kind === 'publication') listener.publication(event.channel, event.publication)
  else if (event.kind === 'presence') listener.presence(event.channel, event.event)
  else if (event.kind === 'cleared') listener.cleared?.(event.channel)
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
      const { change, connection, user } = event.event
      const data = change === 'leave' ? (user?.data ?? null) : event.event.data
      return [channel, change, user?.connections ?? null, connection, data, null, user?.user ?? null]
    }
    case 'cleared':
    case 'all-cleared':
      return [channel, event.kind, null, null, null, null, null]
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
    case 'all-cleared':
      return { kind, channel: '' }
    case 'leave':
      return { kind: 'presence', channel, event: { change: kind, connection: name, ...userOf(row) } }
    default:
      return { kind: 'presence', channel, event: { change: kind, connection: name, data, ...userOf(row) } }
  }
}

/** A change of presence keeps whose connection it was where a publication keeps whom it is for. */
function userOf({ except_: user, offset, data }: EventRow): { readonly user?: UserEntry } {
  return user === null ? {} : { user: { user, data: data ?? '', connections: offset ?? 0 } }
}

type Audience = Pick<Publication, 'except' | 'to'>

/** Whom a publication is for, as a column: a list of those that it is not for, or an object with both lists. */
export function toExceptColumn({ except, to }: Audience): string | null {
  if (to !== undefined) return JSON.stringify({ to, except })
  return except === undefined ? null : JSON.stringify(except)
}

function fromExceptColumn(text: string): Audience {
  const value = JSON.parse(text) as readonly string[] | Audience
  return Array.isArray(value) ? { except: value as readonly string[] } : (value as Audience)
}

/** A publication as its columns hold it; without an offset when it is not kept. */
export function fromRow(
  row: Omit<PublicationRow, 'offset'> & { readonly offset: number | null },
): Publication {
  const { offset, name, data, at } = row
  if (row.except_ === null) return { offset, name, data, at }
  return { offset, name, data, at, ...fromExceptColumn(row.except_) }
}

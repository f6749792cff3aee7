import type { GapReason, Position } from '@wirepact/protocol'
import type { RouteChannel } from '../core/route.js'
import type { Engine, Page, Publication, ReadQuery } from '../engine/engine.js'
import type { MemberConnection } from './membership.js'

/** Where a member starts, and what it has to be sent from history. */
export interface Start {
  /** Undefined on a channel without history. */
  readonly position: Position | undefined
  readonly publications: readonly Publication[]
  /** The newest offset at the moment of reading. */
  readonly top: number
  /** Undefined when no position was given. */
  readonly recovered: boolean | undefined
  readonly reason: GapReason | undefined
  /** Whether nothing is kept; said of a channel of newest values alone. */
  readonly isEmpty?: boolean
}

/** What a start is worked out from. */
export interface StartRequest {
  readonly channel: RouteChannel
  readonly name: string
  readonly position: Position | undefined
  readonly replay: number
  readonly maxRecovered: number
  /** Who is to be sent the publications: as much of them as there is room for. */
  readonly connection: Pick<MemberConnection, 'roomBytes'>
}

/** Reads what a member missed since its position: all of it, or a reason why it cannot be had. */
export async function readStart(engine: Engine, request: StartRequest): Promise<Start> {
  const { channel, position } = request
  const retention = channel.retention
  if (retention === undefined) return withoutHistory(position)
  const read = (query: ReadQuery) => engine.read(request.name, query, retention)
  if (retention.latest) return readLatest(read, position, retention.maxMessages)
  const readReplay = async () => fitting(await readNewest(read, request.replay), request)
  if (position === undefined) return freshStart(await readReplay())
  const page = await read({ after: position[1], limit: request.maxRecovered + 1 })
  const reason = findGap(page, position, request)
  if (reason !== undefined) return freshStart(await readReplay(), reason)
  return { position, publications: page.publications, top: page.offset, recovered: true, reason: undefined }
}

/** Everything that is kept is what is so now: who was away is sent what changed since, and misses nothing else. */
async function readLatest(
  read: (query: ReadQuery) => Page | Promise<Page>,
  position: Position | undefined,
  limit: number,
): Promise<Start> {
  const page = await read({ after: position?.[1] ?? 0, limit })
  const isEmpty = page.first > page.offset
  if (position === undefined) return { ...freshStart(page), isEmpty }
  const isSame = page.epoch === position[0]
  if (!isSame || position[1] > page.offset) {
    const all = await read({ after: 0, limit })
    return { ...freshStart(all, isSame ? 'ahead' : 'epoch-changed'), isEmpty: all.first > all.offset }
  }
  const { publications, offset: top } = page
  return { position, publications, top, recovered: true, reason: undefined, isEmpty }
}

function withoutHistory(position: Position | undefined): Start {
  const gap = position !== undefined
  return {
    position: undefined,
    publications: [],
    top: 0,
    recovered: gap ? false : undefined,
    reason: gap ? 'no-history' : undefined,
  }
}

function readNewest(read: (query: ReadQuery) => Page | Promise<Page>, limit: number): Page | Promise<Page> {
  return limit > 0
    ? read({ before: Number.MAX_SAFE_INTEGER, limit })
    : read({ after: Number.MAX_SAFE_INTEGER, limit: 1 })
}

/** Starts behind the newest publications, which follow as the replay. */
function freshStart(page: Page, reason?: GapReason): Start {
  const first = page.publications[0]?.offset
  const offset = first === undefined || first === null ? page.offset : first - 1
  return {
    position: [page.epoch, offset],
    publications: page.publications,
    top: page.offset,
    recovered: reason === undefined ? undefined : false,
    reason,
  }
}

function findGap(page: Page, [epoch, offset]: Position, request: StartRequest): GapReason | undefined {
  if (page.epoch !== epoch) return 'epoch-changed'
  if (offset > page.offset) return 'ahead'
  if (page.first > offset + 1) return 'trimmed'
  const { length } = page.publications
  return length > request.maxRecovered || fitting(page, request).publications.length < length
    ? 'too-many'
    : undefined
}

/**
 * The newest of a page that there is room for: half of it, so that what happens next does not end a connection that
 * was sent more at once than it could take. It would come back, be sent the same, and end again.
 */
function fitting(page: Page, { connection }: StartRequest): Page {
  let left = connection.roomBytes / 2
  const tooOld = page.publications.findLastIndex(({ data }) => {
    left -= Buffer.byteLength(data)
    return left < 0
  })
  return tooOld < 0 ? page : { ...page, publications: page.publications.slice(tooOld + 1) }
}

import type { ApiIr, SchemaIr } from '../../ir.js'
import { refTo } from '../schemas/schema-uses.js'
import type { Direction } from '../verdict.js'
import type { PartPair, Report } from './part-pair.js'

/** The named schemas of both versions. */
export interface Schemas {
  readonly before: ReadonlyMap<string, SchemaIr>
  readonly after: ReadonlyMap<string, SchemaIr>
}

export function schemasOf(before: ApiIr, after: ApiIr): Schemas {
  const byName = (api: ApiIr) => new Map(api.schemas.map((schema) => [schema.name, schema]))
  return { before: byName(before), after: byName(after) }
}

/** Whose payloads are compared, and who receives them. */
export interface PayloadContext {
  readonly schemas: Schemas
  readonly directions: readonly Direction[]
  readonly report: Report
}

/** PAYLOAD_*, CONTENT_CHANGED, MAX_BYTES_*: what a message carries. JSON is then compared by its schema. */
export function comparePayload(
  { before, after, path }: PartPair<string | null>,
  { schemas, directions, report }: PayloadContext,
): void {
  if (before === null && after === null) return
  const differ = (kind: 'PAYLOAD_ADDED' | 'PAYLOAD_REMOVED', what: string) => {
    for (const direction of directions) report.difference({ kind, path, what, direction })
  }
  if (before === null) return differ('PAYLOAD_ADDED', 'It carries something now.')
  if (after === null) return differ('PAYLOAD_REMOVED', 'It carries nothing any more.')
  const [old, now] = [schemas.before.get(before), schemas.after.get(after)]
  const isSame = old === undefined || now === undefined || old.content === now.content
  if (isSame) report.schema({ path, directions, before: refTo(before), after: refTo(after) })
  if (old === undefined || now === undefined) return
  for (const direction of directions) compareContent({ before: old, after: now, path }, direction, report)
}

function compareContent(
  { before, after, path }: PartPair<SchemaIr>,
  direction: Direction,
  report: Report,
): void {
  if (before.content !== after.content) {
    const what = `It is ${after.content ?? 'JSON'} now, and was ${before.content ?? 'JSON'}.`
    report.difference({ kind: 'CONTENT_CHANGED', path, what, direction })
    return
  }
  if (before.mediaType !== after.mediaType) {
    const what = `The bytes are ${showType(after)} now, and were ${showType(before)}.`
    report.difference({ kind: 'MEDIA_TYPE_CHANGED', path, what, direction })
  }
  const [old, now] = [before.maxBytes ?? unlimited, after.maxBytes ?? unlimited]
  if (old === now) return
  const what = `maxBytes is ${after.maxBytes ?? 'unlimited'} now, and was ${before.maxBytes ?? 'unlimited'}.`
  report.difference({ kind: now > old ? 'MAX_BYTES_RAISED' : 'MAX_BYTES_LOWERED', path, what, direction })
}

const unlimited = Number.POSITIVE_INFINITY

function showType({ mediaType }: SchemaIr): string {
  return mediaType ?? 'of no type'
}

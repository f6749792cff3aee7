import type { Path } from '../../diagnose/diagnostic.js'
import type { EventIr, MessageIr, RequestIr, RouteIr, StreamIr } from '../../ir.js'
import { canonicalJson, withoutDocs } from '../../lower/canonical.js'
import type { Kind } from '../kinds.js'
import type { Direction } from '../verdict.js'
import { compareDocs } from './compare-docs.js'
import { comparePayload, type PayloadContext, type Schemas } from './compare-payload.js'
import { compareAuth, compareBackpressure, compareRateLimit } from './compare-policies.js'
import { matchParts, type PartPair, type Report } from './part-pair.js'

/** Where messages are, and who receives them. */
export interface MessageContext {
  readonly schemas: Schemas
  readonly direction: Direction
  /** Whether they go without an envelope. */
  readonly isBare: boolean
  readonly report: Report
}

/** MESSAGE_*: the messages of a route in one direction, or of a channel. */
export function compareMessages<Message extends MessageIr>(
  { before, after, path }: PartPair<readonly Message[]>,
  context: MessageContext,
  more?: (pair: PartPair<Message>) => void,
): void {
  const same = (message: Message) => message.name
  const alike = (message: Message, side: keyof Schemas) => likenessOf(message, context.schemas[side])
  const { pairs, added, removed } = matchParts(before, after, [same, alike])
  for (const [old, now] of pairs) {
    const pair = { before: old, after: now, path: [...path, now.name] }
    if (old.name !== now.name) reportRenamed(pair, context)
    compareMessage(pair, context)
    more?.(pair)
  }
  for (const message of added) reportAdded(message, [...path, message.name], context)
  for (const { name } of removed) {
    const { direction, report } = context
    const what = `${name} is gone.`
    report.difference({ kind: 'MESSAGE_REMOVED', path: [...path, name], what, direction })
  }
}

function reportRenamed({ before, after, path }: PartPair<MessageIr>, context: MessageContext): void {
  const { direction, report, isBare } = context
  const what = `It was called ${before.name}.`
  report.renamed(before.typeName, after.typeName)
  report.difference({ kind: isBare ? 'BARE_MESSAGE_RENAMED' : 'MESSAGE_RENAMED', path, what, direction })
}

function reportAdded(message: MessageIr, path: Path, { direction, report, isBare }: MessageContext): void {
  const kind: Kind =
    message.kind !== 'event' ? 'QUESTION_ADDED' : isBare ? 'BARE_MESSAGE_ADDED' : 'MESSAGE_ADDED'
  report.difference({ kind, path, what: `The ${message.kind} ${message.name} is new.`, direction })
}

/** What a message is apart from its name, so that one that was renamed is found again; never that of an empty one. */
function likenessOf(message: MessageIr, schemas: Schemas['before']): string {
  const schemaOf = (name: string | null) => {
    const { schema, content } = (name === null ? undefined : schemas.get(name)) ?? {}
    return schema === undefined ? null : [withoutDocs(schema), content]
  }
  const payloads = message.kind === 'event' ? [message.data] : payloadsOf(message)
  if (payloads.every((name) => name === null)) return `only ${message.name}`
  return canonicalJson([message.kind, payloads.map(schemaOf)])
}

function payloadsOf(message: RequestIr | StreamIr): readonly (string | null)[] {
  return message.kind === 'request' ? [message.input, message.output] : [message.input, message.item]
}

function compareMessage(pair: PartPair<MessageIr>, context: MessageContext): void {
  const { before, after, path } = pair
  const { report } = context
  compareDocs(pair, report)
  compareAuth(pair, report)
  compareRateLimit(pair, report)
  if (before.kind === 'event' && after.kind === 'event') return compareEvent({ before, after, path }, context)
  if (before.kind === 'request' && after.kind === 'request') {
    return compareRequest({ before, after, path }, context)
  }
  if (before.kind === 'stream' && after.kind === 'stream') {
    return compareStream({ before, after, path }, context)
  }
  const what = `It is ${article(after.kind)} now, and was ${article(before.kind)}.`
  report.difference({ kind: 'MESSAGE_KIND_CHANGED', path, what })
}

function article(kind: MessageIr['kind']): string {
  return kind === 'event' ? 'an event' : `a ${kind}`
}

function compareEvent(pair: PartPair<EventIr>, context: MessageContext): void {
  const { before, after, path } = pair
  const { report } = context
  comparePayload({ before: before.data, after: after.data, path: [...path, 'data'] }, there(context))
  compareBackpressure(pair, report)
  if (before.delivery === after.delivery) return
  const kind = after.delivery === undefined ? 'DELIVERY_NOT_ACKNOWLEDGED' : 'DELIVERY_ACKNOWLEDGED'
  const what = `It is delivered ${after.delivery === undefined ? 'at most once' : 'until acknowledged'} now.`
  report.difference({ kind, path, what })
}

function compareRequest(pair: PartPair<RequestIr>, context: MessageContext): void {
  const { before, after, path } = pair
  comparePayload({ before: before.input, after: after.input, path: [...path, 'input'] }, there(context))
  comparePayload({ before: before.output, after: after.output, path: [...path, 'output'] }, back(context))
  compareErrors(pair, context)
  if (before.idempotent === after.idempotent) return
  const kind = after.idempotent === true ? 'IDEMPOTENT_ADDED' : 'IDEMPOTENT_REMOVED'
  const what = `It may ${after.idempotent === true ? '' : 'not '}be repeated now.`
  context.report.difference({ kind, path, what })
}

function compareStream(pair: PartPair<StreamIr>, context: MessageContext): void {
  const { before, after, path } = pair
  comparePayload({ before: before.input, after: after.input, path: [...path, 'input'] }, there(context))
  comparePayload({ before: before.item, after: after.item, path: [...path, 'item'] }, back(context))
  compareErrors(pair, context)
}

/** ERROR_*: the errors that an answer may be. */
function compareErrors({ before, after, path }: PartPair<RequestIr | StreamIr>, context: MessageContext) {
  const answered = back(context)
  const direction = answered.directions[0]
  const { pairs, added, removed } = matchParts(before.errors, after.errors, [(error) => error.code])
  const at = (code: string) => [...path, 'errors', code]
  const report = (kind: 'ERROR_ADDED' | 'ERROR_REMOVED', code: string, what: string) =>
    context.report.difference({ kind, path: at(code), what, ...(direction && { direction }) })
  for (const { code } of added) report('ERROR_ADDED', code, `The error ${code} is new.`)
  for (const { code } of removed) report('ERROR_REMOVED', code, `The error ${code} is gone.`)
  for (const [old, now] of pairs) {
    comparePayload({ before: old.data, after: now.data, path: at(now.code) }, answered)
  }
}

function there({ schemas, direction, report }: MessageContext): PayloadContext {
  return { schemas, directions: [direction], report }
}

function back({ schemas, direction, report }: MessageContext): PayloadContext {
  return { schemas, directions: [direction === 'toServer' ? 'toClient' : 'toServer'], report }
}

/** The messages of a route in both directions. */
export function compareRouteMessages(
  { before, after, path }: PartPair<RouteIr>,
  { schemas, report }: Pick<MessageContext, 'schemas' | 'report'>,
): void {
  const isBare = after.wire === 'bare'
  for (const side of ['clientToServer', 'serverToClient'] as const) {
    const direction = side === 'clientToServer' ? 'toServer' : 'toClient'
    const pair = { before: before[side], after: after[side], path: [...path, side] }
    compareMessages(pair, { schemas, direction, isBare, report })
  }
}

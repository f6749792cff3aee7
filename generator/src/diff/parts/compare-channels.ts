import type { ChannelIr, EventIr, RosterIr, RouteIr } from '../../ir.js'
import type { Direction } from '../verdict.js'
import { compareDocs } from './compare-docs.js'
import { compareMessages } from './compare-messages.js'
import { compareParameters } from './compare-parameters.js'
import { comparePayload, type Schemas } from './compare-payload.js'
import { compareAuth } from './compare-policies.js'
import { findTaken } from './find-taken.js'
import { matchParts, namesIn, type PartPair, type Report, shapeOf } from './part-pair.js'

interface Context {
  readonly schemas: Schemas
  readonly report: Report
}

/** CHANNEL_*: the channels of a route. */
export function compareChannels({ before, after, path }: PartPair<RouteIr>, context: Context): void {
  const { report } = context
  const keys = [(one: ChannelIr) => one.key, (one: ChannelIr) => shapeOf(one.name)]
  const { pairs, added, removed } = matchParts(before.channels, after.channels, keys)
  for (const [old, now] of pairs) {
    compareChannel({ before: old, after: now, path: [...path, 'channels', now.key] }, context)
  }
  for (const channel of added) {
    const old = before.channels.map(toTemplated)
    const taken = findTaken(toTemplated(channel), old, context.schemas.before)
    const [kind, more] = taken
      ? (['NAMES_TAKEN', `, and takes names of ${taken}`] as const)
      : ['CHANNEL_ADDED' as const, '']
    const what = `The channel ${channel.key} is new${more}.`
    report.difference({ kind, path: [...path, 'channels', channel.key], what })
  }
  for (const channel of removed) {
    const at = [...path, 'channels', channel.key]
    const [what, direction] = [`The channel ${channel.key} is gone.`, joinedBy(channel)]
    report.difference({ kind: 'CHANNEL_REMOVED', path: at, what, direction })
  }
}

function toTemplated({ name, paramTypes }: ChannelIr) {
  return { template: name, params: paramTypes?.schema }
}

/** Who makes a connection a member, as who would notice. */
function joinedBy(channel: ChannelIr): Direction {
  return channel.join === 'handler' ? 'toClient' : 'toServer'
}

function compareChannel(pair: PartPair<ChannelIr>, context: Context): void {
  const { report } = context
  compareDocs(pair, report)
  compareAuth(pair, report)
  compareNames(pair, context)
  compareJoin(pair, report)
  compareHistory(pair, report)
  compareLatest(pair, report)
  comparePresence(pair, context)
  compareRoster(pair, report)
  const { before, after, path } = pair
  const messages = { before: before.messages, after: after.messages, path: [...path, 'messages'] }
  compareMessages(messages, { ...context, direction: 'toClient', isBare: false }, (message) =>
    compareKept(message, report),
  )
}

function compareNames({ before, after, path }: PartPair<ChannelIr>, { schemas, report }: Context): void {
  if (before.key !== after.key) {
    report.renamed(before.typeName, after.typeName)
    report.difference({ kind: 'CHANNEL_RENAMED', path, what: `It was called ${before.key}.` })
  }
  const renames = new Map<string, string>()
  if (shapeOf(before.name) !== shapeOf(after.name)) {
    const what = `The name is ${after.name} now, and was ${before.name}.`
    report.difference({ kind: 'CHANNEL_NAME_CHANGED', path, what })
  } else {
    for (const [index, old] of namesIn(before.name).entries()) {
      const now = namesIn(after.name)[index] ?? old
      if (old === now) continue
      renames.set(old, now)
      const what = `The parameter ${now} was called ${old}.`
      report.difference({ kind: 'CHANNEL_PARAMETER_RENAMED', path, what })
    }
  }
  if (before.paramTypes === undefined && after.paramTypes === undefined) return
  const params = { before: before.paramTypes, after: after.paramTypes, path: [...path, 'params'] }
  compareParameters(params, { schemas, report, renames })
}

const openness = { handler: 0, guarded: 1, open: 2 } as const

function compareJoin({ before, after, path }: PartPair<ChannelIr>, report: Report): void {
  const change = openness[after.join] - openness[before.join]
  if (change === 0) return
  const what = `join is ${after.join} now, and was ${before.join}.`
  report.difference({ kind: change < 0 ? 'JOIN_RESTRICTED' : 'JOIN_OPENED', path, what })
}

/** What holds where nothing is said about a limit. */
const unkept = { maxKeys: 1000, ttlMs: Number.POSITIVE_INFINITY }
const unlimited = { maxMessages: 1000, maxBytes: Number.POSITIVE_INFINITY, ttlMs: Number.POSITIVE_INFINITY }

function compareHistory({ before, after, path }: PartPair<ChannelIr>, report: Report): void {
  const [old, now] = [before.history, after.history]
  const at = [...path, 'history']
  if (old === null && now === null) return
  if (old === null) return report.difference({ kind: 'HISTORY_ADDED', path: at, what: 'It is kept now.' })
  if (now === null) {
    return report.difference({ kind: 'HISTORY_REMOVED', path, what: 'It is not kept any more.' })
  }
  for (const limit of ['maxMessages', 'maxBytes', 'ttlMs'] as const) {
    const [was, is] = [old[limit] ?? unlimited[limit], now[limit] ?? unlimited[limit]]
    if (was === is) continue
    const kind = is < was ? 'HISTORY_SHORTENED' : 'HISTORY_LENGTHENED'
    const what = `${limit} is ${showLimit(is)} now, and was ${showLimit(was)}.`
    report.difference({ kind, path: [...at, limit], what })
  }
  if ((old.replay ?? 0) === (now.replay ?? 0)) return
  const what = `replay is ${now.replay ?? 0} now, and was ${old.replay ?? 0}.`
  report.difference({ kind: 'REPLAY_CHANGED', path: [...at, 'replay'], what })
}

function compareLatest({ before, after, path }: PartPair<ChannelIr>, report: Report): void {
  const [old, now] = [before.latest, after.latest]
  const at = [...path, 'latest']
  if (old === undefined && now === undefined) return
  if (old === undefined) {
    return report.difference({ kind: 'LATEST_ADDED', path: at, what: 'The newest values are kept now.' })
  }
  if (now === undefined) {
    return report.difference({
      kind: 'LATEST_REMOVED',
      path,
      what: 'The newest values are not kept any more.',
    })
  }
  if (old.key !== now.key) {
    const what = `key is ${now.key ?? 'the message'} now, and was ${old.key ?? 'the message'}.`
    report.difference({ kind: 'LATEST_KEY_CHANGED', path: [...at, 'key'], what })
  }
  for (const limit of ['maxKeys', 'ttlMs'] as const) {
    const [was, is] = [old[limit] ?? unkept[limit], now[limit] ?? unkept[limit]]
    if (was === is) continue
    const kind = is < was ? 'LATEST_SHORTENED' : 'LATEST_LENGTHENED'
    const what = `${limit} is ${showLimit(is)} now, and was ${showLimit(was)}.`
    report.difference({ kind, path: [...at, limit], what })
  }
}

/** Only where there was presence before and still is: a new or a lost one is told by itself. */
function compareRoster({ before, after, path }: PartPair<ChannelIr>, report: Report): void {
  const [old, now] = [before.roster ?? {}, after.roster ?? {}]
  const at = [...path, 'presence']
  if (showRoster(old) !== showRoster(now)) {
    const what = `Members are told ${showRoster(now)} now, and were told ${showRoster(old)}.`
    report.difference({ kind: 'ROSTER_CHANGED', path: at, what })
  }
  if ((old.graceMs ?? 0) === (now.graceMs ?? 0)) return
  const what = `graceMs is ${now.graceMs ?? 0} now, and was ${old.graceMs ?? 0}.`
  report.difference({ kind: 'GRACE_CHANGED', path: at, what })
}

function showRoster({ by, show }: RosterIr): string {
  return `${show === 'count' ? 'the number of' : 'the'} ${by === 'user' ? 'users' : 'connections'}`
}

function showLimit(limit: number): string {
  return Number.isFinite(limit) ? String(limit) : 'unlimited'
}

function comparePresence({ before, after, path }: PartPair<ChannelIr>, context: Context): void {
  const { report } = context
  const at = [...path, 'presence']
  if (before.presence === null && after.presence !== null) {
    const [what, direction] = ['Members tell about themselves now.', joinedBy(after)]
    return report.difference({ kind: 'PRESENCE_ADDED', path: at, what, direction })
  }
  if (before.presence !== null && after.presence === null) {
    const what = 'Members do not tell about themselves any more.'
    return report.difference({ kind: 'PRESENCE_REMOVED', path: at, what })
  }
  const directions: readonly Direction[] =
    joinedBy(after) === 'toServer' ? ['toServer', 'toClient'] : ['toClient']
  comparePayload({ before: before.presence, after: after.presence, path: at }, { ...context, directions })
}

function compareKept(
  { before, after, path }: PartPair<EventIr & { readonly history: boolean }>,
  report: Report,
): void {
  if (before.history === after.history) return
  const kind = after.history ? 'MESSAGE_KEPT' : 'MESSAGE_NOT_KEPT'
  report.difference({ kind, path, what: `It is ${after.history ? '' : 'not '}kept in history now.` })
}

import type { AuthIr, BackpressureIr, ChannelIr, MessageIr, RateLimitIr, RouteIr } from '../../ir.js'
import { type DocComment, describe } from '../doc-comment.js'

/** What a person wrote about a message, and what the schema says about how it is carried. */
export function describeMessage(message: MessageIr): DocComment {
  const facts = [authFact(message.auth), ...carriageFacts(message)]
  const backpressure = message.kind === 'event' ? backpressureFact(message.backpressure) : undefined
  const rateLimit = message.kind === 'event' || message.kind === 'request' ? message.rateLimit : undefined
  return describe(
    message,
    present([...facts, backpressure, rateLimitFact(rateLimit ?? streamLimit(message))]),
  )
}

/** What a person wrote about a channel, and what it keeps. */
export function describeChannel(channel: ChannelIr): DocComment {
  return describe(
    channel,
    present([
      authFact(channel.auth),
      historyFact(channel.history),
      latestFact(channel.latest),
      rosterFact(channel.roster),
    ]),
  )
}

/** What a person wrote about a route, and who may connect to it. */
export function describeRoute(route: RouteIr): DocComment {
  return describe(route, present([authFact(route.auth)]))
}

/** Whether the schema says that something of a route is for some alone, so that a client may have to say anew who it is. */
export function isGuarded({ auth, wire, clientToServer, serverToClient, channels }: RouteIr): boolean {
  if (wire === 'bare') return false
  return [{ auth }, ...clientToServer, ...serverToClient, ...channels].some((part) => part.auth !== undefined)
}

function present(facts: readonly (string | undefined)[]): string[] {
  return facts.filter((fact) => fact !== undefined)
}

function streamLimit(message: MessageIr): RateLimitIr | undefined {
  return message.kind === 'stream' ? message.rateLimit : undefined
}

function carriageFacts(message: MessageIr): (string | undefined)[] {
  return [
    message.kind === 'event' && message.delivery === 'acknowledged'
      ? 'Kept and sent again until the server has handled it.'
      : undefined,
    message.kind === 'request' && message.idempotent ? 'Sent again when its answer was lost.' : undefined,
  ]
}

function authFact(auth: AuthIr | undefined): string | undefined {
  if (auth === undefined) return undefined
  if (auth === 'required') return 'Only for those who are known.'
  const scopes = auth.map((scope) => `\`${scope}\``)
  return `Only for those with the ${auth.length === 1 ? 'scope' : 'scopes'} ${scopes.join(', ')}.`
}

function rateLimitFact(limit: RateLimitIr | undefined): string | undefined {
  return limit && `At most ${limit.burst} at once and ${limit.perSecond} per second.`
}

function backpressureFact(backpressure: BackpressureIr | undefined): string | undefined {
  if (backpressure?.policy === 'drop') return 'Dropped for those who do not keep up.'
  if (backpressure?.policy !== 'latest') return undefined
  const key = backpressure.key === undefined ? '' : ` for each \`${backpressure.key}\``
  return `Those who do not keep up get the newest one${key}.`
}

function historyFact(history: ChannelIr['history']): string | undefined {
  if (history === null) return undefined
  const limits = [
    history.maxMessages === undefined ? undefined : count(history.maxMessages, 'message'),
    history.maxBytes === undefined ? undefined : count(history.maxBytes, 'byte'),
    history.ttlMs === undefined ? undefined : duration(history.ttlMs),
  ]
  const kept = present(limits)
  const replay = history.replay ? ` New members get the last ${history.replay}.` : ''
  return `Keeps its messages${kept.length === 0 ? '' : `: at most ${kept.join(', ')}`}.${replay}`
}

function latestFact(latest: ChannelIr['latest']): string | undefined {
  if (latest === undefined) return undefined
  const each = latest.key === undefined ? 'message' : `\`${latest.key}\``
  const limits = present([
    latest.maxKeys === undefined ? undefined : `at most ${count(latest.maxKeys, 'value')}`,
    latest.ttlMs === undefined ? undefined : `for ${duration(latest.ttlMs)}`,
  ])
  return `Keeps the newest of each ${each}${limits.length === 0 ? '' : `: ${limits.join(', ')}`}.`
}

function rosterFact(roster: ChannelIr['roster']): string | undefined {
  if (roster === undefined) return undefined
  const facts = present([
    roster.by === 'user' ? 'Members are users, with all their connections.' : undefined,
    roster.show === 'count' ? 'Members see how many they are.' : undefined,
    roster.graceMs === undefined
      ? undefined
      : `Who loses the connection leaves after ${duration(roster.graceMs)}.`,
  ])
  return facts.join(' ')
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

/** A duration in the largest unit of which it is a whole number. */
function duration(ms: number): string {
  const [unit, size] = units.find((candidate) => ms > 0 && ms % candidate[1] === 0) ?? ['millisecond', 1]
  return count(ms / size, unit)
}

/** A number with its digits in groups, the same in every locale. */
export function count(value: number, unit: string): string {
  const digits = String(value).replace(/\B(?=(\d{3})+$)/g, Number.isInteger(value) ? ',' : '')
  return `${digits} ${unit}${value === 1 ? '' : 's'}`
}

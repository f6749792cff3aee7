import { type ClientFrame, type HistoryQuery, type MembersQuery, WirepactError } from '@wirepact/protocol'
import type { ChannelRef } from '../channel/channel-ref.js'
import { encodeData, toPosition } from '../channel/encode.js'
import type { Connection } from './connection.js'
import { type FoundChannel, findChannel } from './find-channel.js'
import type { Guard } from './memberships.js'
import { refusePayload } from './payload.js'
import { callHandler, type RouteChannel } from './route.js'
import { runHook } from './run-hook.js'

type SubscribeFrame = Extract<ClientFrame, readonly [type: 'subscribe', ...rest: unknown[]]>
type MembersFrame = Extract<ClientFrame, readonly [type: 'members', ...rest: unknown[]]>
type HistoryFrame = Extract<ClientFrame, readonly [type: 'history', ...rest: unknown[]]>

/** Makes the client a member when it may be one, or lets a member catch up. */
export async function answerSubscribe(
  connection: Connection,
  id: number,
  frame: SubscribeFrame,
): Promise<void> {
  const [, , name, given] = frame
  const { channel, params } = await findChannelFor(connection, name)
  connection.access.require(channel.definition.auth)
  const { channels } = connection.core
  const ref: ChannelRef = { channel, name }
  const position = toPosition(given.position)
  const overflow = () => connection.overflow()
  const { replay } = channel
  const options = { id, position, replay, presence: undefined, overflow }
  if (channels.isMember(name, connection)) {
    await channels.resync(ref, connection, options)
    return
  }
  if (channel.definition.join === 'handler') throw forbidden('Only the server makes members of this channel.')
  const presence = await readPresence(channel, given.presence)
  const guard = toGuard(connection, channel, { params, presence: given.presence })
  await requireAllowed(connection, guard)
  const hasJoined = await connection.memberships.join(
    ref,
    { id, position, replay, presence, user: connection.access.user, overflow },
    guard,
  )
  if (hasJoined) return
  // A handler may have been faster: the client is owed an answer all the same.
  if (await channels.resync(ref, connection, options)) return
  connection.access.require(channel.definition.auth)
  throw forbidden('The membership was ended before it began.')
}

export async function answerUnsubscribe(connection: Connection, id: number, name: string): Promise<void> {
  const { channel } = await findChannelFor(connection, name)
  if (channel.definition.join === 'handler') throw forbidden('Only the server ends this membership.')
  await connection.memberships.leave(name, id)
}

export async function answerHistory(connection: Connection, id: number, frame: HistoryFrame): Promise<void> {
  const [, , name, query] = frame
  const { channel } = await findChannelFor(connection, name)
  requireMember(connection, name)
  requireHistoryQuery(query, connection.core.limits.maxHistoryPage)
  const page = await connection.core.channels.history({ channel, name }, query, connection)
  connection.sendFrame(['reply', id, page])
}

/** A page of those who are here, for one of them. */
export async function answerMembers(connection: Connection, id: number, frame: MembersFrame): Promise<void> {
  const [, , name, query] = frame
  const { channel } = await findChannelFor(connection, name)
  if (!channel.hasPresence) throw new WirepactError('NO_PRESENCE', `The channel ${name} has no presence.`)
  requireMember(connection, name)
  requireMembersQuery(query, connection.core.limits.maxMembersPage)
  const { attendance } = connection.core.channels
  const ref: ChannelRef = { channel, name }
  const isCounted = channel.definition.roster?.show === 'count'
  // Who is told only how many they are must not learn by asking who they are.
  const page = isCounted
    ? { members: [], count: await attendance.count(ref) }
    : await attendance.page(ref, query)
  connection.sendFrame(['reply', id, page])
}

function requireMember(connection: Connection, name: string): void {
  if (connection.core.channels.isMember(name, connection)) return
  throw new WirepactError('NOT_A_MEMBER', 'Only members of a channel may read what it keeps.')
}

function findChannelFor({ admission, core }: Connection, name: string): Promise<FoundChannel> {
  return findChannel(admission.route, name, core.limits.maxChannelName)
}

async function readPresence(channel: RouteChannel, presence: unknown): Promise<string | undefined> {
  const validator = channel.definition.presence
  if (validator === undefined) return channel.hasPresence ? 'null' : undefined
  if (!validator.check(presence)) await refusePayload(validator, presence)
  return encodeData(presence)
}

/** Fails closed: a guarded channel without a guard lets nobody in. */
function toGuard(connection: Connection, channel: RouteChannel, request: object): Guard | undefined {
  if (channel.definition.join === 'open') return undefined
  const { authorize } = connection.handlers
  const { key } = channel
  const isGuarded = typeof authorize === 'object' && authorize !== null && Object.hasOwn(authorize, key)
  const guards = authorize as Record<string, unknown>
  const call = () => callHandler(guards, key, connection.context, request)
  const late = (error: Error) => connection.core.handlerFailed(error, connection, `authorize.${key}`)
  return async () => {
    if (isGuarded && (await runHook(connection.core, call, late)) === true) return undefined
    return forbidden('This connection may not subscribe to this channel.')
  }
}

/** Asks the guard about who the client is now, and again when it has become somebody else meanwhile. */
async function requireAllowed({ access }: Connection, guard: Guard | undefined): Promise<void> {
  if (guard === undefined) return
  let user: string | undefined
  do {
    user = access.user
    const error = await guard()
    if (error !== undefined) throw error
  } while (user !== access.user)
}

function requireHistoryQuery(query: HistoryQuery, maxPage: number): void {
  const { limit, before, after } = query
  const isOffset = (value: unknown) =>
    value === undefined || (Number.isSafeInteger(value) && (value as number) >= 0)
  const fits = Number.isInteger(limit) && limit >= 1 && limit <= maxPage
  if (fits && isOffset(before) && isOffset(after) && (before === undefined || after === undefined)) return
  throw new WirepactError(
    'INVALID_FRAME',
    `A history query has a limit from 1 to ${maxPage}, and either before or after, which are offsets.`,
  )
}

function requireMembersQuery({ limit, after }: MembersQuery, maxPage: number): void {
  const fits = Number.isInteger(limit) && limit >= 0 && limit <= maxPage
  if (fits && (after === undefined || typeof after === 'string')) return
  throw new WirepactError(
    'INVALID_FRAME',
    `A members query has a limit from 0 to ${maxPage}, and after, which is the next of a page.`,
  )
}

function forbidden(message: string): WirepactError {
  return new WirepactError('FORBIDDEN', message)
}

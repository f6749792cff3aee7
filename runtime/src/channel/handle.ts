import type { HistoryPage, Member, Position } from '@wirepact/protocol'
import type { Connection } from '../core/connection.js'
import type { Core } from '../core/core.js'
import { requireValid } from '../core/sending.js'
import type {
  Channel,
  ChannelMember,
  HistoryOptions,
  JoinOptions,
  MembersOptions,
  MembersPage,
  UserMember,
} from '../types.js'
import type { ChannelRef } from './channel-ref.js'
import { decodeBytes, encodePayload } from './encode.js'
import { publish } from './publish.js'

const defaultPage = 50

/** A channel outside of a connection, before the generator's types narrow it. */
export type ChannelHandle = Omit<Channel<Record<string, unknown>, unknown>, 'history'> & {
  history(options?: HistoryOptions): Promise<unknown>
}

/** A channel as one connection's handlers see it, before the generator's types narrow it. */
export type MemberChannelHandle = ChannelHandle & {
  join(options?: JoinOptions & { readonly presence?: unknown }): Promise<boolean>
  leave(): Promise<boolean>
  update(presence: unknown): Promise<boolean>
}

export function createChannel(core: Core, ref: ChannelRef): ChannelHandle {
  return {
    name: ref.name,
    publish: (name, data, options) => handled(core, publish(core, ref, { name, data, options })),
    members: ((query) => readMembers(core, ref, query)) as ChannelHandle['members'],
    count: () => core.channels.attendance.count(ref),
    history: (options) => readHistory(core, ref, options),
    clear: () => handled(core, core.channels.clear(ref.name)),
  }
}

export function createMemberChannel(connection: Connection, ref: ChannelRef): MemberChannelHandle {
  const { core } = connection
  return {
    ...createChannel(core, ref),
    join: (options) => handled(core, join(connection, ref, options)),
    leave: () => handled(core, connection.memberships.leave(ref.name)),
    update: (presence) => handled(core, update(connection, ref, presence)),
  }
}

async function join(
  connection: Connection,
  ref: ChannelRef,
  options: JoinOptions & { readonly presence?: unknown } = {},
): Promise<boolean> {
  return connection.memberships.join(ref, {
    id: null,
    position: connection.memberships.takePosition(ref.name),
    replay: options.replay ?? ref.channel.replay,
    presence: toPresence(ref, options.presence),
    user: connection.access.user,
    overflow: () => connection.overflow(),
  })
}

async function update(connection: Connection, ref: ChannelRef, presence: unknown): Promise<boolean> {
  const data = ref.channel.definition.presence && toPresence(ref, presence)
  return data !== undefined && connection.core.channels.update(ref.name, connection, data)
}

/** The text of a member's metadata. It is seen by everybody, so it is always checked. */
function toPresence(ref: ChannelRef, presence: unknown): string | undefined {
  const validator = ref.channel.definition.presence
  if (validator === undefined) return ref.channel.hasPresence ? 'null' : undefined
  requireValid(validator, presence, `${ref.channel.key} presence`)
  return encodePayload(presence, ref.channel.key)
}

type Listed = readonly unknown[] | MembersPage<unknown>

async function readMembers(core: Core, ref: ChannelRef, query: MembersOptions | undefined): Promise<Listed> {
  if (query === undefined) return (await core.channels.attendance.members(ref)).map(toMember)
  const limit = Math.min(query.limit ?? defaultPage, core.limits.maxMembersPage)
  const page = await core.channels.attendance.page(ref, { ...query, limit })
  return { ...page, members: page.members.map(toMember) }
}

/** A connection, or a user where the connections are counted. */
function toMember([id, data, connections]: Member): ChannelMember<unknown> | UserMember<unknown> {
  return connections === undefined ? { connection: id, data } : { user: id, data, connections }
}

async function readHistory(core: Core, ref: ChannelRef, options: HistoryOptions = {}): Promise<unknown> {
  const limit = Math.min(options.limit ?? defaultPage, core.limits.maxHistoryPage)
  const page: HistoryPage = await core.channels.history(ref, { ...options, limit })
  const publications = page.publications.map(([offset, name, data, at, encoding]) => ({
    offset,
    name,
    data: encoding === undefined ? data : decodeBytes(data),
    at,
  }))
  const position: Position = [page.epoch, page.offset]
  return { epoch: page.epoch, position, publications, more: page.more }
}

/** A rejection that the caller does not wait for is logged, and never ends the process. */
function handled<T>(core: Core, promise: Promise<T>): Promise<T> {
  promise.catch((error: unknown) => core.callFailed(error))
  return promise
}

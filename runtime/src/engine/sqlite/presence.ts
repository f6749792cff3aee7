import type { EnteringEntry, MembersQuery, PresentEntry, UserEntry } from '../engine.js'
import type { Statements } from './statements.js'
import type { Write } from './write.js'

/** Adds a member, or replaces its metadata. It goes with the node that said so last. */
export function enter(write: Write, channel: string, entry: EnteringEntry): void {
  const { statements, node } = write.context
  const { connection, data, user } = entry
  const known = statements.member.get(channel, connection)
  if (known !== undefined) statements.seizeMember.run(node, channel, connection)
  const isSameUser = known !== undefined && known.user === (user ?? null)
  if (isSameUser && known.data === data && isTold(statements, channel, entry)) return
  if (known !== undefined && !isSameUser) leave(write, channel, { connection })
  statements.putMember.run(channel, connection, node, data, user ?? null)
  write.announce({
    kind: 'presence',
    channel,
    event: { change: isSameUser ? 'update' : 'join', connection, data, ...userOf(statements, channel, user) },
  })
}

/** Whether what is said is what its user told last; of what is no news nobody has to hear. */
function isTold(statements: Statements, channel: string, { isNews, user, data }: EnteringEntry): boolean {
  return !isNews || user === undefined || statements.user.get(channel, user)?.data === data
}

/** Removes a member of a node; tells nobody when there was none, or when another node has it now. */
export function leave(
  write: Write,
  channel: string,
  { connection, node = write.context.node }: { readonly connection: string; readonly node?: string },
): void {
  const { statements } = write.context
  const removed = statements.removeMember.get(channel, connection, node)
  if (removed === undefined) return
  const user = userOf(statements, channel, removed.user ?? undefined)
  write.announce({ kind: 'presence', channel, event: { change: 'leave', connection, ...user } })
}

export function readMembers(
  statements: Statements,
  channel: string,
  { after = 0, limit = -1 }: MembersQuery,
): PresentEntry[] {
  const rows = statements.members.all(channel, after, limit)
  return rows.map(({ connection, data, user, order }) => ({
    connection,
    data,
    order,
    ...(user !== null && { user }),
  }))
}

/** How a user stands in the channel now; nothing for a connection of nobody. */
function userOf(
  statements: Statements,
  channel: string,
  user: string | undefined,
): { readonly user?: UserEntry } {
  const row = user === undefined ? undefined : statements.user.get(channel, user)
  if (user === undefined || row === undefined) return {}
  return { user: { user, data: row.data ?? '', connections: row.connections } }
}

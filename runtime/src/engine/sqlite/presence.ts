import type { PresenceEntry } from '../engine.js'
import type { Write } from './write.js'

/** Adds a member, or replaces its metadata. It goes with the node that said so last. */
export function enter(write: Write, channel: string, entry: PresenceEntry): void {
  const { statements, node } = write.context
  const isKnown = statements.hasMember.get(channel, entry.connection) !== undefined
  statements.putMember.run(channel, entry.connection, node, entry.data)
  const { connection, data } = entry
  write.announce({
    kind: 'presence',
    channel,
    event: { change: isKnown ? 'update' : 'join', connection, data },
  })
}

/** Removes a member; tells nobody when there was none. */
export function leave(write: Write, channel: string, connection: string): void {
  const { changes } = write.context.statements.removeMember.run(channel, connection)
  if (Number(changes) === 0) return
  write.announce({ kind: 'presence', channel, event: { change: 'leave', connection } })
}

import { withCallSite } from './call-site.js'
import type { Schema } from './json-schema.js'

export interface PresenceOptions {
  /** What every member tells about itself. Required, unless `show` is `count`. */
  readonly data?: Schema
  /**
   * Who is told apart. `connection`: every connection is a member of its own. `user`: the connections of one user,
   * as `ctx.grant({ user })` says, are one member, with the metadata that any of them told last; who has no user
   * cannot join. Default `connection`.
   */
  readonly by?: 'connection' | 'user'
  /**
   * What members see of each other: who they are, or only how many, told at most once per `presenceCountIntervalMs`
   * of the server's limits. Default `members`.
   */
  readonly show?: 'members' | 'count'
  /**
   * How long a member whose connection was lost stays, in milliseconds: one that comes back within it is not told to
   * have left and joined. A member that says goodbye leaves at once. Default 0.
   */
  readonly graceMs?: number
}

/** What {@link presence} builds. */
export interface PresenceDefinition extends PresenceOptions {
  readonly kind: 'presence'
}

/**
 * Who is in a channel, where the schema of the members' metadata alone does not say everything.
 *
 * ```ts
 * presence: presence({ data: Type.Object({ name: Type.String() }), by: 'user', graceMs: 5000 })
 * ```
 */
export function presence(options: PresenceOptions): PresenceDefinition {
  return withCallSite({ ...options, kind: 'presence' }, presence)
}

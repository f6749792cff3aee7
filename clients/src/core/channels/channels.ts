import { fillTemplate, type TemplateValues } from '@wirepact/protocol/client'
import type { Core } from '../core.js'
import { createMembership, type Membership } from './membership.js'

/** The feature `channels`: every channel of one connection, whether or not anybody has asked for it. */
export function channels(core: Core): void {
  const { frames, settle } = core
  const memberships = new Map<string, Membership>()
  const begin = (name: string) => {
    const membership = memberships.get(name) ?? createMembership(name, core)
    memberships.set(name, membership)
    return membership
  }
  const open: Record<string, unknown> = {}
  core.user.channels = open
  for (const [key, definition] of Object.entries(core.route.channels)) {
    open[key] = (given?: TemplateValues) => {
      const membership = begin(fillTemplate(definition.name, { ...core.args.params, ...given }))
      core.extend?.(membership, definition)
      return membership.channel
    }
  }
  core.hello.positions = {
    // A channel of the name `__proto__` is left out by itself, which no frame may have in it.
    toJSON() {
      const known: Record<string, unknown> = {}
      for (const [name, { position }] of memberships) known[name] = position
      return known
    },
  } as never
  core.statuses.add((status) => {
    for (const membership of memberships.values()) membership.changed(status)
  })
  // What has an id answers a question, maybe an old one. The server may make a channel known by `joined`.
  frames.joined = (id, name, joined) =>
    id === null ? begin(name).joined(joined) : settle(id, undefined, joined)
  frames.left = (id, name, error) => (id === null ? memberships.get(name)?.left(error) : settle(id))
  for (const type of ['publication', 'skip', 'presence'] as const) {
    frames[type] = (name: string, ...rest: unknown[]) =>
      memberships.get(name)?.[type](...(rest as [never, never, never]))
  }
}

import { fillTemplate, type TemplateValues } from '@wirepact/protocol'
import type { ChannelDefinition } from '../../definition.js'
import type { Core } from '../core.js'
import type { Frames } from '../frames.js'
import { type AnyChannel, createMembership, type Membership } from './membership.js'

/** The feature `channels`: every channel of one connection, whether or not anybody has asked for it. */
export function channels(core: Core): void {
  const { frames, hello, params, route, settle, statuses, user } = core
  const memberships = new Map<string, Membership>()
  const opened = new Set<AnyChannel>()
  const begin = (name: string) => {
    const membership = memberships.get(name) ?? createMembership(name, core)
    memberships.set(name, membership)
    return membership
  }
  const open = (definition: ChannelDefinition, values: TemplateValues) => {
    const membership = begin(fillTemplate(definition.name, values))
    const { channel, roster } = membership
    if (!opened.has(channel)) {
      opened.add(channel)
      if (definition.presence) Object.assign(channel, { presence: roster.presence })
      core.extend?.(membership, definition)
    }
    return channel
  }
  user.channels = Object.fromEntries(
    Object.entries(route.channels).map(([key, definition]) => [
      key,
      (given?: TemplateValues) => open(definition, { ...params, ...given }),
    ]),
  )
  Object.assign(hello, {
    positions: {
      // A channel of the name `__proto__` is left out by itself, which no frame may have in it.
      toJSON() {
        const known: Record<string, unknown> = {}
        for (const [name, { position }] of memberships) known[name] = position
        return known
      },
    },
  })
  statuses.add((status) => {
    for (const membership of memberships.values()) membership.changed(status)
  })
  // What has an id answers a question, maybe an old one. The server may make a channel known by `joined`.
  const own: Frames = {
    joined: (id, name, joined) => (id === null ? begin(name).joined(joined) : settle(id, undefined, joined)),
    left: (id, name, error) => (id === null ? memberships.get(name)?.left(error) : settle(id)),
    publication: (name, ...rest) => memberships.get(name)?.publication(...rest),
    skip: (name, offset) => memberships.get(name)?.skip(offset),
    presence: (name, changes) => memberships.get(name)?.presence(changes),
  }
  Object.assign(frames, own)
}

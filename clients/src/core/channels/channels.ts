import { fillTemplate, type TemplateValues } from '@wirepact/protocol'
import type { ChannelDefinition } from '../../definition.js'
import type { Core } from '../core.js'
import type { Frames } from '../frames.js'
import { type AnyChannel, createChannel } from './create-channel.js'
import { Membership } from './membership.js'

/** The feature `channels`: every channel of one connection, whether or not anybody has asked for it. */
export function channels(core: Core): void {
  const { route, params, outbox, statuses } = core
  const memberships = new Map<string, Membership>()
  const users = new Map<string, AnyChannel>()
  const begin = (name: string) => {
    const membership = memberships.get(name) ?? new Membership(name, core)
    memberships.set(name, membership)
    return membership
  }
  const open = (definition: ChannelDefinition, values: TemplateValues) => {
    const name = fillTemplate(definition.name, values)
    const known = users.get(name)
    if (known) return known
    const membership = begin(name)
    const channel = createChannel(membership, definition, core)
    core.extend?.(channel, membership, definition)
    users.set(name, channel)
    return channel
  }
  const factories = Object.entries(route.channels).map(([key, definition]) => [
    key,
    (given?: TemplateValues) => open(definition, { ...params, ...given }),
  ])
  core.user.channels = Object.fromEntries(factories)
  core.hello.push(() => {
    const known = [...memberships.values()].flatMap(({ name, position }) =>
      position ? [[name, position] as const] : [],
    )
    return { positions: Object.fromEntries(known) }
  })
  statuses.add(({ state }) => {
    for (const membership of memberships.values()) membership.changed(state)
  })
  // What has an id answers a question, maybe an old one. The server may make a channel known by `joined`.
  const frames: Frames = {
    joined: ([, id, name, joined]) =>
      id === null ? begin(name).joined(joined) : outbox.settle(id, undefined, joined),
    left: ([, id, name, error]) => (id === null ? memberships.get(name)?.left(error) : outbox.settle(id)),
    publication: ([, name, message, data, offset]) =>
      memberships.get(name)?.publication(message, data, offset),
    skip: ([, name, offset]) => memberships.get(name)?.skip(offset),
    presence: ([, name, changes]) => memberships.get(name)?.presence(changes),
  }
  Object.assign(core.frames, frames)
}

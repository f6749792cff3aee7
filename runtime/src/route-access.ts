import type { TemplateValues } from '@wirepact/protocol'
import { type ChannelHandle, createChannel } from './channel/handle.js'
import { nameChannel } from './channel/name-channel.js'
import type { Core } from './core/core.js'
import { createRecipients } from './core/reach/recipients.js'
import type { Route } from './core/route.js'

/** What can be done with each route outside of a connection: its channels, and sending to who is connected. */
export function createRouteAccess(core: Core): object {
  return Object.fromEntries(
    core.routes.map((route) => {
      const to = (target: object) => createRecipients(core, route, target)
      return [route.name, { channels: createServerChannels(core, route), to }]
    }),
  )
}

type ServerChannels = Readonly<Record<string, (params?: TemplateValues) => ChannelHandle>>

function createServerChannels(core: Core, route: Route): ServerChannels {
  const entries = route.channels.map((channel) => {
    const access = (params: TemplateValues = {}) =>
      createChannel(core, { channel, name: nameChannel(core, channel, params) })
    return [channel.key, access] as const
  })
  return Object.fromEntries(entries)
}

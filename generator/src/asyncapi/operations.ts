import type { Docs, MessageIr, RouteIr } from '../ir.js'
import { docsFacts } from './facts.js'
import { type Json, toKey } from './json.js'
import { answersOf } from './messages.js'

/** Whose document it is: what the one sends the other one receives. */
export type Perspective = 'server' | 'client'

/** What can be done on a route, named `route.message`. */
export function operationsOf(route: RouteIr, perspective: Perspective): readonly (readonly [string, Json])[] {
  const [incoming, outgoing] = perspective === 'server' ? ['receive', 'send'] : ['send', 'receive']
  const publications = route.channels.flatMap((channel) =>
    channel.messages.map((message) => ({ ...message, name: `${channel.key}.${message.name}` })),
  )
  return [
    ...route.clientToServer.map((message) => operation(route, message, incoming)),
    ...[...route.serverToClient, ...publications].map((message) => operation(route, message, outgoing)),
  ]
}

function operation(route: RouteIr, message: MessageIr, action: string | undefined): readonly [string, Json] {
  const channel = { $ref: `#/channels/${toKey(route.name)}` }
  const through = (key: string) => ({ $ref: `${channel.$ref}/messages/${key}` })
  const isAnswered = message.kind !== 'event' && route.wire !== 'bare'
  const reply = { channel, messages: isAnswered ? answersOf(message).map(through) : [] }
  return [
    toKey(`${route.name}.${message.name}`),
    {
      action,
      channel,
      ...summary(message),
      messages: [through(toKey(message.name))],
      ...(isAnswered && { reply }),
      ...(message.kind === 'stream' && { 'x-wirepact-stream': true }),
      ...docsFacts(message),
    },
  ]
}

function summary({ description }: Docs): Json {
  return description === undefined ? {} : { summary: description.split('\n')[0] }
}

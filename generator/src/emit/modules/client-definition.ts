import type { ChannelIr, EventIr, MessageIr, RouteIr } from '../../ir.js'
import { type Layout, render } from '../layout.js'
import { dataLiteral, objectLiteral, quote, recordLiteral } from '../literal.js'
import type { RouteModule } from '../route-module.js'
import { isGuarded } from './facts.js'
import { type AskIr, asksIn, eventsIn } from './message-types.js'
import { sentByServer } from './route-checks.js'

const client = '@wirepact/client'

/** The route as the client reads it. */
export function clientDefinition(module: RouteModule): string {
  const { route, names, imports } = module
  const isBare = route.wire === 'bare'
  const definition = objectLiteral({
    path: quote(route.path),
    uses: usesLiteral(module),
    calls: byName(route.clientToServer, (message) => quote(kindOf(message, module))),
    answers: answersLiteral(route),
    subprotocols: route.subprotocols === undefined ? undefined : dataLiteral(route.subprotocols),
    discriminator: route.discriminator === undefined ? undefined : quote(route.discriminator),
    events: isBare ? byName(eventsIn(route.serverToClient), (event) => bareEvent(event, module)) : undefined,
    channels: recordLiteral(route.channels.map(channelEntry)),
    checks: sentByServer(route).length > 0 ? `() => import('./checks.js')` : undefined,
  })
  const start = `export const ${names.route}: ${imports.type(client, 'RouteDefinition')} = `
  return start + render(definition, { column: start.length })
}

function byName<Named extends { readonly name: string }>(
  list: readonly Named[],
  define: (named: Named) => Layout,
): Layout {
  return recordLiteral(list.map((named) => [named.name, define(named)]))
}

/** The parts of the client that the route needs; a bundle carries no others. */
function usesLiteral(module: RouteModule): Layout | undefined {
  const { route, imports } = module
  const needed = {
    channels: route.channels.length > 0,
    subscriptions: route.channels.some(isSubscribable),
    counts: route.channels.some(({ roster }) => roster?.show === 'count'),
    streams: route.clientToServer.some(({ kind }) => kind === 'stream'),
    answers: asksIn(route.serverToClient).length > 0,
    acknowledged: route.clientToServer.some((message) => kindOf(message, module) === 'acknowledged'),
    idempotent: route.clientToServer.some((message) => kindOf(message, module) === 'idempotent'),
    binary: payloadsOf(route).some((name) => module.contentOf(name) === 'binary'),
    refresh: isGuarded(route),
  }
  const names =
    route.wire === 'bare'
      ? ['bare']
      : Object.keys(needed).filter((name) => needed[name as keyof typeof needed])
  if (names.length === 0) return undefined
  const items = names.map((name) => imports.value(client, name))
  return { open: '[', close: ']', between: ',', trailing: ',', items }
}

function payloadsOf(route: RouteIr): (string | null)[] {
  const messages = [...route.clientToServer, ...route.serverToClient]
  return [...messages, ...route.channels.flatMap((channel) => channel.messages)].flatMap(payloadsOfMessage)
}

function payloadsOfMessage(message: MessageIr): (string | null)[] {
  if (message.kind === 'event') return [message.data]
  return [message.input, message.kind === 'request' ? message.output : message.item]
}

/** What a message of the client is to the client: more than its kind, where it is sent in a way of its own. */
function kindOf(message: MessageIr, module: RouteModule): string {
  if (message.kind === 'request') return message.idempotent ? 'idempotent' : 'request'
  if (message.kind === 'stream') return 'stream'
  return message.delivery ?? (module.contentOf(message.data) === 'text' ? 'text' : 'event')
}

function answersLiteral(route: RouteIr): Layout | undefined {
  const asks = asksIn(route.serverToClient)
  return asks.length === 0 ? undefined : byName(asks, answerDefinition)
}

function answerDefinition({ kind, errors }: AskIr): Layout {
  if (errors.length === 0) return quote(kind)
  return objectLiteral({ kind: quote(kind), errors: dataLiteral(errors.map(({ code }) => code)) })
}

/** How a message of a bare route's server is known. */
function bareEvent(event: EventIr, module: RouteModule): Layout {
  const tag = module.tagOf(event)
  if (tag !== undefined) return objectLiteral({ is: dataLiteral(tag) })
  return quote(module.contentOf(event.data) ?? 'json')
}

/** What a client has to know of a channel, which is not much where only the server's code makes members. */
function channelEntry(channel: ChannelIr): [string, Layout] {
  const { key, name, join, presence, roster } = channel
  const hasMembers = presence !== null || roster?.by === 'user'
  const told =
    roster?.show === 'count' ? quote('count') : hasMembers && isSubscribable(channel) ? 'true' : undefined
  const own = isSubscribable(channel) ? quote(join) : undefined
  return [key, objectLiteral({ name: quote(name), join: own, presence: told })]
}

function isSubscribable({ join }: ChannelIr): boolean {
  return join !== 'handler'
}

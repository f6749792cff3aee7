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
    name: quote(route.name),
    path: quote(route.path),
    uses: usesLiteral(module),
    calls: byName(route.clientToServer, (message) => callDefinition(message, module)),
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
    subscriptions: route.channels.some(({ join }) => join !== 'handler'),
    streams: route.clientToServer.some(({ kind }) => kind === 'stream'),
    answers: asksIn(route.serverToClient).length > 0,
    acknowledged: eventsIn(route.clientToServer).some(({ delivery }) => delivery !== undefined),
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

/** A message that the client sends: its kind alone, where that says everything. */
function callDefinition(message: MessageIr, module: RouteModule): Layout {
  const content = module.contentOf(message.kind === 'event' ? message.data : message.input)
  const parts = {
    delivery:
      message.kind === 'event' && message.delivery !== undefined ? quote(message.delivery) : undefined,
    idempotent: message.kind === 'request' && message.idempotent ? 'true' : undefined,
    binary: content === 'binary' ? 'true' : undefined,
    text: content === 'text' ? 'true' : undefined,
  }
  const isPlain = Object.values(parts).every((part) => part === undefined)
  return isPlain ? quote(message.kind) : objectLiteral({ kind: quote(message.kind), ...parts })
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

function channelEntry({ key, name, join, presence, roster }: ChannelIr): [string, Layout] {
  const kind = roster?.show ?? (roster?.by === 'user' ? 'users' : undefined)
  const told = kind === undefined ? String(presence !== null) : quote(kind)
  return [key, objectLiteral({ name: quote(name), join: quote(join), presence: told })]
}

import type { RouteIr } from '../ir.js'
import { asksIn, failing, failingOf } from './modules/message-types.js'
import { canIterate, canReach, requestsOf } from './modules/server-context.js'
import type { RouteNames } from './route-names.js'

/** Names that `server.ts` declares itself. */
export const serverNames = ['Handlers', 'Routes', 'Server', 'createServer']

/** Names that `client.ts` declares itself. */
export const clientNames = ['Client', 'ClientOptions', 'WirepactError', 'createClient']

export function claimServerNames(route: RouteIr, names: RouteNames): void {
  for (const channel of route.channels) {
    names.ofChannel(channel, 'Messages')
    names.ofChannel(channel, 'Member')
  }
  if (route.channels.length > 0) names.of('Channels')
  if (route.serverToClient.length > 0) names.of('Peer')
  if (canReach(route)) names.of('Recipients')
  if (canIterate(route)) names.of('Incoming')
  if (requestsOf(route).length > 0) names.of('Recipient')
  names.of('Context')
  for (const message of failingOf(route)) names.ofMessage(message, 'Errors')
  for (const message of failing(route.clientToServer)) names.ofMessage(message, 'Context')
  names.of('Handlers')
  if (route.channels.length > 0) names.of('ServerChannels')
}

export function claimClientNames(route: RouteIr, names: RouteNames): void {
  names.of('Events')
  for (const channel of route.channels) names.ofChannel(channel, 'Messages')
  for (const message of failingOf(route)) names.ofMessage(message, 'Errors')
  if (asksIn(route.serverToClient).length > 0) names.of('Answers')
  if (route.channels.length > 0) names.of('Channels')
  if (hasArguments(route)) names.of('Arguments')
  names.of('Connection')
}

/** Whether a client has to, or may, say something when it connects. */
export function hasArguments({ params, query, headers, cookies }: RouteIr): boolean {
  return [params ?? undefined, query ?? undefined, headers, cookies].some((given) => given !== undefined)
}

import type { Finding } from '../diagnose/diagnostic.js'
import type { MessageModel, RouteModel } from '../model/model.js'
import type { Rule } from './rule.js'

const code = 'BARE_ROUTE'

/** BARE_ROUTE: without an envelope there is nothing that says what a message answers, or where it belongs. */
export const bareRoute: Rule = ({ model }) =>
  model.routes.flatMap((route) => (route.isBare ? ofBare(route) : ofEnveloped(route)))

function ofBare(route: RouteModel): readonly Finding[] {
  const messages = [...route.clientToServer, ...route.serverToClient]
  const path = [...route.path, 'channels']
  const message = 'A bare route has no channels: nothing in its messages says which channel they belong to.'
  const channels: readonly Finding[] =
    route.channels.length > 0 ? [{ code, message, path, at: 'name' as const }] : []
  return [...messages.flatMap(ofMessage), ...channels]
}

function ofMessage({ kind, name, path, options, data }: MessageModel): readonly Finding[] {
  if (kind !== 'event') {
    const message = `A bare route has events only: nothing in its messages would say which ${kind} an answer is to.`
    return [{ code, message, path, suggestion: 'event({ ... })' }]
  }
  const empty = `"${name}" carries nothing, and on a bare route the payload is all that is sent.`
  const unacknowledged = 'Nothing on a bare route acknowledges a message.'
  return [
    ...(data === null ? [{ code, message: empty, path }] : []),
    ...(options.delivery === 'acknowledged'
      ? [{ code, message: unacknowledged, path: [...path, 'delivery'] }]
      : []),
  ]
}

function ofEnveloped({ options, path }: RouteModel): readonly Finding[] {
  if (options.discriminator === undefined) return []
  const message = "discriminator has a meaning with wire: 'bare' only: the envelope names every message."
  return [{ code, message, path: [...path, 'discriminator'], at: 'name' }]
}

import type { Attributes } from '@opentelemetry/api'
import type { ObservedConnection, ObservedMessage, ObservedPublication } from '../core/observer.js'

const system = { 'messaging.system': 'wirepact' }

/** Of a connection: who asked for it. The query is left out, since it may hold a credential. */
export function toConnectionAttributes({ route, request }: ObservedConnection): Attributes {
  return {
    'network.protocol.name': 'websocket',
    'url.path': request.path,
    'client.address': request.remote.address,
    'client.port': request.remote.port,
    'wirepact.route': route,
    ...(request.userAgent !== undefined && { 'user_agent.original': request.userAgent }),
  }
}

/** Of a message that a handler is called for, by the semantic conventions of messaging. */
export function toMessageAttributes({ connection, name, kind }: ObservedMessage): Attributes {
  return {
    ...system,
    'messaging.operation.type': 'process',
    'messaging.operation.name': kind,
    'messaging.destination.name': connection.route,
    'messaging.client.id': connection.id,
    'wirepact.message': name,
  }
}

/** Of a publication, by the semantic conventions of messaging. */
export function toPublicationAttributes({ channel, name }: ObservedPublication): Attributes {
  return {
    ...system,
    'messaging.operation.type': 'send',
    'messaging.operation.name': 'publish',
    'messaging.destination.name': channel.name,
    'messaging.destination.template': channel.template,
    'wirepact.message': name,
  }
}

import type { EventIr, MessageIr, RequestIr, RouteIr, StreamIr } from '../../ir.js'
import type { RouteModule } from '../route-module.js'
import { interfaceOf, property } from './members.js'

/** A message that is answered. */
export type AskIr = RequestIr | StreamIr

export function eventsIn(messages: readonly MessageIr[]): EventIr[] {
  return messages.filter((message) => message.kind === 'event')
}

export function asksIn(messages: readonly MessageIr[]): AskIr[] {
  return messages.filter((message) => message.kind !== 'event')
}

/** Those that declare how they can fail. */
export function failing(messages: readonly MessageIr[]): AskIr[] {
  return asksIn(messages).filter((message) => message.errors.length > 0)
}

/** Those of both directions. */
export function failingOf(route: RouteIr): AskIr[] {
  return [...failing(route.clientToServer), ...failing(route.serverToClient)]
}

/** What a request or a stream can be refused with. */
export function errorsType(message: AskIr, module: RouteModule): string {
  return interfaceOf({
    name: module.names.ofMessage(message, 'Errors'),
    docs: {
      paragraphs: [`Errors of the ${message.kind} \`${message.name}\`: the data of each, by its code.`],
    },
    properties: message.errors.map((error) => property(error.code, module.type(error.data, 'undefined'))),
  })
}

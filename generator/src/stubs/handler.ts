import type { RouteIr } from '../ir.js'

/** One thing that the server of a route has to answer: a message of its clients, or a guarded channel. */
export interface Handler {
  readonly kind: 'event' | 'request' | 'stream' | 'guard'
  readonly name: string
  /** The name of what it is given beside the context; undefined when there is nothing. */
  readonly payload: 'data' | 'input' | undefined
  readonly description?: string
}

/** What a stub says until it is filled in; also how a stub is told from a handler. */
export const unfinished = 'has no handler yet'

/** Members of a set of handlers that are not messages. */
export const lifecycle: readonly string[] = ['connect', 'disconnect', 'authorize', 'channels']

/** The messages of a route that need a handler, in the schema's order. */
export function messagesOf(route: RouteIr): readonly Handler[] {
  return route.clientToServer.map((message) => {
    const data = message.kind === 'event' ? message.data : message.input
    const payload = message.kind === 'event' ? ('data' as const) : ('input' as const)
    return {
      kind: message.kind,
      name: message.name,
      payload: data === null ? undefined : payload,
      ...(message.description !== undefined && { description: message.description }),
    }
  })
}

/** The guarded channels of a route: each needs a decision about who may join. */
export function guardsOf(route: RouteIr): readonly Handler[] {
  const guarded = route.channels.filter((channel) => channel.join === 'guarded')
  return guarded.map(({ key }) => ({ kind: 'guard', name: key, payload: undefined }))
}

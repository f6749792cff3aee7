import type { Path } from '../diagnose/diagnostic.js'
import type { ApiModel } from '../model/model.js'

/** A name that people call something by in code. */
export interface NamedThing {
  readonly what: 'route' | 'message' | 'channel' | 'channel message'
  readonly name: string
  readonly path: Path
}

/** Everything in an API that has a name. */
export function namedThings(model: ApiModel): readonly NamedThing[] {
  return model.routes.flatMap((route) => [
    thing('route', route),
    ...route.clientToServer.map((message) => thing('message', message)),
    ...route.serverToClient.map((message) => thing('message', message)),
    ...route.channels.flatMap((channel) => [
      thing('channel', channel),
      ...channel.messages.map((message) => thing('channel message', message)),
    ]),
  ])
}

function thing(
  what: NamedThing['what'],
  { name, path }: { readonly name: string; readonly path: Path },
): NamedThing {
  return { what, name, path }
}

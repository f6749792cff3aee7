import type { Finding } from '../diagnose/diagnostic.js'
import type { ApiModel, Part, RouteModel } from '../model/model.js'

/** A name that people call something by in code. */
export interface NamedThing {
  readonly what: 'router' | 'route' | 'message' | 'channel' | 'channel message'
  /** As it is written. */
  readonly name: string
  /** As code has it: the name of a route has those of its routers in front. */
  readonly fullName: string
  readonly place: Pick<Finding, 'path' | 'at'>
}

/** Everything in an API that has a name. */
export function namedThings(model: ApiModel): readonly NamedThing[] {
  const routers = model.routers.filter((router) => router.isKeyed)
  return [
    ...routers.map((router) => thing('router', router)),
    ...model.routes.filter(({ isListed, ownName }) => !isListed || ownName !== '').map(ofRoute),
    ...model.routes.flatMap((route) => [
      ...route.clientToServer.map((message) => thing('message', message)),
      ...route.serverToClient.map((message) => thing('message', message)),
      ...route.channels.flatMap((channel) => [
        thing('channel', channel),
        ...channel.messages.map((message) => thing('channel message', message)),
      ]),
    ]),
  ]
}

/** Where the name of a route is written. */
export function nameOfRoute({ path, isListed }: RouteModel): NamedThing['place'] {
  return isListed ? { path: [...path, 'name'] } : { path, at: 'name' }
}

function ofRoute(route: RouteModel): NamedThing {
  return { what: 'route', name: route.ownName, fullName: route.name, place: nameOfRoute(route) }
}

function thing(what: NamedThing['what'], { name, path }: Part): NamedThing {
  return { what, name, fullName: name, place: { path, at: 'name' } }
}

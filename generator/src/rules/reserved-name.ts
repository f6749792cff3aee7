import type { Part, RouteModel } from '../model/model.js'
import { type NamedThing, namedThings } from './names.js'
import type { Rule } from './rule.js'

/** Names that JavaScript gives a meaning of its own, on any object, and TypeScript in an interface. */
const language = ['constructor', 'prototype', '__proto__', 'then', 'toJSON', 'new']

/** Names that every object has: nobody would notice that a handler of such a name is missing. */
const inherited = [
  ...['toString', 'toLocaleString', 'valueOf'],
  ...['hasOwnProperty', 'isPrototypeOf', 'propertyIsEnumerable'],
]

/** Names that handlers, contexts and connections have already. */
const connection = [
  ...[
    'connect',
    'disconnect',
    'authorize',
    'on',
    'once',
    'off',
    'onStatus',
    'onError',
    'status',
    'statuses',
    'ready',
  ],
  ...['close', 'channels', 'client', 'messages', 'debug', 'session', 'safe', 'id', 'handle'],
]

/** Names that some systems keep for devices: a route's modules are in a folder of its name. */
const devices = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])$/i

const reserved: Readonly<Record<NamedThing['what'], ReadonlySet<string>>> = {
  router: new Set(language),
  route: new Set([...language, ...inherited, 'close']),
  message: new Set([...language, ...inherited, ...connection]),
  channel: new Set([...language, ...inherited]),
  'channel message': new Set(['__proto__', 'constructor', 'prototype', ...inherited]),
}

/** Where a part of the route is for some alone, `refresh` is the handler of a fresh credential. */
function isRefreshed({
  isBare,
  options,
  routers,
  clientToServer,
  serverToClient,
  channels,
}: RouteModel): boolean {
  const parts: readonly Pick<Part, 'options'>[] = [
    { options },
    ...routers,
    ...clientToServer,
    ...serverToClient,
    ...channels,
  ]
  return !isBare && parts.some((part) => part.options.auth !== undefined)
}

/** RESERVED_NAME: a name that means something else where it would be used. */
export const reservedName: Rule = ({ model }) =>
  [
    ...namedThings(model).filter(
      ({ what, fullName }) => reserved[what].has(fullName) || (what === 'route' && devices.test(fullName)),
    ),
    ...model.routes
      .filter(isRefreshed)
      .flatMap(({ clientToServer }) => clientToServer.filter(({ name }) => name === 'refresh'))
      .map(({ name, path }) => ({ what: 'message', name, place: { path, at: 'name' } }) as const),
  ].map(({ what, name, place }) => ({
    code: 'RESERVED_NAME',
    message: `"${name}" cannot name a ${what}: it has a meaning of its own there.`,
    ...place,
  }))

import type { MessageModel, Part, PartKind, RouteModel, RouterModel } from './model.js'
import { readChannel } from './read-channel.js'
import { readMessage } from './read-message.js'
import type { Reader } from './reader.js'
import { joinNames, toPascal } from './type-name.js'

interface RoutePlace {
  readonly prefix: string
  readonly routers: readonly RouterModel[]
  readonly isListed: boolean
}

/** What the model of a route is made of. */
interface Reading {
  readonly reader: Reader
  readonly part: Part
  readonly typeName: string
  readonly isBare: boolean
}

const messageKinds: readonly PartKind[] = ['event', 'request', 'stream'] satisfies MessageModel['kind'][]

/** The model of a route, in the routers that it is in. */
export function readRoute(reader: Reader, part: Part, { prefix, routers, isListed }: RoutePlace): RouteModel {
  const { options } = part
  const given = typeof options.name === 'string' ? options.name : ''
  const ownName = isListed ? given : part.name
  const name = ownName === '' ? '' : joinNames(prefix, ownName)
  const reading = {
    reader,
    part: { ...part, name },
    typeName: toPascal(name),
    isBare: options.wire === 'bare',
  }
  const parameters = readParameters(reading, routers)
  return {
    ...reading.part,
    ownName,
    isListed,
    routers,
    template: joinPaths([...routers.map((router) => router.options.prefix ?? ''), options.path]),
    isBare: reading.isBare,
    typeName: reading.typeName,
    ...parameters,
    clientToServer: readMessages(reading, 'clientToServer'),
    serverToClient: readMessages(reading, 'serverToClient'),
    channels: readChannels(reading, parameters.params),
  }
}

function readParameters({ reader, part, typeName }: Reading, routers: readonly RouterModel[]) {
  const place = (option: string) => ({
    typeName: typeName + toPascal(option),
    route: part.name,
    path: [...part.path, option],
  })
  const own = (option: 'query' | 'state') => reader.payload(part.options[option], place(option))
  const shared = (option: 'params' | 'headers' | 'cookies') => {
    const at = place(option)
    const sources = [...routers.map((router) => router[option]), reader.source(part.options[option], at.path)]
    return reader.merged(sources, at)
  }
  return {
    params: shared('params'),
    query: own('query'),
    headers: shared('headers'),
    cookies: shared('cookies'),
    state: own('state'),
  }
}

function readMessages(
  { reader, part, typeName, isBare }: Reading,
  direction: 'clientToServer' | 'serverToClient',
): readonly MessageModel[] {
  const place = { kinds: messageKinds, route: part.name, prefix: typeName, isBare }
  return reader
    .entries(part.options[direction], [...part.path, direction])
    .flatMap(([, message, path]) => readMessage(reader, message, { ...place, path }) ?? [])
}

function readChannels({ reader, part, typeName, isBare }: Reading, params: RouteModel['params']) {
  const place = { route: part.name, prefix: typeName, isBare, params }
  return reader
    .entries(part.options.channels, [...part.path, 'channels'])
    .flatMap(([, channel, path]) => readChannel(reader, channel, { ...place, path }) ?? [])
}

/** The prefixes and the path of a route as one; a route with the path `/` is at the prefix itself. */
function joinPaths(paths: readonly unknown[]): string | undefined {
  if (!paths.every((path) => typeof path === 'string')) return undefined
  return paths.map((path) => (path === '/' ? '' : path)).join('') || '/'
}

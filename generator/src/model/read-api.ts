import type { Path } from '../diagnose/diagnostic.js'
import type { ApiModel, Options, RouteModel } from './model.js'
import { readChannel } from './read-channel.js'
import { readMessage } from './read-message.js'
import { Reader } from './reader.js'
import { toPascal } from './type-name.js'

/** Sorts what `defineApi` built into a model, in the order in which it was written. Never throws. */
export function readApi(api: Options): ApiModel {
  const reader = new Reader()
  const part = reader.note({ kind: 'api', name: '', path: [], options: api })
  const routes = reader
    .entries(api.routes, ['routes'])
    .flatMap(([, value, path]) => readRoute(reader, value, path) ?? [])
  return { ...part, routes, ...reader }
}

function readRoute(reader: Reader, value: unknown, path: Path): RouteModel | undefined {
  const part = reader.part(value, { path, kinds: ['route'] })
  if (part === undefined) return undefined
  const { options, name: route } = part
  const typeName = toPascal(route)
  const schema = (option: 'params' | 'query') =>
    reader.payload(options[option], { typeName: typeName + toPascal(option), route, path: [...path, option] })
  const messages = (
    direction: 'clientToServer' | 'serverToClient',
    kinds: readonly ('event' | 'request')[],
  ) =>
    reader
      .entries(options[direction], [...path, direction])
      .flatMap(
        ([, message, at]) => readMessage(reader, message, { path: at, kinds, route, prefix: typeName }) ?? [],
      )
  return {
    ...part,
    typeName,
    params: schema('params'),
    query: schema('query'),
    clientToServer: messages('clientToServer', ['event', 'request']),
    serverToClient: messages('serverToClient', ['event']),
    channels: reader
      .entries(options.channels, [...path, 'channels'])
      .flatMap(
        ([, channel, at]) => readChannel(reader, channel, { path: at, route, prefix: typeName }) ?? [],
      ),
  }
}

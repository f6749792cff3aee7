import { parseTemplate } from '@wirepact/protocol'
import type { Path } from '../diagnose/diagnostic.js'
import type { ChannelModel, Options, Part, Payload, SourcePart } from './model.js'
import { partKind } from './part-kind.js'
import { readMessage, readShortEvent } from './read-message.js'
import type { Reader } from './reader.js'
import { toPascal } from './type-name.js'

interface ChannelPlace {
  readonly path: Path
  readonly route: string
  readonly prefix: string
  readonly isBare: boolean
  /** The parameters of the route's path, which a channel's name can use. */
  readonly params: Payload | null
}

/** The channel of a route; undefined, with a finding, when it is none. */
export function readChannel(reader: Reader, value: unknown, place: ChannelPlace): ChannelModel | undefined {
  const part = reader.part(value, { path: place.path, kinds: ['channel'] })
  if (part === undefined) return undefined
  const { path, route } = place
  const typeName = place.prefix + toPascal(part.name)
  const messages = reader.entries(part.options.messages, [...path, 'messages']).flatMap(([, message, at]) => {
    const { isBare } = place
    const messagePlace = { path: at, kinds: ['event'] as const, route, prefix: typeName, isBare }
    const kind = partKind(message)
    if (kind === undefined || kind === 'binary' || kind === 'text')
      return readShortEvent(reader, message, messagePlace)
    return readMessage(reader, message, messagePlace) ?? []
  })
  const presence = readPresence(reader, part)
  return {
    ...part,
    typeName,
    params: readParams(reader, part, { ...place, prefix: typeName }),
    messages,
    presence: reader.payload(presence.schema, {
      typeName: `${typeName}Presence`,
      route,
      path: presence.path,
    }),
    presenceOptions: presence.options,
  }
}

interface PresencePlace {
  readonly schema: unknown
  readonly path: Path
  readonly options: Options | undefined
}

/** Where the schema of the members' metadata stands: in `presence()`, or in its place. */
function readPresence(reader: Reader, { options, path: parent }: Part): PresencePlace {
  const path = [...parent, 'presence']
  const given = options.presence
  if (partKind(given) !== 'presence') return { schema: given, path, options: undefined }
  const part = reader.note({ kind: 'presence', name: '', path, options: given as Options })
  return { schema: part.options.data, path: [...path, 'data'], options: part.options }
}

/** The name's parameters: those that the channel declares, and beside them those that the route has. */
function readParams(reader: Reader, { options }: Part, place: ChannelPlace): Payload | null {
  const path = [...place.path, 'params']
  const own = reader.source(options.params, path)
  if (own === null) return null
  const names = typeof options.name === 'string' ? parseTemplate(options.name).names : []
  const ofRoute: readonly SourcePart[] = place.params?.parts ?? (place.params === null ? [] : [place.params])
  const borrowed = ofRoute.map(({ schema, path }) => ({ schema, path, only: names }))
  return reader.merged([...borrowed, own], { typeName: `${place.prefix}Params`, route: place.route, path })
}

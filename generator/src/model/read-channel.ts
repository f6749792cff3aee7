import type { Path } from '../diagnose/diagnostic.js'
import type { ChannelModel } from './model.js'
import { readMessage, readShortEvent } from './read-message.js'
import { partKind, type Reader } from './reader.js'
import { toPascal } from './type-name.js'

interface ChannelPlace {
  readonly path: Path
  readonly route: string
  readonly prefix: string
}

/** The channel of a route; undefined, with a finding, when it is none. */
export function readChannel(reader: Reader, value: unknown, place: ChannelPlace): ChannelModel | undefined {
  const part = reader.part(value, { path: place.path, kinds: ['channel'] })
  if (part === undefined) return undefined
  const { path, route } = place
  const typeName = place.prefix + toPascal(part.name)
  const messages = reader.entries(part.options.messages, [...path, 'messages']).flatMap(([, message, at]) => {
    const messagePlace = { path: at, kinds: ['event'] as const, route, prefix: typeName }
    if (partKind(message) === undefined) return readShortEvent(reader, message, messagePlace)
    return readMessage(reader, message, messagePlace) ?? []
  })
  const presence = { typeName: `${typeName}Presence`, route, path: [...path, 'presence'] }
  return { ...part, typeName, messages, presence: reader.payload(part.options.presence, presence) }
}

import type { Path } from '../diagnose/diagnostic.js'
import type { MessageModel, Options, Payload } from './model.js'
import type { Expected, Reader } from './reader.js'
import { toPascal } from './type-name.js'

/** Where a message is read, and whose it is. */
export interface MessagePlace extends Expected {
  readonly route: string
  /** The start of its type names. */
  readonly prefix: string
}

/** The message of a route; undefined, with a finding, when it is none. */
export function readMessage(reader: Reader, value: unknown, place: MessagePlace): MessageModel | undefined {
  const part = reader.part(value, place)
  if (part === undefined) return undefined
  const kind = part.kind === 'request' ? 'request' : 'event'
  const typeName = place.prefix + toPascal(part.name)
  const schema = (option: string, suffix: string): Payload | null =>
    reader.payload(part.options[option], {
      typeName: typeName + suffix,
      route: place.route,
      path: [...place.path, option],
    })
  const none = { data: null, input: null, output: null, errors: [] }
  if (kind === 'event') return { ...part, ...none, kind, typeName, data: schema('data', '') }
  return {
    ...part,
    ...none,
    kind,
    typeName,
    input: schema('input', 'Input'),
    output: schema('output', 'Output'),
    errors: readErrors(reader, part.options, { ...place, prefix: typeName }),
  }
}

/** The event that a schema among a channel's messages is short for. */
export function readShortEvent(reader: Reader, schema: unknown, place: MessagePlace): MessageModel {
  const { path, route, prefix } = place
  const name = path.at(-1) ?? ''
  const typeName = prefix + toPascal(name)
  const data = reader.payload(schema, { typeName, route, path })
  return { kind: 'event', name, path, options: {}, typeName, data, input: null, output: null, errors: [] }
}

function readErrors(reader: Reader, options: Options, place: MessagePlace): MessageModel['errors'] {
  const path: Path = [...place.path, 'errors']
  return reader.entries(options.errors, path).map(([code, schema, at]) => ({
    code,
    path: at,
    data: reader.payload(schema, { typeName: place.prefix + toPascal(code), route: place.route, path: at }),
  }))
}

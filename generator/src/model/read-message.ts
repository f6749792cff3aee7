import type { Path } from '../diagnose/diagnostic.js'
import type { MessageModel, Options, Payload } from './model.js'
import type { Expected, Reader } from './reader.js'
import { toPascal } from './type-name.js'

/** Where a message is read, and whose it is. */
export interface MessagePlace extends Expected {
  readonly route: string
  /** The start of its type names. */
  readonly prefix: string
  readonly isBare: boolean
}

const none = { data: null, input: null, output: null, item: null, errors: [] }

/** The message of a route; undefined, with a finding, when it is none. */
export function readMessage(reader: Reader, value: unknown, place: MessagePlace): MessageModel | undefined {
  const part = reader.part(value, place)
  if (part === undefined) return undefined
  const kind = part.kind as MessageModel['kind']
  const typeName = place.prefix + toPascal(part.name)
  const payload = (option: string, suffix: string): Payload | null => {
    const at = { typeName: typeName + suffix, route: place.route, path: [...place.path, option] }
    return reader.whole(part.options[option], at, place.isBare)
  }
  const message = { ...part, ...none, kind, typeName }
  if (kind === 'event') return { ...message, data: payload('data', '') }
  const errors = readErrors(reader, part.options, { ...place, prefix: typeName })
  const input = payload('input', 'Input')
  if (kind === 'stream') return { ...message, input, item: payload('item', 'Item'), errors }
  return { ...message, input, output: payload('output', 'Output'), errors }
}

/** The event that a payload among a channel's messages is short for. */
export function readShortEvent(reader: Reader, value: unknown, place: MessagePlace): MessageModel {
  const { path, route, prefix, isBare } = place
  const name = path.at(-1) ?? ''
  const typeName = prefix + toPascal(name)
  const data = reader.whole(value, { typeName, route, path }, isBare)
  return { kind: 'event', name, path, options: {}, typeName, ...none, data }
}

function readErrors(reader: Reader, options: Options, place: MessagePlace): MessageModel['errors'] {
  const path: Path = [...place.path, 'errors']
  return reader.entries(options.errors, path).map(([code, schema, at]) => ({
    code,
    path: at,
    data: reader.payload(schema, { typeName: place.prefix + toPascal(code), route: place.route, path: at }),
  }))
}

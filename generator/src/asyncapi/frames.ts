import type { SchemaIr } from '../ir.js'
import { type Json, schemaRef } from './json.js'

/** The named schemas of the API. */
export type Schemas = ReadonlyMap<string, SchemaIr>

const id: Json = { type: 'integer', minimum: 0, description: 'Chosen by the side that asks.' }
const nothing: Json = { type: 'null' }
const problem: Json = {
  type: 'object',
  required: ['path', 'keyword', 'message'],
  properties: { path: { type: 'string' }, keyword: { type: 'string' }, message: { type: 'string' } },
}

/** Where answers and what they answer have the same value: the `id` of a frame. */
export const correlationId: Json = {
  description: 'The id of the question that is answered.',
  location: '$message.payload#/1',
}

/** A frame of the protocol: a JSON array that begins with its type. More elements are for versions to come. */
function frame(type: string, ...elements: readonly Json[]): Json {
  const items = [{ const: type }, ...elements]
  return { type: 'array', items, minItems: items.length }
}

/** The schema of a payload within a frame; bytes leave `null` in their place. */
export function payloadIn(name: string | null, schemas: Schemas): Json {
  if (name === null || schemas.get(name)?.content === 'binary') return nothing
  return schemaRef(name)
}

export const frames = {
  event: (name: string, data: Json) => frame('event', { const: name }, data),
  request: (name: string, input: Json) => frame('request', id, { const: name }, input),
  stream: (name: string, input: Json) => {
    const credit = { type: 'integer', minimum: 0, description: 'How many items may be sent for a start.' }
    return frame('stream', id, { const: name }, input, credit)
  },
  reply: (output: Json) => frame('reply', id, output),
  item: (data: Json) => frame('item', id, data),
  end: () => frame('end', id),
  error: (error: Json) => frame('error', id, error),
  publication: (channel: Json, name: string, data: Json) => {
    const offset = {
      type: ['integer', 'null'],
      description: 'Its place in the history; null when it is not kept.',
    }
    return frame('publication', channel, { const: name }, data, offset)
  },
}

/** An error that the schema declares. */
export function declaredError(code: string, data: Json): Json {
  const properties = { code: { const: code }, message: { type: 'string' }, declared: { const: true }, data }
  return { type: 'object', required: ['code', 'message', 'declared'], properties }
}

/** An error of Wirepact's own, which any question may be answered with. */
export const protocolError: Json = {
  type: 'object',
  description: 'An error of the protocol; see x-wirepact-errors for the codes.',
  required: ['code', 'message'],
  properties: {
    code: { type: 'string' },
    message: { type: 'string' },
    name: { type: 'string', description: 'The event that the error is about.' },
    problems: { type: 'array', items: problem },
  },
}

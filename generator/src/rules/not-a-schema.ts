import type { Finding } from '../diagnose/diagnostic.js'
import type { SchemaNode } from '../lower/walk-schemas.js'
import { describe, isRecord, partKind } from '../model/part-kind.js'
import type { Rule } from './rule.js'

/** NOT_A_SCHEMA: something else where a schema is due, and schemas that contain themselves. */
export const notASchema: Rule = ({ nodes }) => nodes.flatMap(check)

function check({ schema, path, circular }: SchemaNode): readonly Finding[] {
  const code = 'NOT_A_SCHEMA'
  if (circular) {
    const message = 'This schema contains itself as an object, which no JSON can.'
    return [{ code, message, path, suggestion: 'Type.Cyclic({ Node: ... }, "Node")' }]
  }
  if (partKind(schema) === 'binary') {
    const message =
      'binary() is a payload as a whole: data, input, output, item or a message of a channel. Inside of a schema, bytes are text.'
    const suggestion = "Type.String({ contentEncoding: 'base64' })"
    return [{ code: 'BINARY_IN_SCHEMA', message, path, suggestion }]
  }
  const found = foreign(schema)
  if (found === undefined) return []
  const isText = partKind(schema) === 'text'
  const message = `A schema is due here; this is ${found}.`
  return [{ code, message, path, ...(isText && { suggestion: 'Type.String({ ... })' }) }]
}

/** What a value is when it is no schema. */
function foreign(schema: unknown): string | undefined {
  if (typeof schema === 'boolean') return undefined
  if (!isRecord(schema)) return describe(schema)
  const kind = partKind(schema)
  if (kind !== undefined) return `what ${kind === 'api' ? 'defineApi' : kind}() builds`
  if ('~standard' in schema) return 'a schema of another library'
  const prototype: unknown = Object.getPrototypeOf(schema)
  const plain = prototype === null || Object.getPrototypeOf(prototype) === null
  return plain ? undefined : `an instance of ${schema.constructor?.name ?? 'a class'}`
}

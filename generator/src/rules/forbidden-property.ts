import type { Finding } from '../diagnose/diagnostic.js'
import type { SchemaNode } from '../lower/walk-schemas.js'
import { isRecord } from '../model/part-kind.js'
import type { Rule } from './rule.js'

/** FORBIDDEN_PROPERTY: a property that every receiver refuses for its name could never be sent. */
export const forbiddenProperty: Rule = ({ nodes }) => nodes.flatMap(check)

function check({ schema, path }: SchemaNode): readonly Finding[] {
  const properties = isRecord(schema) ? schema.properties : undefined
  if (!isRecord(properties)) return []
  const message = '"__proto__" cannot be a property: no receiver takes an object that has it.'
  const finding = { code: 'FORBIDDEN_PROPERTY', message, at: 'name' as const }
  const required: unknown = isRecord(schema) ? schema.required : undefined
  const isLost = Object.getPrototypeOf(properties) !== Object.prototype && !isNull(properties)
  const isAsked = Array.isArray(required) && required.includes('__proto__')
  if (!Object.hasOwn(properties, '__proto__') && !isLost && !isAsked) return []
  return [{ ...finding, path: [...path, 'properties', '__proto__'] }]
}

/** Whether nothing is behind the object: some build their objects so. */
function isNull(value: object): boolean {
  return Object.getPrototypeOf(value) === null
}

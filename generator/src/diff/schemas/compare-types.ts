import { type ObjectSchema, type SchemaRule, show } from './schema-rule.js'

const everything = ['null', 'boolean', 'integer', 'number', 'string', 'array', 'object']

/** TYPE_*, NULL_*: which types a value may have. */
export const compareTypes: SchemaRule = function* ({ before, after }) {
  if (valuesOf(before) !== undefined && valuesOf(after) !== undefined) return
  const old = typesOf(before)
  const now = typesOf(after)
  const added = now.filter((type) => !old.includes(type))
  const removed = old.filter((type) => !now.includes(type))
  if (added.length === 0 && removed.length === 0) return
  const what = `The type is ${showTypes(after)} now, and was ${showTypes(before)}.`
  const steps = 'type' in after ? ['type'] : []
  if (added.length > 0 && removed.length > 0) yield { kind: 'TYPE_CHANGED', steps, what }
  else if (added.length > 0) {
    yield { kind: isNull(added) ? 'NULL_ALLOWED' : 'TYPE_WIDENED', steps, what }
  } else yield { kind: isNull(removed) ? 'NULL_REFUSED' : 'TYPE_NARROWED', steps, what }
}

/** The only values that a schema allows; undefined when it lists none. */
export function valuesOf(schema: ObjectSchema): readonly unknown[] | undefined {
  if ('const' in schema) return [schema.const]
  return Array.isArray(schema.enum) ? schema.enum : undefined
}

/** The types that a schema allows; a number may be an integer. */
export function typesOf(schema: ObjectSchema): readonly string[] {
  const { type } = schema
  const listed = typeof type === 'string' ? [type] : Array.isArray(type) ? (type as string[]) : undefined
  const types = listed ?? valuesOf(schema)?.map(typeOf) ?? everything
  return types.includes('number') ? [...new Set([...types, 'integer'])] : [...new Set(types)]
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}

/** Whether a value is of a type, or of one of several. */
export function isOfType(value: unknown, type: unknown): boolean {
  const own = typeOf(value)
  const types: readonly unknown[] = Array.isArray(type) ? type : [type]
  return types.includes(own) || (own === 'integer' && types.includes('number'))
}

function isNull(types: readonly string[]): boolean {
  return types.length === 1 && types[0] === 'null'
}

function showTypes(schema: ObjectSchema): string {
  const { type } = schema
  if (typeof type === 'string') return type
  if (Array.isArray(type)) return type.join(' or ')
  const values = valuesOf(schema)
  return values === undefined ? 'anything' : `one of ${values.map(show).join(', ')}`
}

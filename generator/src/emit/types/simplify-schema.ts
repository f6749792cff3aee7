import type { JsonSchema } from '../../ir.js'
import { type ObjectSchema, referencedName } from '../schema-keywords.js'

/** Keywords that have a form in TypeScript. */
const structural = [
  'type',
  'const',
  'enum',
  'properties',
  'required',
  'patternProperties',
  'additionalProperties',
]
const arrays = ['items', 'prefixItems', 'minItems', 'maxItems']
const annotations = [
  'title',
  'description',
  'default',
  'examples',
  'deprecated',
  'format',
  'pattern',
  'multipleOf',
]
const limits = [
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'uniqueItems',
]
const counts = ['minProperties', 'maxProperties']
const kept = new Set([...structural, ...arrays, ...annotations, ...limits, ...counts])

/**
 * A schema in the form that openapi-typescript reads as JSON Schema means it: combinations stand alone, what
 * has no form in TypeScript is left out, and references point at components.
 */
export function simplifySchema(schema: JsonSchema): ObjectSchema | boolean {
  if (typeof schema === 'boolean') return schema
  if (refusesAll(schema.not)) return false
  const own = simplifyOwn(schema)
  const parts = [...(hasStructure(own) ? [own] : []), ...simplifyCombinations(schema)]
  if (parts.some((part) => part === false)) return false
  const known = parts.filter((part): part is ObjectSchema => typeof part !== 'boolean')
  if (known.length === 0) return { ...own }
  const [only] = known
  const docs = Object.fromEntries(Object.entries(own).filter(([keyword]) => annotations.includes(keyword)))
  return known.length === 1 ? { ...docs, ...only } : { ...docs, allOf: known }
}

/** Whether a schema under `not` leaves nothing: it allows everything, as that of `Type.Never()` does. */
function refusesAll(not: unknown): boolean {
  if (not === true) return true
  return typeof not === 'object' && not !== null && Object.keys(not).length === 0
}

function hasStructure(schema: ObjectSchema): boolean {
  return Object.keys(schema).some(
    (keyword) => structural.includes(keyword) || keyword === 'items' || keyword === 'prefixItems',
  )
}

function simplifyCombinations(schema: ObjectSchema): (ObjectSchema | boolean)[] {
  const parts: (ObjectSchema | boolean)[] = []
  if (typeof schema.$ref === 'string') parts.push({ $ref: componentReference(referencedName(schema.$ref)) })
  for (const part of schemasOf(schema.allOf)) parts.push(simplifySchema(part))
  for (const keyword of ['anyOf', 'oneOf']) {
    if (Array.isArray(schema[keyword])) parts.push(simplifyUnion(schemasOf(schema[keyword])))
  }
  return parts
}

/** A union that has a member without any form says nothing about the type. */
function simplifyUnion(members: readonly JsonSchema[]): ObjectSchema | boolean {
  const simple = members.map(simplifySchema).filter((member) => member !== false)
  if (simple.length === 0) return false
  const forms = simple.filter(
    (member): member is ObjectSchema => typeof member !== 'boolean' && hasForm(member),
  )
  if (forms.length < simple.length) return true
  return forms.length === 1 ? (forms[0] as ObjectSchema) : { anyOf: forms }
}

function hasForm(schema: ObjectSchema): boolean {
  return hasStructure(schema) || ['$ref', 'allOf', 'anyOf'].some((keyword) => Object.hasOwn(schema, keyword))
}

function simplifyOwn(schema: ObjectSchema): ObjectSchema {
  const own: Record<string, unknown> = {}
  for (const [keyword, value] of Object.entries(schema)) if (kept.has(keyword)) own[keyword] = value
  simplifyValues(own)
  for (const keyword of ['properties', 'patternProperties']) {
    if (own[keyword] !== undefined) own[keyword] = simplifyMap(own[keyword] as Record<string, JsonSchema>)
  }
  for (const keyword of ['additionalProperties', 'items']) {
    if (own[keyword] !== undefined) own[keyword] = simplifySchema(own[keyword] as JsonSchema)
  }
  if (own.prefixItems !== undefined) own.prefixItems = schemasOf(own.prefixItems).map(simplifySchema)
  return withType(own)
}

/** `const` and `enum` say more than `type`; a constant null is a type of its own. */
function simplifyValues(own: Record<string, unknown>): void {
  if (own.const === null) own.enum = [null]
  if (own.const !== undefined || own.enum !== undefined) delete own.type
  if (own.const === null || own.enum === undefined) return void (own.const === null && delete own.const)
  for (const keyword of ['properties', 'additionalProperties', 'const']) delete own[keyword]
}

/** Keywords of objects and arrays have a form only together with the type. */
function withType(own: Record<string, unknown>): ObjectSchema {
  if (['type', 'const', 'enum'].some((keyword) => own[keyword] !== undefined)) return own
  if (own.items !== undefined || own.prefixItems !== undefined) return { ...own, type: 'array' }
  const isObject = ['properties', 'patternProperties', 'additionalProperties'].some(
    (keyword) => own[keyword] !== undefined,
  )
  return isObject ? { ...own, type: 'object' } : own
}

function simplifyMap(map: Record<string, JsonSchema>): Record<string, JsonSchema> {
  return Object.fromEntries(Object.entries(map).map(([key, inner]) => [key, simplifySchema(inner)]))
}

function schemasOf(value: unknown): readonly JsonSchema[] {
  return Array.isArray(value) ? value : []
}

function componentReference(name: string): string {
  return `#/components/schemas/${name}`
}

import type { JsonSchema } from '../json-schema.js'
import type { Evaluation } from './evaluation.js'
import { forValues, type Keywords } from './keyword.js'
import { count, nameOf } from './words.js'

type JsonObject = Readonly<Record<string, unknown>>
type SchemaMap = Readonly<Record<string, JsonSchema>>

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const namesOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value : [])
const mapOf = (value: unknown): SchemaMap => (isObject(value) ? (value as SchemaMap) : {})

/** Keywords for objects (JSON Schema 2020-12 core, section 10.3.2; validation, section 6.5). Own properties only. */
export const objectKeywords: Keywords = {
  maxProperties: forValues(isObject, (object, most, evaluation) => {
    if (Object.keys(object).length <= Number(most)) return
    evaluation.fail('maxProperties', `must have at most ${count(most, 'property', 'properties')}`)
  }),
  minProperties: forValues(isObject, (object, least, evaluation) => {
    if (Object.keys(object).length >= Number(least)) return
    evaluation.fail('minProperties', `must have at least ${count(least, 'property', 'properties')}`)
  }),
  required: forValues(isObject, (object, names, evaluation) => {
    for (const name of namesOf(names)) {
      if (!Object.hasOwn(object, name)) evaluation.fail('required', `must have the property ${nameOf(name)}`)
    }
  }),
  dependentRequired: forValues(isObject, checkDependentRequired),
  propertyNames: forValues(isObject, checkNames),
  properties: forValues(isObject, (object, schemas, evaluation) => {
    const required = namesOf(evaluation.schema.required)
    for (const [key, schema] of Object.entries(mapOf(schemas))) {
      if (evaluation.isFull) return
      if (!Object.hasOwn(object, key) || (object[key] === undefined && !required.includes(key))) continue
      visitProperty(object, { key, schema }, evaluation)
    }
  }),
  patternProperties: forValues(isObject, (object, schemas, evaluation) => {
    for (const [pattern, schema] of Object.entries(mapOf(schemas))) {
      const regExp = new RegExp(pattern, 'u')
      for (const key of Object.keys(object))
        if (regExp.test(key)) visitProperty(object, { key, schema }, evaluation)
    }
  }),
  additionalProperties: forValues(isObject, checkAdditional),
  dependentSchemas: forValues(isObject, (object, schemas, evaluation) => {
    for (const [key, schema] of Object.entries(mapOf(schemas))) {
      if (Object.hasOwn(object, key)) evaluation.include(schema)
    }
  }),
}

/** `unevaluatedProperties` is applied after everything else (JSON Schema 2020-12 core, section 11.3). */
export const unevaluatedProperties = forValues(isObject, (object, schema, evaluation) => {
  const left = Object.keys(object).filter((key) => !evaluation.keys.has(key))
  visitRest('unevaluatedProperties', { object, keys: left, schema: schema as JsonSchema }, evaluation)
})

interface Property {
  readonly key: string
  readonly schema: JsonSchema
}

function visitProperty(object: JsonObject, { key, schema }: Property, evaluation: Evaluation): void {
  evaluation.keys.add(key)
  if (schema === false) return evaluation.fail('properties', `must not have the property ${nameOf(key)}`)
  evaluation.descend(schema, object[key], key)
}

function checkAdditional(object: JsonObject, schema: unknown, evaluation: Evaluation): void {
  const { schema: siblings } = evaluation
  const known = mapOf(siblings.properties)
  const patterns = Object.keys(mapOf(siblings.patternProperties)).map((pattern) => new RegExp(pattern, 'u'))
  const keys = Object.keys(object).filter((key) => {
    return !Object.hasOwn(known, key) && !patterns.some((pattern) => pattern.test(key))
  })
  visitRest('additionalProperties', { object, keys, schema: schema as JsonSchema }, evaluation)
}

interface Rest {
  readonly object: JsonObject
  readonly keys: readonly string[]
  readonly schema: JsonSchema
}

/** Properties that nothing else has named. */
function visitRest(keyword: string, { object, keys, schema }: Rest, evaluation: Evaluation): void {
  for (const key of keys) {
    if (evaluation.isFull) return
    if (schema === false) evaluation.fail(keyword, `must not have the property ${nameOf(key)}`)
    else visitProperty(object, { key, schema }, evaluation)
  }
}

function checkDependentRequired(object: JsonObject, dependencies: unknown, evaluation: Evaluation): void {
  for (const [key, names] of Object.entries(isObject(dependencies) ? dependencies : {})) {
    if (!Object.hasOwn(object, key)) continue
    const missing = namesOf(names).filter((name) => !Object.hasOwn(object, name))
    for (const name of missing) {
      evaluation.fail(
        'dependentRequired',
        `must have the property ${nameOf(name)}, because it has ${nameOf(key)}`,
      )
    }
  }
}

function checkNames(object: JsonObject, schema: unknown, evaluation: Evaluation): void {
  for (const key of Object.keys(object)) {
    if (evaluation.isFull) return
    const inner = evaluation.attempt(schema as JsonSchema, key)
    if (inner.isValid) continue
    const reason = inner.place.problems.list[0]?.message ?? 'is not allowed'
    evaluation.fail('propertyNames', `must not have the property ${nameOf(key)}: its name ${reason}`)
  }
}

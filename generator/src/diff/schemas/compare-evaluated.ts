import type { JsonSchema } from '../../ir.js'
import { discriminatorOf } from './compare-unions.js'
import { expand } from './expand.js'
import { toObject } from './parts-of-schema.js'
import {
  type Definitions,
  type Found,
  listOf,
  mapOf,
  type ObjectSchema,
  type SchemaRule,
} from './schema-rule.js'

/**
 * CONDITION_*: what `unevaluatedProperties` is left to rule. Parts and variants are open objects by themselves, so that
 * a property which one of them ceases to describe is compatible there, and refused by the whole.
 */
export const compareEvaluated: SchemaRule = function* ({ before, after, versions }) {
  if (before.unevaluatedProperties === undefined || after.unevaluatedProperties === undefined) return
  const old = evaluatedBy(before, versions.before)
  const now = evaluatedBy(after, versions.after)
  const lost = [...old].filter((place) => !now.has(place))
  const gained = [...now].filter((place) => !old.has(place))
  if (lost.length > 0) yield found('CONDITION_ADDED', 'begins', lost)
  if (gained.length > 0) yield found('CONDITION_REMOVED', 'ceases', gained)
}

function found(kind: Found['kind'], verb: string, places: readonly string[]): Found {
  const what = `unevaluatedProperties ${verb} to rule ${places.map((place) => place.slice(1)).join(', ')}.`
  return { kind, steps: ['unevaluatedProperties'], what }
}

/** The places in parts and variants that describe properties; those of the schema itself are compared by name. */
function evaluatedBy(schema: ObjectSchema, definitions: Definitions): ReadonlySet<string> {
  const places = new Set('additionalProperties' in schema ? ['/additionalProperties'] : [])
  for (const [path, part] of appliedBy(schema, definitions)) {
    for (const place of describedBy(part)) places.add(`${path}/${place}`)
  }
  return places
}

/**
 * CONDITION_CHANGED: properties that the schema itself described, and only its variants do now, or the other way
 * round. Neither is such a property gone, nor is it new.
 */
export const compareMoved: SchemaRule = function* ({ before, after, versions }) {
  const [old, now] = [placesOf(before, versions.before), placesOf(after, versions.after)]
  const isMoved = (name: string) =>
    (old.own.has(name) && !now.own.has(name) && now.inner.has(name)) ||
    (now.own.has(name) && !old.own.has(name) && old.inner.has(name))
  const moved = [...new Set([...old.own, ...now.own])].filter(isMoved)
  if (moved.length === 0) return
  yield { kind: 'CONDITION_CHANGED', steps: [], what: `Another part describes ${moved.join(', ')} now.` }
}

function placesOf(schema: ObjectSchema, definitions: Definitions) {
  const inner = appliedBy(schema, definitions).filter(([path]) => path !== '')
  return { own: new Set(namesIn(schema)), inner: new Set(inner.flatMap(([, part]) => namesIn(part))) }
}

function namesIn(schema: ObjectSchema): readonly string[] {
  return Object.keys(mapOf(schema, 'properties'))
}

/** Every part and variant, those inside of others included, with the way there. */
function appliedBy(
  schema: ObjectSchema,
  definitions: Definitions,
  path = '',
): readonly (readonly [path: string, part: ObjectSchema])[] {
  return partsOf(schema).flatMap(([step, part]) => {
    const inner = expand(part, definitions)
    const way = `${path}${step}`
    return [[way, inner] as const, ...appliedBy(inner, definitions, way)]
  })
}

function describedBy(schema: ObjectSchema): readonly string[] {
  const patterns = Object.keys(mapOf(schema, 'patternProperties'))
  const rest = ['additionalProperties', 'unevaluatedProperties'].filter((keyword) => keyword in schema)
  return [...namesIn(schema), ...patterns, ...rest]
}

/** What is applied to the same object. A part that always holds is no step: where it stands among others is no matter. */
function partsOf(schema: ObjectSchema): readonly (readonly [step: string, part: JsonSchema])[] {
  const variants = (['anyOf', 'oneOf'] as const).flatMap((keyword) =>
    listOf(schema, keyword).map(
      (part, index) => [`/${keyword} ${discriminatorOf(toObject(part)) ?? index}`, part] as const,
    ),
  )
  const branches = (['then', 'else'] as const).flatMap((keyword) =>
    keyword in schema ? [[`/${keyword}`, schema[keyword] as JsonSchema] as const] : [],
  )
  const dependent = Object.entries(mapOf(schema, 'dependentSchemas')).map(
    ([name, part]) => [`/with ${name}`, part] as const,
  )
  const always = listOf(schema, 'allOf').map((part) => ['', part] as const)
  return [...always, ...variants, ...branches, ...dependent]
}

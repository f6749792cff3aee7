import type { JsonSchema } from '../../ir.js'
import { isUnconstrained } from './parts-of-schema.js'
import {
  type Found,
  type Inner,
  listOf,
  mapOf,
  type ObjectSchema,
  own,
  type SchemaRule,
} from './schema-rule.js'

/** The properties of objects: added, removed, required or not. */
export const compareProperties: SchemaRule = function* ({ before, after }) {
  for (const name of new Set([...namesOf(before), ...namesOf(after)])) {
    yield* compareProperty(name, before, after)
  }
}

function* compareProperty(name: string, before: ObjectSchema, after: ObjectSchema): Iterable<Found | Inner> {
  const [wasRequired, isRequired] = [isRequiredIn(before, name), isRequiredIn(after, name)]
  const [old, now] = [own(mapOf(before, 'properties'), name), own(mapOf(after, 'properties'), name)]
  const steps = ['properties', name]
  if (old === undefined && !wasRequired) {
    yield added(name, isRequired, before)
    yield* compareWith(ruling(before, name), now, steps)
  } else if (now === undefined && !isRequired) {
    yield removed(name, wasRequired, after)
    yield* compareWith(old, ruling(after, name), steps)
  } else {
    if (isRequired && !wasRequired)
      yield { kind: 'PROPERTY_MADE_REQUIRED', steps, what: `${name} is required now.` }
    if (!isRequired && wasRequired)
      yield { kind: 'PROPERTY_MADE_OPTIONAL', steps, what: `${name} may be left out now.` }
    yield { before: old ?? restOf(before), after: now ?? restOf(after), steps }
  }
}

/** A property that one side names and the other rules by its pattern, or as one of its other properties. */
function* compareWith(
  before: JsonSchema | undefined,
  after: JsonSchema | undefined,
  steps: readonly string[],
): Iterable<Inner> {
  if (before !== undefined && after !== undefined) yield { before, after, steps }
}

/** The schema that rules a property without naming it; undefined where anything, or nothing, is allowed. */
function ruling(schema: ObjectSchema, name: string): JsonSchema | undefined {
  const patterns = Object.entries(mapOf(schema, 'patternProperties'))
  const matching = patterns.filter(([pattern]) => new RegExp(pattern, 'u').test(name)).map(([, one]) => one)
  if (matching.length > 0) return matching.length === 1 ? matching[0] : { allOf: matching }
  const rest = restOf(schema)
  return typeof rest === 'boolean' ? undefined : rest
}

function added(name: string, isRequired: boolean, before: ObjectSchema): Found {
  const kind = isRequired ? 'REQUIRED_PROPERTY_ADDED' : 'OPTIONAL_PROPERTY_ADDED'
  const what = `${name} is new, and ${isRequired ? 'required' : 'optional'}.`
  return { kind: isClosed(before) ? `${kind}_TO_CLOSED` : kind, steps: ['properties', name], what }
}

function removed(name: string, wasRequired: boolean, after: ObjectSchema): Found {
  const kind = wasRequired ? 'REQUIRED_PROPERTY_REMOVED' : 'OPTIONAL_PROPERTY_REMOVED'
  const what = `${name} is gone; it was ${wasRequired ? 'required' : 'optional'}.`
  return { kind: isClosed(after) ? `${kind}_FROM_CLOSED` : kind, steps: ['properties', name], what }
}

function namesOf(schema: ObjectSchema): readonly string[] {
  return [...Object.keys(mapOf(schema, 'properties')), ...listOf<string>(schema, 'required')]
}

/** What holds for a property that has no schema of its own. */
function restOf({ additionalProperties }: ObjectSchema): JsonSchema {
  return plain(additionalProperties) as JsonSchema
}

function isRequiredIn(schema: ObjectSchema, name: string): boolean {
  return listOf<string>(schema, 'required').includes(name)
}

/** Whether properties that have no schema of their own are refused, or may be. */
function isClosed({ additionalProperties, unevaluatedProperties }: ObjectSchema): boolean {
  return additionalProperties === false || plain(unevaluatedProperties) !== true
}

/** OBJECT_*, ADDITIONAL_PROPERTIES_*: the properties that have no schema of their own. */
export const compareOthers: SchemaRule = function* ({ before, after }) {
  for (const keyword of ['additionalProperties', 'unevaluatedProperties'] as const) {
    const [old, now] = [plain(before[keyword]), plain(after[keyword])]
    const steps = [keyword]
    const closed = 'No other properties are allowed now.'
    if (now === false && old !== false) yield { kind: 'OBJECT_CLOSED', steps, what: closed }
    else if (old === false && now !== false)
      yield { kind: 'OBJECT_OPENED', steps, what: 'Other properties are allowed now.' }
    else if (old === true && now !== true)
      yield { kind: 'ADDITIONAL_PROPERTIES_RESTRICTED', steps, what: 'Other properties have a schema now.' }
    else if (now === true && old !== true)
      yield { kind: 'ADDITIONAL_PROPERTIES_RELEASED', steps, what: 'Other properties may be anything now.' }
    else yield { before: old as ObjectSchema, after: now as ObjectSchema, steps }
  }
}

/** A schema that says nothing is `true`. */
function plain(schema: unknown = true): unknown {
  return typeof schema === 'object' && isUnconstrained(schema as ObjectSchema) ? true : schema
}

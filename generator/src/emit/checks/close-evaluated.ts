import type { JsonSchema } from '../../ir.js'
import { mapSubschemas, type ObjectSchema, referencedName } from '../schema-keywords.js'

interface Evaluated {
  readonly properties: readonly string[]
  readonly patterns: readonly string[]
}

type Lookup = (name: string) => JsonSchema | undefined

/** Keywords beside which what is evaluated depends on the value. */
const conditional = ['anyOf', 'oneOf', 'not', 'if', 'dependentSchemas']

/**
 * Writes `unevaluatedProperties` as `additionalProperties` where both mean the same: where the properties that
 * are evaluated (JSON Schema 2020-12 core, section 11.3) do not depend on the value. Other uses stay.
 */
export function closeEvaluated(schema: JsonSchema, lookup: Lookup): JsonSchema {
  if (typeof schema === 'boolean') return schema
  const inner = mapSubschemas(schema, (subschema) => closeEvaluated(subschema, lookup))
  const { unevaluatedProperties, ...rest } = inner
  if (unevaluatedProperties === undefined) return inner
  const evaluated = evaluatedBy(rest, lookup, new Set())
  return evaluated === undefined ? inner : close(rest, evaluated, unevaluatedProperties)
}

function close(schema: ObjectSchema, evaluated: Evaluated, additionalProperties: unknown): ObjectSchema {
  const closed = {
    properties: Object.fromEntries(evaluated.properties.map((name) => [name, true])),
    ...(evaluated.patterns.length > 0 && {
      patternProperties: Object.fromEntries(evaluated.patterns.map((pattern) => [pattern, true])),
    }),
    additionalProperties,
  }
  return { ...schema, allOf: [...((schema.allOf as JsonSchema[] | undefined) ?? []), closed] }
}

/** What `schema` evaluates of every value, or undefined when that depends on the value. */
function evaluatedBy(schema: JsonSchema, lookup: Lookup, seen: ReadonlySet<string>): Evaluated | undefined {
  if (typeof schema === 'boolean') return { properties: [], patterns: [] }
  if (conditional.some((keyword) => Object.hasOwn(schema, keyword))) return undefined
  if (Object.hasOwn(schema, 'additionalProperties') || Object.hasOwn(schema, 'unevaluatedProperties'))
    return undefined
  const parts = [...((schema.allOf as JsonSchema[] | undefined) ?? [])].map((part) =>
    evaluatedBy(part, lookup, seen),
  )
  if (Object.hasOwn(schema, '$ref'))
    parts.push(evaluatedByName(referencedName(String(schema.$ref)), lookup, seen))
  parts.push({
    properties: Object.keys((schema.properties as object | undefined) ?? {}),
    patterns: Object.keys((schema.patternProperties as object | undefined) ?? {}),
  })
  return join(parts)
}

function evaluatedByName(name: string, lookup: Lookup, seen: ReadonlySet<string>): Evaluated | undefined {
  const target = lookup(name)
  if (target === undefined || seen.has(name)) return undefined
  return evaluatedBy(target, lookup, new Set([...seen, name]))
}

function join(parts: readonly (Evaluated | undefined)[]): Evaluated | undefined {
  const known = parts.filter((part) => part !== undefined)
  if (known.length < parts.length) return undefined
  return {
    properties: [...new Set(known.flatMap((part) => part.properties))],
    patterns: [...new Set(known.flatMap((part) => part.patterns))],
  }
}

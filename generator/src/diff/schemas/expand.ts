import type { JsonSchema } from '../../ir.js'
import { toObject } from './parts-of-schema.js'
import type { Definitions, ObjectSchema } from './schema-rule.js'

/** The schema with what it refers to in its place; what it says beside the reference goes first. */
export function expand(schema: JsonSchema, definitions: Definitions): ObjectSchema {
  let object = toObject(schema)
  for (const seen = new Set<string>(); ; ) {
    const name = nameOf(object)
    if (name === undefined || seen.has(name)) return object
    seen.add(name)
    object = { ...toObject(definitions.get(name) ?? true), ...withoutRef(object) }
  }
}

export function withoutRef(schema: JsonSchema): ObjectSchema {
  const { $ref: _, ...others } = toObject(schema)
  return others
}

/** The name of the type that a schema refers to. */
export function nameOf(schema: JsonSchema): string | undefined {
  if (typeof schema !== 'object' || typeof schema.$ref !== 'string') return undefined
  return /^#\/\$defs\/(.+)$/.exec(schema.$ref)?.[1]
}

import type { JsonSchema } from '../../ir.js'
import type { ObjectSchema } from '../schema-keywords.js'

/** The properties that a schema names, with their schemas. */
export function propertiesOf(schema: ObjectSchema): Readonly<Record<string, JsonSchema>> {
  return (schema.properties as Readonly<Record<string, JsonSchema>> | undefined) ?? {}
}

/** The patterns that a schema has for names, with their schemas. */
export function patternsOf(
  schema: ObjectSchema,
): readonly (readonly [pattern: string, schema: JsonSchema])[] {
  return Object.entries((schema.patternProperties as Readonly<Record<string, JsonSchema>> | undefined) ?? {})
}

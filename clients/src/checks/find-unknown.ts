import { escapePointer } from '@wirepact/protocol'
import type { JsonSchema } from '@wirepact/protocol/validation'

type Schemas = Readonly<Record<string, JsonSchema>>
type Keywords = Exclude<JsonSchema, boolean>

/** A part of a value, with where it is (a JSON Pointer). */
interface Place {
  readonly value: unknown
  readonly path: string
}

/** Where there is a property that its schema does not name. Looks into plain objects and lists. */
export function findUnknown(schema: JsonSchema, schemas: Schemas, { value, path }: Place): string[] {
  const known = resolve(schema, schemas)
  if (known === undefined || typeof value !== 'object' || value === null) return []
  const { items, properties } = known
  if (Array.isArray(value)) {
    if (typeof items !== 'object') return []
    return value.flatMap((item, at) =>
      findUnknown(items as JsonSchema, schemas, { value: item, path: `${path}/${at}` }),
    )
  }
  if (typeof properties !== 'object' || !isComplete(known)) return []
  return Object.entries(value).flatMap(([key, part]) => {
    const at = `${path}/${escapePointer(key)}`
    if (!Object.hasOwn(properties as Schemas, key)) return [at]
    return findUnknown((properties as Schemas)[key] ?? true, schemas, { value: part, path: at })
  })
}

/** Whether `properties` names all that the schema knows of. */
function isComplete(schema: Keywords): boolean {
  const others = ['patternProperties', 'allOf', 'anyOf', 'oneOf', 'if', 'dependentSchemas', 'propertyNames']
  return typeof schema.additionalProperties !== 'object' && others.every((name) => !(name in schema))
}

function resolve(schema: JsonSchema, schemas: Schemas): Keywords | undefined {
  if (typeof schema === 'boolean') return undefined
  const { $ref } = schema
  if (typeof $ref !== 'string') return schema
  return resolve(schemas[$ref.replace('#/$defs/', '')] ?? true, schemas)
}

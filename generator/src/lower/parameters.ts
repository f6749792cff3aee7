import type { Path } from '../diagnose/diagnostic.js'
import type { ConversionIr, JsonSchema, SchemaIr } from '../ir.js'

export interface Conversion {
  readonly to: ConversionIr
  readonly repeated: boolean
}

/** A named schema, and where it was given first. */
export interface Definition extends Omit<SchemaIr, 'name' | 'route'> {
  readonly path: Path
}

export type Definitions = ReadonlyMap<string, Definition>

/** The properties of a lowered object schema; undefined when it is no plain object schema. */
export function propertiesOf(
  schema: JsonSchema,
  definitions: Definitions,
): Readonly<Record<string, JsonSchema>> | undefined {
  const object = follow(schema, definitions)
  if (typeof object === 'boolean' || object.type !== 'object' || 'patternProperties' in object)
    return undefined
  return (object.properties ?? {}) as Readonly<Record<string, JsonSchema>>
}

/** The names of the properties that a lowered object schema requires. */
export function requiredOf(schema: JsonSchema, definitions: Definitions): readonly string[] {
  const object = follow(schema, definitions)
  return typeof object === 'object' && Array.isArray(object.required) ? (object.required as string[]) : []
}

/** How the text of a parameter becomes a value of this schema; undefined when it cannot. */
export function conversionOf(schema: JsonSchema, definitions: Definitions): Conversion | undefined {
  const target = follow(schema, definitions)
  if (typeof target !== 'boolean' && target.type === 'array') {
    const items = target.items as JsonSchema | undefined
    const to = items === undefined ? undefined : scalarOf(items, definitions)
    return to === undefined ? undefined : { to, repeated: true }
  }
  const to = scalarOf(target, definitions)
  return to === undefined ? undefined : { to, repeated: false }
}

const scalars: readonly unknown[] = ['string', 'number', 'integer', 'boolean'] satisfies ConversionIr[]

function scalarOf(schema: JsonSchema, definitions: Definitions): ConversionIr | undefined {
  const target = follow(schema, definitions)
  if (typeof target === 'boolean') return undefined
  if (scalars.includes(target.type)) return target.type as ConversionIr
  if (target.type !== undefined) return undefined
  if ('const' in target) return common([typeof target.const])
  if (Array.isArray(target.enum)) return common(target.enum.map((value) => typeof value))
  const branches = target.anyOf ?? target.oneOf
  return Array.isArray(branches) ? common(branches.map((branch) => scalarOf(branch, definitions))) : undefined
}

/** The one type that all have; integers among numbers are numbers. */
function common(types: readonly (string | undefined)[]): ConversionIr | undefined {
  const distinct = new Set(
    types.includes('number') ? types.map((type) => (type === 'integer' ? 'number' : type)) : types,
  )
  const [type] = distinct
  return distinct.size === 1 && scalars.includes(type) ? (type as ConversionIr) : undefined
}

/** The schema itself when it says where another one is. */
export function follow(schema: JsonSchema, definitions: Definitions, hops = 0): JsonSchema {
  if (typeof schema === 'boolean' || typeof schema.$ref !== 'string' || hops > 32) return schema
  const target = definitions.get(schema.$ref.replace('#/$defs/', ''))
  return target === undefined ? schema : follow(target.schema, definitions, hops + 1)
}

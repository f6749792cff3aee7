import type { JsonSchema, ParametersIr } from '../../ir.js'
import { mapOf, type ObjectSchema } from '../schemas/schema-rule.js'
import type { Direction } from '../verdict.js'
import type { Schemas } from './compare-payload.js'
import type { PartPair, Report } from './part-pair.js'

/** Parameters of the path, the query, headers, cookies, or a channel's name. */
export interface ParametersContext {
  readonly schemas: Schemas
  readonly report: Report
  /** The names that parameters have now, by those that they had. */
  readonly renames?: ReadonlyMap<string, string>
}

const toServer: readonly Direction[] = ['toServer']

/** Parameters are what a client sends; none are an object without properties. */
export function compareParameters(
  { before, after, path }: PartPair<ParametersIr | null | undefined>,
  { schemas, report, renames = new Map() }: ParametersContext,
): void {
  const old = rename(bodyOf(before, schemas.before), renames)
  const now = bodyOf(after, schemas.after)
  report.schema({ path, directions: toServer, before: old, after: now })
  if (before && after && before.schema !== after.schema) report.type(before.schema, after.schema)
}

/** The schema in place. What no property describes is not looked at, so an object is never closed. */
function bodyOf(parameters: ParametersIr | null | undefined, schemas: Schemas['before']): ObjectSchema {
  const schema = parameters ? schemas.get(parameters.schema)?.schema : undefined
  if (typeof schema !== 'object') return { type: 'object' }
  const { additionalProperties: _, unevaluatedProperties: __, ...open } = schema
  return open
}

function rename(schema: ObjectSchema, renames: ReadonlyMap<string, string>): ObjectSchema {
  if (renames.size === 0 || !('properties' in schema)) return schema
  const to = (name: string) => renames.get(name) ?? name
  const properties: [string, JsonSchema][] = Object.entries(mapOf(schema, 'properties'))
  return {
    ...schema,
    properties: Object.fromEntries(properties.map(([name, inner]) => [to(name), inner])),
    ...(Array.isArray(schema.required) && { required: (schema.required as string[]).map(to) }),
  }
}

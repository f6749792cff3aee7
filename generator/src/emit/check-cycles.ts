import type { JsonSchema } from '../ir.js'
import { eachSubschema, referencedName } from './schema-keywords.js'

/** Keywords whose schemas are applied to the value itself, and not to a part of it. */
const inPlace = new Set(['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'dependentSchemas'])

/** Refuses schemas that apply themselves to the same value: a check of one would never come to an end. */
export function checkCycles(schemas: ReadonlyMap<string, JsonSchema>): void {
  const done = new Set<string>()
  for (const name of schemas.keys()) follow(name, [], { schemas, done })
}

interface Search {
  readonly schemas: ReadonlyMap<string, JsonSchema>
  /** The schemas from which no cycle can be reached. */
  readonly done: Set<string>
}

function follow(name: string, trail: readonly string[], search: Search): void {
  if (search.done.has(name)) return
  if (trail.includes(name))
    throw new Error(`${[...trail, name].join(' → ')}: the schema refers to itself without an end.`)
  for (const next of appliedNames(search.schemas.get(name) ?? true)) follow(next, [...trail, name], search)
  search.done.add(name)
}

function appliedNames(schema: JsonSchema): string[] {
  if (typeof schema === 'boolean') return []
  const names = schema.$ref === undefined ? [] : [referencedName(String(schema.$ref))]
  eachSubschema(schema, (inner, keyword) => {
    if (inPlace.has(keyword)) names.push(...appliedNames(inner))
  })
  return names
}

import type { JsonSchema } from '../ir.js'
import { keywordForm } from './keywords.js'

type Body = Readonly<Record<string, unknown>>

/** An object schema that asks for all that several ask for. A later property replaces an earlier one of its name. */
export function mergeObjects(schemas: readonly JsonSchema[]): JsonSchema {
  const bodies = schemas.filter((schema): schema is Body => typeof schema !== 'boolean')
  const rests = bodies.map(restOf).filter((rest) => Object.keys(rest).length > 0)
  const others = bodies.flatMap(({ additionalProperties }) => additionalProperties ?? [])
  return {
    type: 'object',
    required: [...new Set(bodies.flatMap((body) => namesOf(body.required)))],
    properties: Object.fromEntries(bodies.flatMap((body) => Object.entries((body.properties ?? {}) as Body))),
    ...(others.length > 0 && { additionalProperties: others.includes(false) ? false : others.at(-1) }),
    ...(rests.length > 0 && { allOf: rests }),
  }
}

/** An object schema with some of its properties alone. */
export function pick(schema: JsonSchema, names: readonly string[]): JsonSchema {
  if (typeof schema === 'boolean') return schema
  const properties = Object.entries((schema.properties ?? {}) as Body)
  return {
    type: 'object',
    required: namesOf(schema.required).filter((name) => names.includes(name)),
    properties: Object.fromEntries(properties.filter(([name]) => names.includes(name))),
  }
}

const ownKeywords = ['type', 'required', 'properties', 'additionalProperties']

/** What an object schema asks for beside its properties, such as that one needs another. */
function restOf(body: Body): Body {
  const rest = Object.entries(body).filter(
    ([keyword]) => !ownKeywords.includes(keyword) && keywordForm(keyword) !== 'docs',
  )
  return Object.fromEntries(rest)
}

function namesOf(required: unknown): readonly string[] {
  return Array.isArray(required) ? required.filter((name) => typeof name === 'string') : []
}

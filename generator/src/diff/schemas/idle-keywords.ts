import type { ObjectSchema } from './schema-rule.js'

/** Keywords that hold for values of one type alone. */
const keywordsOf: Readonly<Record<string, RegExp>> = {
  string: /^(minLength|maxLength|pattern|format)$/,
  number: /^(minimum|maximum|exclusiveMinimum|exclusiveMaximum|multipleOf)$/,
  array:
    /^(items|prefixItems|minItems|maxItems|uniqueItems|contains|minContains|maxContains|unevaluatedItems)$/,
  object:
    /^(properties|required|additionalProperties|patternProperties|propertyNames|minProperties|maxProperties|dependentRequired|dependentSchemas|unevaluatedProperties)$/,
}

/** The schema without keywords that say nothing about values of its types. */
export function withoutIdle(schema: ObjectSchema): ObjectSchema {
  const types = listOfTypes(schema.type)
  if (types === undefined) return schema
  const idle = Object.keys(keywordsOf).filter((name) => !types.has(name))
  const kept = Object.entries(schema).filter(
    ([keyword]) => !idle.some((name) => keywordsOf[name]?.test(keyword)),
  )
  const [only, ...others] = Array.isArray(schema.type) ? schema.type : []
  const isOne = only !== undefined && others.length === 0
  return { ...Object.fromEntries(kept), ...(isOne && { type: only }) }
}

function listOfTypes(type: unknown): ReadonlySet<unknown> | undefined {
  if (type === undefined) return undefined
  const types: readonly unknown[] = Array.isArray(type) ? type : [type]
  return new Set(types.map((one) => (one === 'integer' ? 'number' : one)))
}

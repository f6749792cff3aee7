import type { ObjectSchema } from './schema-rule.js'

/** Whole multiples are integers, and every integer is a multiple of what divides 1. */
export function normaliseMultiples(schema: ObjectSchema): ObjectSchema {
  const { multipleOf, ...others } = schema
  if (typeof multipleOf !== 'number') return schema
  const isWhole = schema.type === 'number' && Number.isInteger(multipleOf)
  const type = isWhole ? 'integer' : schema.type
  return type === 'integer' && Number.isInteger(1 / multipleOf)
    ? { ...others, type }
    : { ...schema, ...(isWhole && { type }) }
}

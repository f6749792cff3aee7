import { formatCheck } from '../formats.js'
import type { ObjectSchema } from '../schema-keywords.js'
import { compare, type Expression } from './expression.js'
import type { Setting } from './setting.js'

const comparisons = [
  ['minimum', '>='],
  ['exclusiveMinimum', '>'],
  ['maximum', '<='],
  ['exclusiveMaximum', '<'],
] as const

/** What the keywords for numbers ask of one. */
export function numberConditions(schema: ObjectSchema, subject: string, { outside }: Setting): Expression[] {
  const limits = comparisons
    .filter(([keyword]) => schema[keyword] !== undefined)
    .map(([keyword, operator]) => compare(subject, operator, String(schema[keyword])))
  if (schema.multipleOf === undefined) return limits
  return [...limits, outside.call('isMultipleOf', subject, String(schema.multipleOf))]
}

/** What the keywords for strings ask of one: the cheap questions first. */
export function stringConditions(schema: ObjectSchema, subject: string, { outside }: Setting): Expression[] {
  const { minLength = 0, maxLength, pattern, format } = schema
  const conditions: Expression[] = []
  if (minLength === 1) conditions.push(compare(`${subject}.length`, '>=', 1))
  else if (minLength !== 0) conditions.push(outside.call('hasMinLength', subject, String(minLength)))
  if (maxLength !== undefined) conditions.push(outside.call('hasMaxLength', subject, String(maxLength)))
  if (pattern !== undefined) conditions.push(outside.pattern(String(pattern), subject))
  if (format !== undefined) conditions.push(outside.call(String(formatCheck(String(format))), subject))
  return conditions
}

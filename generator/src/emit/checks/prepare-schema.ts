import type { JsonSchema } from '../../ir.js'
import { formatCheck } from '../formats.js'
import { mapSubschemas, type ObjectSchema } from '../schema-keywords.js'

/** What stands in prepared schemas for checks that typebox is not to make. */
export interface Marks {
  /** The function that checks a format, by the pattern that stands for it. */
  readonly formats: Map<string, string>
  /** Long lists of plain values, by the `const` that stands for them. */
  readonly lists: Map<unknown, readonly unknown[]>
  /** The names that a closed object allows, by the pattern that typebox makes of them. */
  readonly closedKeys: Map<string, readonly string[]>
}

const maxChain = 8

/**
 * Rewrites a schema so that typebox's check asks us where we know better: formats are our own functions, long
 * lists become sets, and the keys of closed objects are compared and not matched.
 */
export function prepareSchema(schema: JsonSchema, marks: Marks): JsonSchema {
  if (typeof schema === 'boolean') return schema
  noteClosedKeys(schema, marks)
  const marked = markFormat(markList(schema, marks), marks)
  return mapSubschemas(marked, (inner) => prepareSchema(inner, marks))
}

function markFormat(schema: ObjectSchema, marks: Marks): ObjectSchema {
  const { format, ...rest } = schema
  if (typeof format !== 'string') return schema
  const pattern = `^(?:wirepact format ${format})$`
  marks.formats.set(pattern, formatCheck(format) as string)
  if (rest.pattern === undefined) return { ...rest, pattern }
  return { ...rest, allOf: [...listOf(rest.allOf), { pattern }] }
}

function markList(schema: ObjectSchema, marks: Marks): ObjectSchema {
  const { enum: values, ...rest } = schema
  if (!Array.isArray(values) || values.length <= maxChain || !values.every(isPrimitive)) return schema
  const mark = {}
  marks.lists.set(mark, values)
  if (!Object.hasOwn(rest, 'const')) return { ...rest, const: mark }
  return { ...rest, allOf: [...listOf(rest.allOf), { const: mark }] }
}

function noteClosedKeys(schema: ObjectSchema, marks: Marks): void {
  const { properties, patternProperties, additionalProperties } = schema
  if (properties === undefined || patternProperties !== undefined || additionalProperties === undefined)
    return
  const keys = Object.keys(properties as object)
  const patterns = keys.map((key) => `^${key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`)
  marks.closedKeys.set(new RegExp(`(${patterns.join('|')})`, 'u').source, keys)
}

function isPrimitive(value: unknown): boolean {
  return value === null || typeof value !== 'object'
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

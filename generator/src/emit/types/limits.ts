import { type DocComment, exampleTag, fillLines } from '../doc-comment.js'
import type { ObjectSchema } from '../schema-keywords.js'

/** What a schema says beyond its type, as a JSDoc comment: description, limits in words, examples. */
export function describeSchema(schema: ObjectSchema): DocComment {
  const limits = describeLimits(schema)
  return {
    paragraphs: [textOf(schema.description) ?? textOf(schema.title), fillLines(limits)],
    tags: [
      typeof schema.format === 'string' ? `@format ${schema.format}` : undefined,
      schema.default === undefined ? undefined : `@default ${JSON.stringify(schema.default)}`,
      ...listOf(schema.examples).map(exampleTag),
      schema.deprecated === true ? '@deprecated' : undefined,
    ],
  }
}

/** The limits of a schema, one sentence each. */
function describeLimits(schema: ObjectSchema): string[] {
  const { pattern, multipleOf, uniqueItems } = schema
  const sentences = [
    range('Length', { from: schema.minLength, to: schema.maxLength, unit: 'character' }),
    typeof pattern === 'string' ? `Pattern: \`${pattern.replaceAll('`', '\\u0060')}\`.` : undefined,
    range('Range', { from: schema.minimum, to: schema.maximum }),
    typeof schema.exclusiveMinimum === 'number' ? `Greater than ${schema.exclusiveMinimum}.` : undefined,
    typeof schema.exclusiveMaximum === 'number' ? `Less than ${schema.exclusiveMaximum}.` : undefined,
    typeof multipleOf === 'number' ? `A multiple of ${multipleOf}.` : undefined,
    Array.isArray(schema.prefixItems)
      ? undefined
      : range('Items', { from: schema.minItems, to: schema.maxItems }),
    uniqueItems === true ? 'No item occurs twice.' : undefined,
    range('Properties', { from: schema.minProperties, to: schema.maxProperties }),
  ]
  return sentences.filter((sentence) => sentence !== undefined)
}

interface Range {
  readonly from: unknown
  readonly to: unknown
  readonly unit?: string
}

function range(what: string, { from, to, unit }: Range): string | undefined {
  const units = (count: number) => (unit === undefined ? '' : ` ${unit}${count === 1 ? '' : 's'}`)
  const least = typeof from === 'number' ? from : undefined
  const most = typeof to === 'number' ? to : undefined
  if (least !== undefined && least === most) return `${what}: ${most}${units(most)}.`
  if (least !== undefined && most !== undefined) return `${what}: ${least} to ${most}${units(most)}.`
  if (least !== undefined && (least > 0 || unit === undefined))
    return `${what}: at least ${least}${units(least)}.`
  return most === undefined ? undefined : `${what}: at most ${most}${units(most)}.`
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

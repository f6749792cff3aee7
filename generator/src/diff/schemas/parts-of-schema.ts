import type { JsonSchema } from '../../ir.js'
import { keywordForm } from '../../lower/keywords.js'
import type { ObjectSchema } from './schema-rule.js'

/** The variants of a schema, and the keyword that lists them. */
export interface Union {
  readonly keyword: 'anyOf' | 'oneOf'
  readonly members: readonly JsonSchema[]
}

export function unionOf(schema: ObjectSchema): Union | undefined {
  for (const keyword of ['anyOf', 'oneOf'] as const) {
    const members = schema[keyword]
    if (Array.isArray(members)) return { keyword, members: members as JsonSchema[] }
  }
  return undefined
}

/** Whether every value fits. */
export function isUnconstrained(schema: ObjectSchema): boolean {
  return Object.keys(schema).every((keyword) => isNote(keyword))
}

/** Whether a keyword decides about no value. */
export function isNote(keyword: string): boolean {
  return (
    keywordForm(keyword) === 'docs' || keyword === '$id' || keyword === '$comment' || keyword === '$schema'
  )
}

export function toObject(schema: JsonSchema): ObjectSchema {
  if (typeof schema === 'object') return schema
  return schema ? {} : { not: {} }
}

/** Whether a schema is nothing but its variants. */
export function isBareUnion(schema: ObjectSchema): boolean {
  const union = unionOf(schema)
  return (
    union !== undefined &&
    Object.keys(schema).every((keyword) => keyword === union.keyword || isNote(keyword))
  )
}

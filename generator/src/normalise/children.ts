import { isRecord } from '../model/reader.js'
import type { Form } from './dialect.js'

/** What is made of a schema that stands directly in another, at the end of these steps. */
export type Visit<Result> = (schema: unknown, steps: readonly string[]) => Result

/**
 * The value of a keyword with `visit` applied to each schema that stands directly in it. What is no schema where
 * one is due stays as it is, so that whoever reads the result refuses it.
 */
export function mapChildren(
  [keyword, value]: readonly [string, unknown],
  form: Form | undefined,
  visit: Visit<unknown>,
): unknown {
  if (form === 'schema' || (form === 'items' && !Array.isArray(value))) return visit(value, [keyword])
  if (form === 'list' || form === 'items') {
    return Array.isArray(value) ? value.map((inner, index) => visit(inner, [keyword, String(index)])) : value
  }
  if (keyword === 'contentSchema') return visit(value, [keyword])
  if (!isMap(form) || !isRecord(value)) return value
  const entries = Object.entries(value).map(([name, inner]) => [
    name,
    mapMember(inner, [keyword, name], visit),
  ])
  return Object.fromEntries(entries)
}

/** A dependency of draft-07 is a schema or a list of names. */
function mapMember(inner: unknown, steps: readonly [string, string], visit: Visit<unknown>): unknown {
  return steps[0] === 'dependencies' && Array.isArray(inner) ? inner : visit(inner, steps)
}

function isMap(form: Form | undefined): boolean {
  return form === 'map' || form === 'shelf' || form === 'dependencies'
}

/** Whether something can be a schema at all. */
export function isSchema(value: unknown): boolean {
  return typeof value === 'boolean' || isRecord(value)
}

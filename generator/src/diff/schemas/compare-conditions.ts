import type { JsonSchema } from '../../ir.js'
import { canonicalJson, withoutDocs } from '../../lower/canonical.js'
import {
  type Found,
  type Inner,
  listOf,
  mapOf,
  type ObjectSchema,
  own,
  type SchemaRule,
} from './schema-rule.js'

/** Keywords whose effect is not looked into: any change of them may refuse and may allow. */
const opaque = [
  'not',
  'if',
  'then',
  'else',
  'contains',
  'dependentRequired',
  'dependentSchemas',
  'unevaluatedItems',
] as const

/** CONDITION_*: everything that combines schemas, other than variants. */
export const compareConditions: SchemaRule = function* (pair) {
  const keywords = 'anyOf' in pair.before && 'anyOf' in pair.after ? [...opaque, 'oneOf'] : opaque
  for (const keyword of keywords) {
    const [old, now] = [pair.before[keyword], pair.after[keyword]]
    if (textOf(old) === textOf(now)) continue
    const change = old === undefined ? 'ADDED' : now === undefined ? 'REMOVED' : 'CHANGED'
    yield found(change, keyword)
  }
}

function textOf(value: unknown): string {
  return value === undefined ? '' : canonicalJson(withoutDocs({ not: value }))
}

function found(change: 'ADDED' | 'REMOVED' | 'CHANGED', keyword: string): Found {
  const words = { ADDED: 'is new', REMOVED: 'is gone', CHANGED: 'is another one now' }
  return { kind: `CONDITION_${change}`, steps: [keyword], what: `${keyword} ${words[change]}.` }
}

/** CONDITION_*: `propertyNames` and `patternProperties`. */
export const comparePropertyNames: SchemaRule = function* ({ before, after }) {
  const [old, now] = [before.propertyNames ?? true, after.propertyNames ?? true] as [JsonSchema, JsonSchema]
  yield { before: old, after: now, steps: ['propertyNames'] }
  const [were, are] = [mapOf(before, 'patternProperties'), mapOf(after, 'patternProperties')]
  for (const pattern of new Set([...Object.keys(were), ...Object.keys(are)])) {
    yield* comparePattern(pattern, { before, after })
  }
}

function* comparePattern(
  pattern: string,
  { before, after }: { readonly before: ObjectSchema; readonly after: ObjectSchema },
): Iterable<Found | Inner> {
  const old = own(mapOf(before, 'patternProperties'), pattern)
  const now = own(mapOf(after, 'patternProperties'), pattern)
  const steps = ['patternProperties', pattern]
  if (old !== undefined && now !== undefined) {
    yield { before: old, after: now, steps }
    return
  }
  const isClosed = [before, after].some(({ additionalProperties = true }) => additionalProperties !== true)
  // On a closed object a pattern allows what was refused; on an open one it refuses what was allowed.
  const change = isClosed ? 'CHANGED' : old === undefined ? 'ADDED' : 'REMOVED'
  yield { ...found(change, `patternProperties ${pattern}`), steps }
}

/** CONDITION_*: the parts of `allOf`. */
export const compareParts: SchemaRule = function* ({ before, after }) {
  const [old, now] = [listOf(before, 'allOf'), listOf(after, 'allOf')]
  for (let index = 0; index < Math.max(old.length, now.length); index++) {
    const [was, is] = [old[index], now[index]]
    const steps = ['allOf', String(index)]
    if (was !== undefined && is !== undefined) yield { before: was, after: is, steps }
    else yield { ...found(was === undefined ? 'ADDED' : 'REMOVED', 'A part of allOf'), steps }
  }
}

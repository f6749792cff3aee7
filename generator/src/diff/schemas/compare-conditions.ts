import type { JsonSchema } from '../../ir.js'
import { canonicalJson, withoutDocs } from '../../lower/canonical.js'
import { expand, nameOf } from './expand.js'
import {
  type Definitions,
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
    if (textOf(old, pair.versions.before) === textOf(now, pair.versions.after)) continue
    const change = old === undefined ? 'ADDED' : now === undefined ? 'REMOVED' : 'CHANGED'
    yield found(change, keyword)
  }
}

/** The text of a part together with every named type inside, so that a change of one is a change of the part. */
export function textOf(value: unknown, definitions: Definitions): string {
  if (value === undefined) return ''
  const texts = [canonicalJson(withoutDocs({ not: value }))]
  const seen = new Set<string>()
  for (const text of texts) {
    for (const [, name = ''] of text.matchAll(/"\$ref":"#\/\$defs\/([^"]+)"/g)) {
      if (seen.has(name)) continue
      seen.add(name)
      texts.push(canonicalJson(withoutDocs(definitions.get(name) ?? true)))
    }
  }
  return texts.join()
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
export const compareParts: SchemaRule = function* ({ before, after, versions }) {
  const [old, now] = [listOf(before, 'allOf'), listOf(after, 'allOf')]
  if (old.length === 0 && now.length === 0) return
  for (let index = 0; index < Math.max(old.length, now.length); index++) {
    const [was, is] = [old[index], now[index]]
    const steps = ['allOf', String(index)]
    if (was !== undefined && is !== undefined) yield { before: was, after: is, steps }
    else yield { ...found(was === undefined ? 'ADDED' : 'REMOVED', 'A part of allOf'), steps }
  }
  yield* compareTwice(partsOf(before, versions.before), partsOf(after, versions.after))
}

/** A property that a part begins or ceases to describe, while another part describes it: it is not new, nor gone. */
function* compareTwice(old: readonly (readonly string[])[], now: readonly (readonly string[])[]) {
  const [known, kept] = [new Set(old.flat()), new Set(now.flat())]
  for (const [index, names] of now.entries()) {
    const added = names.filter((name) => known.has(name) && old[index]?.includes(name) !== true)
    yield* added.map((name) => ({ ...found('ADDED', `Another schema of ${name}`), steps: [] }))
  }
  for (const [index, names] of old.entries()) {
    const removed = names.filter((name) => kept.has(name) && now[index]?.includes(name) !== true)
    yield* removed.map((name) => ({ ...found('REMOVED', `Another schema of ${name}`), steps: [] }))
  }
}

/** CONDITION_*: what is said beside a reference of properties that the named type describes as well. */
export const compareBeside: SchemaRule = function* ({ before, after, versions }) {
  yield* compareTwice(partsOf(before, versions.before), partsOf(after, versions.after))
}

/** The names of the properties that each part describes: the schema itself, what it refers to, and `allOf`. */
function partsOf(schema: ObjectSchema, definitions: Definitions): readonly (readonly string[])[] {
  const referred = nameOf(schema) === undefined ? [] : [{ $ref: schema.$ref }]
  const parts = [...referred, ...listOf(schema, 'allOf')] as JsonSchema[]
  return [Object.keys(mapOf(schema, 'properties')), ...parts.map((part) => namesIn(part, definitions))]
}

/** The names that a part describes, or a part or variant of it. */
function namesIn(schema: JsonSchema, definitions: Definitions): readonly string[] {
  const body = expand(schema, definitions)
  const inner = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => listOf(body, keyword))
  return [Object.keys(mapOf(body, 'properties')), ...inner.map((one) => namesIn(one, definitions))].flat()
}

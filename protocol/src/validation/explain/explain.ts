import type { Problem } from '../../validator.js'
import { type JsonSchema, schemaNamed } from '../json-schema.js'
import { anyKeywords } from './any-keywords.js'
import { arrayKeywords, unevaluatedItems } from './array-keywords.js'
import { combinationKeywords } from './combination-keywords.js'
import { type Evaluation, evaluate, outOfSteps, type Run } from './evaluation.js'
import type { Keyword } from './keyword.js'
import { numberKeywords } from './number-keywords.js'
import { objectKeywords, unevaluatedProperties } from './object-keywords.js'
import { Problems } from './problems.js'
import { stringKeywords } from './string-keywords.js'

/** Every keyword that decides whether a value fits, in the order in which they are applied. */
const keywords: ReadonlyMap<string, Keyword> = new Map(
  Object.entries({
    ...anyKeywords,
    ...numberKeywords,
    ...stringKeywords,
    ...arrayKeywords,
    ...objectKeywords,
    ...combinationKeywords,
    unevaluatedItems,
    unevaluatedProperties,
  }),
)

const maxSteps = 50_000

/** What `$ref` refers to. */
export interface Root {
  readonly $defs?: Readonly<Record<string, JsonSchema>>
}

/**
 * Every reason why `value` does not fit `schema`, by JSON Schema 2020-12; empty when it fits. At most 100
 * problems, and an end to the search where a schema of many branches would make it very long.
 */
export function explain(schema: JsonSchema, root: Root, value: unknown): Problem[] {
  const problems = new Problems()
  const run: Run = { $defs: root.$defs ?? {}, steps: maxSteps, apply }
  try {
    evaluate(run, schema, { value, path: '', problems })
  } catch (thrown) {
    if (thrown !== outOfSteps) throw thrown
  }
  return problems.list
}

/** Whether `value` fits the schema of this name: what the check says that is generated from it, and slower. */
export function fits(schemas: Readonly<Record<string, JsonSchema>>, name: string, value: unknown): boolean {
  const run: Run = { $defs: schemas, steps: Number.POSITIVE_INFINITY, apply }
  return evaluate(run, schemaNamed(schemas, name), { value, path: '', problems: new Problems(1) }).isValid
}

function apply(evaluation: Evaluation, schema: JsonSchema): void {
  if (schema === true) return
  if (schema === false) return evaluation.fail('schema', 'must be absent')
  evaluation.schema = schema
  for (const [name, keyword] of keywords) {
    if (!Object.hasOwn(schema, name)) continue
    if (evaluation.isFull) return
    keyword(schema[name], evaluation)
  }
}

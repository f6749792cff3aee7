import { areUnique } from '../equality.js'
import type { JsonSchema } from '../json-schema.js'
import type { Evaluation } from './evaluation.js'
import { forValues, type Keywords } from './keyword.js'
import { count } from './words.js'

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)
const schemasOf = (value: unknown): readonly JsonSchema[] => (Array.isArray(value) ? value : [])

/** Keywords for arrays (JSON Schema 2020-12 core, section 10.3.1; validation, section 6.4). */
export const arrayKeywords: Keywords = {
  maxItems: forValues(isList, (items, most, evaluation) => {
    if (items.length > Number(most)) evaluation.fail('maxItems', `must have at most ${count(most, 'item')}`)
  }),
  minItems: forValues(isList, (items, least, evaluation) => {
    if (items.length < Number(least))
      evaluation.fail('minItems', `must have at least ${count(least, 'item')}`)
  }),
  uniqueItems: forValues(isList, (items, isOn, evaluation) => {
    if (isOn === true && !areUnique(items))
      evaluation.fail('uniqueItems', 'must not have the same item twice')
  }),
  prefixItems: forValues(isList, (items, schemas, evaluation) => {
    for (const [index, schema] of schemasOf(schemas).slice(0, items.length).entries()) {
      visitItem(items, { index, schema }, evaluation)
    }
  }),
  items: forValues(isList, (items, schema, evaluation) => {
    const start = schemasOf(evaluation.schema.prefixItems).length
    if (schema === false && items.length > start) {
      return evaluation.fail('items', `must have at most ${count(start, 'item')}`)
    }
    for (let index = start; index < items.length && !evaluation.isFull; index++) {
      visitItem(items, { index, schema: schema as JsonSchema }, evaluation)
    }
  }),
  contains: forValues(isList, checkContains),
}

/** `unevaluatedItems` is applied after everything else (JSON Schema 2020-12 core, section 11.2). */
export const unevaluatedItems = forValues(isList, (items, schema, evaluation) => {
  for (let index = 0; index < items.length && !evaluation.isFull; index++) {
    if (evaluation.indices.has(index)) continue
    if (schema === false) return evaluation.fail('unevaluatedItems', 'must not have any other items')
    visitItem(items, { index, schema: schema as JsonSchema }, evaluation)
  }
})

interface Item {
  readonly index: number
  readonly schema: JsonSchema
}

function visitItem(items: readonly unknown[], { index, schema }: Item, evaluation: Evaluation): void {
  evaluation.indices.add(index)
  evaluation.descend(schema, items[index], index)
}

function checkContains(items: readonly unknown[], schema: unknown, evaluation: Evaluation): void {
  const { minContains, maxContains: most = Number.POSITIVE_INFINITY } = evaluation.schema
  const least = minContains ?? 1
  let found = 0
  for (const [index, item] of items.entries()) {
    if (!evaluation.attempt(schema as JsonSchema, item).isValid) continue
    evaluation.indices.add(index)
    found++
  }
  if (found < Number(least)) {
    const keyword = minContains === undefined ? 'contains' : 'minContains'
    evaluation.fail(keyword, `must have at least ${count(least, 'item')} of the required form`)
  }
  if (found > Number(most))
    evaluation.fail('maxContains', `must have at most ${count(most, 'item')} of the given form`)
}

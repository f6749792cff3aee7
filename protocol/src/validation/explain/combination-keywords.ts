import { type JsonSchema, schemaNamed } from '../json-schema.js'
import type { Evaluation } from './evaluation.js'
import type { Keywords } from './keyword.js'
import { count } from './words.js'

const schemasOf = (value: unknown): readonly JsonSchema[] => (Array.isArray(value) ? value : [])

/** Keywords that combine schemas (JSON Schema 2020-12 core, sections 8.2.3.1, 10.2). */
export const combinationKeywords: Keywords = {
  $ref: (reference, evaluation) => {
    const name = String(reference).replace('#/$defs/', '').replaceAll('~1', '/').replaceAll('~0', '~')
    evaluation.include(schemaNamed(evaluation.run.$defs, name))
  },
  allOf: (schemas, evaluation) => {
    for (const schema of schemasOf(schemas)) evaluation.include(schema)
  },
  anyOf: (schemas, evaluation) => {
    const branches = schemasOf(schemas).map((schema) => evaluation.attempt(schema))
    for (const branch of branches) evaluation.adopt(branch)
    if (branches.some((branch) => branch.isValid)) return
    evaluation.fail('anyOf', `must fit at least one of ${count(branches.length, 'schema')}`)
    reportFurthest(branches, evaluation)
  },
  oneOf: checkOneOf,
  not: (schema, evaluation) => {
    if (evaluation.attempt(schema as JsonSchema).isValid) evaluation.fail('not', 'must not have this form')
  },
  if: (schema, evaluation) => {
    const test = evaluation.attempt(schema as JsonSchema)
    evaluation.adopt(test)
    const branch = evaluation.schema[test.isValid ? 'then' : 'else'] as JsonSchema | undefined
    if (branch !== undefined) evaluation.include(branch)
  },
}

function checkOneOf(schemas: unknown, evaluation: Evaluation): void {
  const branches = schemasOf(schemas).map((schema) => evaluation.attempt(schema))
  const fitting = branches.filter((branch) => branch.isValid)
  const [only] = fitting
  if (only !== undefined && fitting.length === 1) return evaluation.adopt(only)
  const found = fitting.length === 0 ? 'none' : String(fitting.length)
  evaluation.fail('oneOf', `must fit exactly one of ${count(branches.length, 'schema')}, and fits ${found}`)
  if (only === undefined) reportFurthest(branches, evaluation)
}

/** Adds the problems of the branch that the value comes closest to; none where every branch is of another type. */
function reportFurthest(branches: readonly Evaluation[], evaluation: Evaluation): void {
  const [first, ...others] = branches
  if (first === undefined) return
  const best = others.reduce((left, right) => (distance(right) < distance(left) ? right : left), first)
  if (distance(best) >= typeDistance) return
  for (const problem of best.place.problems.list) evaluation.place.problems.add(problem)
}

const typeDistance = 1_000_000
const valueDistance = 1000

/** A wrong type here says most, then a wrong constant (a tag that names another branch), then the rest. */
function distance({ place }: Evaluation): number {
  const costs = place.problems.list.map(({ path, keyword }) => {
    if (keyword === 'type' && path === place.path) return typeDistance
    return keyword === 'const' || keyword === 'enum' ? valueDistance : 1
  })
  return costs.reduce((sum, cost) => sum + cost, 0)
}

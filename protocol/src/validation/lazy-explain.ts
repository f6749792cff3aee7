import type { Problem } from '../validator.js'
import { explain } from './explain/explain.js'
import { type JsonSchema, schemaNamed } from './json-schema.js'

type Schemas = Readonly<Record<string, JsonSchema>>

/** Why a value does not fit, for a check that said so: never empty. */
export type Explain = (value: unknown) => Promise<readonly Problem[]>

/**
 * Explains by schemas that are loaded when they are first needed. Answers with one problem at the root where
 * the interpreter finds none although the check did.
 */
export function lazyExplain(load: () => Promise<{ readonly schemas: Schemas }>): (name: string) => Explain {
  return (name) => async (value) => {
    const { schemas } = await load()
    const problems = explain(schemaNamed(schemas, name), { $defs: schemas }, value)
    return problems.length > 0 ? problems : [{ path: '', keyword: 'schema', message: 'must fit the schema' }]
  }
}

import { escapePointer } from '../../parse-json.js'
import type { JsonSchema } from '../json-schema.js'
import { Problems } from './problems.js'

/** A schema that is no boolean. */
export type ObjectSchema = Exclude<JsonSchema, boolean>

/** What a whole run shares. */
export interface Run {
  readonly $defs: Readonly<Record<string, JsonSchema>>
  /** How many more schemas may be applied; the run ends by throwing {@link outOfSteps} when there is none left. */
  steps: number
  readonly apply: (evaluation: Evaluation, schema: JsonSchema) => void
}

/** Thrown, and caught, where a run has become too long. */
export const outOfSteps = Symbol('out of steps')

/** Where a value stands, and where its problems go. */
export interface Place {
  readonly value: unknown
  readonly path: string
  readonly problems: Problems
}

/** One schema, applied to one value: whether it fits, and which properties and items were looked at. */
export class Evaluation {
  readonly place: Place
  readonly run: Run
  /** The properties and items that were evaluated (JSON Schema 2020-12 core, section 7.7.1). */
  readonly keys = new Set<string>()
  readonly indices = new Set<number>()
  isValid = true
  /** The schema that is applied, once it is known to be no boolean. */
  schema: ObjectSchema = {}

  constructor(run: Run, place: Place) {
    this.run = run
    this.place = place
  }

  get isFull(): boolean {
    return this.place.problems.isFull
  }

  fail(keyword: string, message: string): void {
    this.isValid = false
    this.place.problems.add({ path: this.place.path, keyword, message })
  }

  /** Applies a schema to a property or an item; its problems are this one's. */
  descend(schema: JsonSchema, value: unknown, key: string | number): boolean {
    const path = `${this.place.path}/${escapePointer(String(key))}`
    const inner = evaluate(this.run, schema, { ...this.place, value, path })
    this.isValid &&= inner.isValid
    return inner.isValid
  }

  /** Applies a schema to this value; its problems are this one's, and so is what it evaluated when it fits. */
  include(schema: JsonSchema): boolean {
    const inner = evaluate(this.run, schema, this.place)
    this.isValid &&= inner.isValid
    this.adopt(inner)
    return inner.isValid
  }

  /** Applies a schema to a value, here or below, without any consequence. */
  attempt(schema: JsonSchema, value: unknown = this.place.value): Evaluation {
    const problems = new Problems(this.place.problems.limit)
    return evaluate(this.run, schema, { path: this.place.path, value, problems })
  }

  /** Takes over what a schema evaluated that was applied to the same value, if it fits. */
  adopt(inner: Evaluation): void {
    if (!inner.isValid) return
    for (const key of inner.keys) this.keys.add(key)
    for (const index of inner.indices) this.indices.add(index)
  }
}

/** Applies a schema to a value. */
export function evaluate(run: Run, schema: JsonSchema, place: Place): Evaluation {
  if (run.steps-- <= 0) throw outOfSteps
  const evaluation = new Evaluation(run, place)
  run.apply(evaluation, schema)
  return evaluation
}

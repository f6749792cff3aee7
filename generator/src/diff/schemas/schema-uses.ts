import type { Path } from '../../diagnose/diagnostic.js'
import type { ApiIr, JsonSchema } from '../../ir.js'
import type { Difference } from '../change.js'
import { kinds } from '../kinds.js'
import { changeClasses, type Direction } from '../verdict.js'
import { type Comparison, compareSchemas } from './compare-schemas.js'
import type { Versions } from './schema-rule.js'
import { showSteps } from './show-steps.js'

/** A place of the API where a schema stands: what it was, what it is, and who receives the values. */
export interface SchemaUse {
  readonly path: Path
  /** Both, where values go both ways. */
  readonly directions: readonly Direction[]
  readonly before: JsonSchema
  readonly after: JsonSchema
}

/** A difference of schemas, with the place for people. */
export interface SchemaDifference extends Difference {
  readonly where: string
  readonly usedBy?: readonly string[]
}

interface Entry {
  readonly comparison: Comparison
  /** The first place that leads here. */
  readonly path: Path
  /** The name of the type; undefined for a schema that stands in a place of the API itself. */
  readonly type: string | undefined
  readonly directions: Set<Direction>
  readonly uses: Set<string>
  /** Whether the type is the payload of its only use, rather than a part of one. */
  isPart: boolean
}

/** Compares every schema once, however often it is used, and judges it by all its uses. */
export class SchemaUses {
  readonly #versions: Versions
  readonly #entries = new Map<string, Entry>()

  constructor(before: ApiIr, after: ApiIr) {
    this.#versions = { before: definitionsOf(before), after: definitionsOf(after) }
  }

  add(use: SchemaUse): void {
    const [before, after] = [refOf(use.before), refOf(use.after)]
    const isNamed = before !== undefined && after !== undefined
    const key = isNamed ? `${before} ${after}` : use.path.join(' ')
    const entry = { key, type: isNamed ? after : undefined, isPart: false }
    this.#visit({ ...entry, use, path: use.path, before: use.before, after: use.after })
  }

  #visit(step: Step): void {
    const { key, use, path } = step
    const entry = this.#entries.get(key) ?? this.#enter(step)
    const known = entry.uses.size + entry.directions.size
    for (const direction of use.directions) entry.directions.add(direction)
    entry.uses.add(use.path.join('.'))
    if (step.isPart) entry.isPart = true
    if (entry.uses.size + entry.directions.size === known) return
    for (const { before, after, steps } of entry.comparison.pairs) {
      const inner = { key: `${before} ${after}`, type: after, path: [...path, ...steps], isPart: true }
      this.#visit({ ...inner, use, before: refTo(before), after: refTo(after) })
    }
  }

  #enter({ key, type, path, before, after }: Step): Entry {
    const comparison = compareSchemas(
      this.#bodyOf(before, type, 'before'),
      this.#bodyOf(after, type, 'after'),
      this.#versions,
    )
    const entry = { comparison, path, type, directions: new Set<Direction>(), uses: new Set<string>() }
    this.#entries.set(key, { ...entry, isPart: false })
    return this.#entries.get(key) as Entry
  }

  #bodyOf(schema: JsonSchema, type: string | undefined, side: keyof Versions): JsonSchema {
    const name = refOf(schema)
    return type === undefined || name === undefined ? schema : (this.#versions[side].get(name) ?? true)
  }

  /** Every difference, each once, in the direction where it is worst. */
  differences(): readonly SchemaDifference[] {
    return [...this.#entries.values()].flatMap((entry) =>
      entry.comparison.found.map((one) => {
        const isShared = entry.type !== undefined && (entry.isPart || entry.uses.size > 1)
        const start = isShared ? `types.${entry.type}` : entry.path.join('.')
        const path = [...entry.path, ...one.steps]
        const difference = { kind: one.kind, what: one.what, path, where: `${start}${showSteps(one.steps)}` }
        const direction = worst(one.kind, entry.directions)
        return { ...difference, direction, ...(isShared && { usedBy: [...entry.uses].sort() }) }
      }),
    )
  }

  /** The names of types that stand in each other's place and differ. */
  renamed(): readonly (readonly [before: string, after: string])[] {
    const keys = [...this.#entries].filter(([, { type }]) => type !== undefined).map(([key]) => key)
    return keys.map((key) => key.split(' ') as [string, string]).filter(([before, after]) => before !== after)
  }
}

interface Step {
  readonly key: string
  readonly type: string | undefined
  readonly use: SchemaUse
  readonly path: Path
  readonly isPart: boolean
  readonly before: JsonSchema
  readonly after: JsonSchema
}

function worst(kind: Difference['kind'], directions: ReadonlySet<Direction>): Direction {
  const rank = (direction: Direction) => changeClasses.indexOf(kinds[kind][direction].class)
  return [...directions].sort().reduce((one, other) => (rank(other) < rank(one) ? other : one))
}

function definitionsOf(api: ApiIr): ReadonlyMap<string, JsonSchema> {
  return new Map(api.schemas.map(({ name, schema }) => [name, schema]))
}

/** The schema that stands for a named type. */
export function refTo(name: string): JsonSchema {
  return { $ref: `#/$defs/${name}` }
}

function refOf(schema: JsonSchema): string | undefined {
  if (typeof schema !== 'object' || typeof schema.$ref !== 'string') return undefined
  return Object.keys(schema).length === 1 ? schema.$ref.slice('#/$defs/'.length) : undefined
}

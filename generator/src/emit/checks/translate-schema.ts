import type { JsonSchema } from '../../ir.js'
import { type ObjectSchema, referencedName } from '../schema-keywords.js'
import { arrayConditions } from './array-conditions.js'
import { areExclusive } from './exclusive.js'
import { all, always, any, anyFactored, choose, type Expression, never, not } from './expression.js'
import { objectConditions } from './object-conditions.js'
import { numberConditions, stringConditions } from './scalar-conditions.js'
import { knowing, type Setting } from './setting.js'
import { allowedValues, type Kind, kindTest, onlyKind, typeTest } from './types.js'
import { type Leftover, unevaluatedItems, unevaluatedProperties } from './unevaluated.js'

/** What has to hold of `subject`, the text of a place, for the value there to fit the schema. */
export function translateSchema(schema: JsonSchema, subject: string, setting: Setting): Expression {
  if (typeof schema === 'boolean') return schema ? always : never
  const known = setting.known?.subject === subject ? setting.known.type : undefined
  const type = schema.type ?? known
  const guarded = (kind: Kind, conditions: Conditions) =>
    guard(kind, { type, subject }, () => conditions(schema, subject, knowing(setting, subject, kind)))
  const leftovers = leftoversOf(schema, subject, { setting, type })
  const combined = () => all(combinations(schema, subject, knowing(setting, subject, type)))
  return all([
    valueConditions(schema, subject, setting),
    guarded('string', stringConditions),
    guarded('number', numberConditions),
    guarded('array', arrayConditions),
    guarded('object', leftovers.some(isWholeObject) ? withoutDependent(objectConditions) : objectConditions),
    combinedOr(combined, leftovers, { type, subject }),
    ...leftovers
      .filter(({ isWhole }) => !isWhole)
      .map(({ kind, condition }) => guard(kind, { type, subject }, () => [condition])),
  ])
}

interface LeftoverOf extends Leftover {
  readonly kind: Kind
}

interface Typed {
  readonly setting: Setting
  readonly type: unknown
}

/** What is left unevaluated, of the kinds that the value may be of. */
function leftoversOf(schema: ObjectSchema, subject: string, { setting, type }: Typed): readonly LeftoverOf[] {
  const rules = [['array', unevaluatedItems] as const, ['object', unevaluatedProperties] as const]
  return rules
    .filter(([kind]) => onlyKind(type, kind) !== 'never')
    .map(([kind, rule]) => ({ kind, ...rule(schema, subject, knowing(setting, subject, kind)) }))
}

function isWholeObject({ kind, isWhole }: LeftoverOf): boolean {
  return kind === 'object' && isWhole
}

function withoutDependent(conditions: Conditions): Conditions {
  return ({ dependentSchemas: _, ...schema }, subject, setting) => conditions(schema, subject, setting)
}

/** The combinations, asked for by what is left of them for the kinds of values where that is the whole of it. */
function combinedOr(
  combined: () => Expression,
  [first, ...others]: readonly LeftoverOf[],
  { type, subject }: Guarded,
): Expression {
  if (first === undefined) return combined()
  const rest = () => combinedOr(combined, others, { type, subject })
  if (!first.isWhole) return rest()
  if (onlyKind(type, first.kind) === 'always') return first.condition
  return choose(kindTest(first.kind, subject), first.condition, rest())
}

type Conditions = (schema: ObjectSchema, subject: string, setting: Setting) => Expression[]

/** `type`, `const` and `enum`: a value of a list is of the right type when the list holds no others. */
function valueConditions(schema: ObjectSchema, subject: string, { outside, known }: Setting): Expression {
  const values = allowedValues(schema)
  if (values !== undefined) return outside.oneOf(values, subject)
  const isKnown = known?.subject === subject && known.type === schema.type
  return isKnown ? always : typeTest(schema.type, subject)
}

interface Guarded {
  readonly type: unknown
  readonly subject: string
}

/** Conditions that hold for every value of another kind. Where there is no such value they are not made at all. */
function guard(kind: Kind, { type, subject }: Guarded, make: () => readonly Expression[]): Expression {
  const certainty = onlyKind(type, kind)
  if (certainty === 'never') return always
  const condition = all(make())
  return certainty === 'always' ? condition : any([not(kindTest(kind, subject)), condition])
}

function combinations(schema: ObjectSchema, subject: string, setting: Setting): Expression[] {
  const inner = (part: JsonSchema) => setting.translate(part, subject, setting)
  const list = (keyword: string) => (schema[keyword] as readonly JsonSchema[] | undefined)?.map(inner)
  const { $ref, anyOf } = schema
  const parts = list('allOf') ?? []
  if ($ref !== undefined) parts.unshift(referenced(referencedName(String($ref)), subject, setting))
  if (anyOf !== undefined) parts.push(anyFactored(list('anyOf') ?? []))
  if (schema.oneOf !== undefined)
    parts.push(exactlyOne(schema.oneOf as readonly JsonSchema[], subject, setting))
  if (schema.not !== undefined) parts.push(not(inner(schema.not as JsonSchema)))
  if (schema.if !== undefined) {
    const arms = [schema.if, schema.then ?? true, schema.else ?? true].map((arm) => inner(arm as JsonSchema))
    parts.push(choose(...(arms as [Expression, Expression, Expression])))
  }
  return parts
}

/** The check of a named schema; one that was looked into is asked here for what is not known yet. */
function referenced(name: string, subject: string, setting: Setting): Expression {
  const { outside, shared } = setting
  const isOpened = shared?.subject === subject && shared.opened.has(name)
  return isOpened
    ? setting.translate(outside.lookup(name) ?? true, subject, setting)
    : outside.check(name, subject)
}

function exactlyOne(branches: readonly JsonSchema[], subject: string, setting: Setting): Expression {
  const items = branches.map((branch) => setting.translate(branch, subject, setting))
  const open = items.filter((item) => item.kind !== 'constant' || item.value)
  const isExclusive = open.length < 2 || areExclusive(branches, setting.outside.lookup)
  return isExclusive ? anyFactored(open) : { kind: 'one', items: open }
}

import type { JsonSchema } from '../../ir.js'
import { type ObjectSchema, referencedName } from '../schema-keywords.js'
import { arrayConditions } from './array-conditions.js'
import { areExclusive } from './exclusive.js'
import { all, always, any, anyFactored, choose, type Expression, never, not } from './expression.js'
import { objectConditions } from './object-conditions.js'
import { numberConditions, stringConditions } from './scalar-conditions.js'
import { knowing, type Setting } from './setting.js'
import { allowedValues, type Kind, kindTest, onlyKind, typeTest } from './types.js'
import { unevaluatedItems, unevaluatedProperties } from './unevaluated.js'

/** What has to hold of `subject`, the text of a place, for the value there to fit the schema. */
export function translateSchema(schema: JsonSchema, subject: string, setting: Setting): Expression {
  if (typeof schema === 'boolean') return schema ? always : never
  const known = setting.known?.subject === subject ? setting.known.type : undefined
  const type = schema.type ?? known
  const guarded = (kind: Kind, conditions: Conditions) =>
    guard(kind, { type, subject }, () => conditions(schema, subject, knowing(setting, subject, kind)))
  return all([
    valueConditions(schema, subject, setting),
    guarded('string', stringConditions),
    guarded('number', numberConditions),
    guarded('array', arrayConditions),
    guarded('object', objectConditions),
    ...combinations(schema, subject, knowing(setting, subject, type)),
    guarded('array', unevaluatedItems),
    guarded('object', unevaluatedProperties),
  ])
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
  if ($ref !== undefined) parts.unshift(setting.outside.check(referencedName(String($ref)), subject))
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

function exactlyOne(branches: readonly JsonSchema[], subject: string, setting: Setting): Expression {
  const items = branches.map((branch) => setting.translate(branch, subject, setting))
  const open = items.filter((item) => item.kind !== 'constant' || item.value)
  const isExclusive = open.length < 2 || areExclusive(branches, setting.outside.lookup)
  return isExclusive ? anyFactored(open) : { kind: 'one', items: open }
}

import type { JsonSchema } from '../../ir.js'
import { type ObjectSchema, referencedName } from '../schema-keywords.js'
import { all, always, any, choose, compare, type Expression, never, not } from './expression.js'
import { patternsOf, propertiesOf } from './object-parts.js'
import type { Fact } from './outside.js'
import { inside, type Setting } from './setting.js'

/** What is known about a key or an index while one value is looked at. */
interface View {
  readonly setting: Setting
  /** The conditions on the value as a whole that decide what is evaluated, each computed once. */
  readonly facts: Fact[]
  /** Whether the keywords of one schema, and none that it contains, evaluate the key or the index. */
  readonly direct: (schema: ObjectSchema) => Expression
  /** What the value as a whole is called. */
  readonly whole: string
}

/** `unevaluatedProperties` (JSON Schema 2020-12 core, section 11.3). */
export function unevaluatedProperties(schema: ObjectSchema, subject: string, setting: Setting): Expression[] {
  const { unevaluatedProperties: left, ...rest } = schema
  if (left === undefined) return []
  const { outside } = setting
  const view: View = {
    setting: inside(setting, 'object', 'object'),
    facts: [],
    whole: 'object',
    direct: (part) => {
      const isAll = part.additionalProperties !== undefined || part.unevaluatedProperties !== undefined
      const patterns = patternsOf(part).map(([pattern]) => outside.pattern(pattern, 'key'))
      return isAll ? always : any([outside.oneOf(Object.keys(propertiesOf(part)), 'key'), ...patterns])
    },
  }
  const isEvaluated = evaluatedBy(rest, view)
  const condition = any([isEvaluated, setting.translate(left as JsonSchema, 'object[key]', view.setting)])
  return [outside.eachKey(condition, { subject, owner: setting.owner, facts: view.facts })]
}

/** `unevaluatedItems` (JSON Schema 2020-12 core, section 11.2). */
export function unevaluatedItems(schema: ObjectSchema, subject: string, setting: Setting): Expression[] {
  const { unevaluatedItems: left, ...rest } = schema
  if (left === undefined) return []
  const ofList = inside(setting, 'list', 'array')
  const view: View = {
    setting: ofList,
    facts: [],
    whole: 'list',
    direct: (part) => {
      if (part.items !== undefined || part.unevaluatedItems !== undefined) return always
      const prefix = (part.prefixItems as readonly JsonSchema[] | undefined) ?? []
      const contains = part.contains === undefined ? false : (part.contains as JsonSchema)
      return any([
        prefix.length === 0 ? never : compare('index', '<', prefix.length),
        setting.translate(contains, 'list[index]', ofList),
      ])
    },
  }
  const isEvaluated = evaluatedBy(rest, view)
  const condition = any([isEvaluated, setting.translate(left as JsonSchema, 'list[index]', ofList)])
  return [setting.outside.eachIndex(condition, { subject, owner: setting.owner, facts: view.facts })]
}

/** Whether a schema that the value fits evaluates the key or the index. */
function evaluatedBy(schema: JsonSchema, view: View): Expression {
  if (typeof schema === 'boolean') return never
  const { $ref, allOf = [], anyOf = [], oneOf = [], dependentSchemas = {} } = schema
  const direct = view.direct(schema)
  // Where all is evaluated, it does not matter by what else.
  if (direct === always) return always
  const target = $ref === undefined ? undefined : view.setting.outside.lookup(referencedName(String($ref)))
  const branches = [...(anyOf as JsonSchema[]), ...(oneOf as JsonSchema[])]
  return any([
    direct,
    target === undefined ? never : evaluatedBy(target, view),
    ...(allOf as JsonSchema[]).map((part) => evaluatedBy(part, view)),
    ...branches.map((branch) => whenFitting(branch, evaluatedBy(branch, view), view)),
    ...Object.entries(dependentSchemas as Record<string, JsonSchema>).map(([key, part]) => {
      return all([{ kind: 'has', subject: view.whole, key }, evaluatedBy(part, view)])
    }),
    evaluatedByIf(schema, view),
  ])
}

function evaluatedByIf(schema: ObjectSchema, view: View): Expression {
  if (schema.if === undefined) return never
  const [test, yes, no] = [schema.if, schema.then ?? true, schema.else ?? true] as JsonSchema[]
  const isFitting = fact(test as JsonSchema, view)
  const whenFits = any([evaluatedBy(test as JsonSchema, view), evaluatedBy(yes as JsonSchema, view)])
  const otherwise = evaluatedBy(no as JsonSchema, view)
  if (isNever(whenFits) && isNever(otherwise)) return never
  if (isNever(otherwise)) return all([isFitting, whenFits])
  return isNever(whenFits) ? all([not(isFitting), otherwise]) : choose(isFitting, whenFits, otherwise)
}

function isNever(expression: Expression): boolean {
  return expression.kind === 'constant' && !expression.value
}

function whenFitting(branch: JsonSchema, evaluated: Expression, view: View): Expression {
  return isNever(evaluated) ? never : all([fact(branch, view), evaluated])
}

/** Whether the whole value fits a schema: asked once, before the keys or the items are looked at. */
function fact(schema: JsonSchema, { facts, setting, whole }: View): Expression {
  const condition = setting.translate(schema, whole, setting)
  if (condition.kind === 'constant') return condition
  const known: Fact = { name: `fits${facts.length + 1}`, condition, isUsed: false }
  facts.push(known)
  const text = () => {
    known.isUsed = true
    return known.name
  }
  return { kind: 'call', text }
}

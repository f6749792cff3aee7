import type { JsonSchema } from '../../ir.js'
import { type ObjectSchema, referencedName } from '../schema-keywords.js'
import { all, always, any, choose, compare, type Expression, never, not } from './expression.js'
import { patternsOf, propertiesOf } from './object-parts.js'
import type { Fact } from './outside.js'
import { inside, type Setting, type Shared } from './setting.js'

/** What is known about a key or an index while one value is looked at. */
interface View {
  readonly setting: Setting & { readonly shared: Shared }
  /** The conditions on the value as a whole that decide what is evaluated, each computed once. */
  readonly facts: Fact[]
  /** Whether the keywords of one schema, and none that it contains, evaluate the key or the index. */
  readonly direct: (schema: ObjectSchema) => Expression
  /** What the value as a whole is called. */
  readonly whole: string
}

/** What a schema leaves unevaluated has to fit. */
export interface Leftover {
  readonly condition: Expression
  /**
   * Whether the condition asks for the combinations of the schema as well: they decide what is evaluated, and to ask
   * for them here and there would be twice the work, and again at each level of schemas or values within each other.
   */
  readonly isWhole: boolean
}

/** `unevaluatedProperties` (JSON Schema 2020-12 core, section 11.3). */
export function unevaluatedProperties(schema: ObjectSchema, subject: string, setting: Setting): Leftover {
  const { unevaluatedProperties: left, ...rest } = schema
  if (left === undefined) return none
  const { outside } = setting
  const view = viewOf(inside(setting, 'object', 'object'), 'object', (part) => {
    const isAll = part.additionalProperties !== undefined || part.unevaluatedProperties !== undefined
    const patterns = patternsOf(part).map(([pattern]) => outside.pattern(pattern, 'key'))
    return isAll ? always : any([outside.oneOf(Object.keys(propertiesOf(part)), 'key'), ...patterns])
  })
  const condition = orEvaluated(rest, left as JsonSchema, { view, place: 'object[key]' })
  const combined = combinedIn(rest, view)
  const loop = { subject, owner: setting.owner, facts: view.facts, combined }
  return { condition: outside.eachKey(condition, loop), isWhole: isWhole(condition, view) }
}

/** `unevaluatedItems` (JSON Schema 2020-12 core, section 11.2). */
export function unevaluatedItems(schema: ObjectSchema, subject: string, setting: Setting): Leftover {
  const { unevaluatedItems: left, ...rest } = schema
  if (left === undefined) return none
  const view: View = viewOf(inside(setting, 'list', 'array'), 'list', (part) => {
    if (part.items !== undefined || part.unevaluatedItems !== undefined) return always
    const prefix = (part.prefixItems as readonly JsonSchema[] | undefined) ?? []
    const contains = part.contains === undefined ? false : (part.contains as JsonSchema)
    return any([
      prefix.length === 0 ? never : compare('index', '<', prefix.length),
      setting.translate(contains, 'list[index]', view.setting),
    ])
  })
  const condition = orEvaluated(rest, left as JsonSchema, { view, place: 'list[index]' })
  const combined = combinedIn(rest, view)
  const loop = { subject, owner: setting.owner, facts: view.facts, combined }
  return { condition: setting.outside.eachIndex(condition, loop), isWhole: isWhole(condition, view) }
}

const none: Leftover = { condition: always, isWhole: false }

function viewOf(setting: Setting, whole: string, direct: View['direct']): View {
  const shared: Shared = { subject: whole, answers: new Map(), opened: new Set(), translated: new Map() }
  return { setting: { ...setting, shared }, facts: [], whole, direct }
}

interface Leaving {
  readonly view: View
  /** Where a single property or item is. */
  readonly place: string
}

/** Whether a property or item is evaluated, or fits what is left to the others. */
function orEvaluated(rest: JsonSchema, left: JsonSchema, { view, place }: Leaving): Expression {
  return any([evaluatedBy(rest, view), view.setting.translate(left, place, view.setting)])
}

function isWhole(condition: Expression, { facts }: View): boolean {
  return facts.length > 0 && !isAlways(condition)
}

const combining = ['$ref', 'allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'dependentSchemas']

/** The combinations of a schema, which use what is known of its branches. */
function combinedIn(schema: ObjectSchema, { facts, setting, whole }: View): Expression {
  if (facts.length === 0) return always
  const entries = Object.entries(schema).filter(([keyword]) => combining.includes(keyword))
  return setting.translate(Object.fromEntries(entries), whole, setting)
}

/** Whether a schema that the value fits evaluates the key or the index. */
function evaluatedBy(schema: JsonSchema, view: View): Expression {
  if (typeof schema === 'boolean') return never
  const { $ref, allOf = [], anyOf = [], oneOf = [], dependentSchemas = {} } = schema
  const direct = view.direct(schema)
  // Where all is evaluated, it does not matter by what else.
  if (direct === always) return always
  const branches = [...(anyOf as JsonSchema[]), ...(oneOf as JsonSchema[])]
  return any([
    direct,
    $ref === undefined ? never : evaluatedByTarget(referencedName(String($ref)), view),
    ...(allOf as JsonSchema[]).map((part) => evaluatedBy(part, view)),
    ...branches.map((branch) => whenFitting(branch, evaluatedBy(branch, view), view)),
    ...Object.entries(dependentSchemas as Record<string, JsonSchema>).map(([key, part]) => {
      return all([{ kind: 'has', subject: view.whole, key }, evaluatedBy(part, view)])
    }),
    evaluatedByIf(schema, view),
  ])
}

function evaluatedByTarget(name: string, view: View): Expression {
  const { outside, shared } = view.setting
  const known = view.facts.length
  const evaluated = evaluatedBy(outside.lookup(name) ?? true, view)
  if (view.facts.length > known) shared.opened.add(name)
  return evaluated
}

function evaluatedByIf(schema: ObjectSchema, view: View): Expression {
  if (schema.if === undefined) return never
  const [test, yes, no] = [schema.if, schema.then ?? true, schema.else ?? true] as JsonSchema[]
  const whenFits = any([evaluatedBy(test as JsonSchema, view), evaluatedBy(yes as JsonSchema, view)])
  const otherwise = evaluatedBy(no as JsonSchema, view)
  const isFitting = fact(test as JsonSchema, view)
  if (isNever(whenFits) && isNever(otherwise)) return never
  if (isNever(otherwise)) return all([isFitting, whenFits])
  return isNever(whenFits) ? all([not(isFitting), otherwise]) : choose(isFitting, whenFits, otherwise)
}

function isNever(expression: Expression): boolean {
  return expression.kind === 'constant' && !expression.value
}

function isAlways(expression: Expression): boolean {
  return expression.kind === 'constant' && expression.value
}

function whenFitting(branch: JsonSchema, evaluated: Expression, view: View): Expression {
  return isNever(evaluated) ? never : all([fact(branch, view), evaluated])
}

/** Whether the whole value fits a schema: asked once, after what is asked of the branches inside of it. */
function fact(schema: JsonSchema, { facts, setting, whole }: View): Expression {
  const condition = setting.translate(schema, whole, setting)
  if (condition.kind === 'constant' || setting.shared.answers.has(schema)) return condition
  const known: Fact = { name: `fits${facts.length + 1}`, condition, isUsed: false }
  facts.push(known)
  const text = () => {
    known.isUsed = true
    return known.name
  }
  const answer: Expression = { kind: 'call', text }
  setting.shared.answers.set(schema, answer)
  return answer
}

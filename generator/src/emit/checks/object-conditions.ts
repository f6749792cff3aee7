import type { JsonSchema } from '../../ir.js'
import { member } from '../literal.js'
import type { ObjectSchema } from '../schema-keywords.js'
import { all, always, any, choose, compare, type Expression, not, provesDefined } from './expression.js'
import { isInherited } from './inherited.js'
import { patternsOf, propertiesOf } from './object-parts.js'
import { inside, type Setting } from './setting.js'

/** What the keywords for objects ask of one: single properties first, what looks at all of them last. */
export function objectConditions(schema: ObjectSchema, subject: string, setting: Setting): Expression[] {
  const { minProperties = 0, maxProperties } = schema
  const keys = `Object.keys(${subject}).length`
  const conditions = [
    ...propertyConditions(schema, subject, setting),
    ...dependencies(schema, subject, setting),
  ]
  if (minProperties !== 0) conditions.push(compare(keys, '>=', Number(minProperties)))
  if (maxProperties !== undefined) conditions.push(compare(keys, '<=', Number(maxProperties)))
  conditions.push(isExact(schema) ? always : keysCondition(schema, subject, setting))
  return isExact(schema) ? [compare(keys, '===', namesOf(schema).length), ...conditions] : conditions
}

function namesOf(schema: ObjectSchema): readonly string[] {
  return Object.keys(propertiesOf(schema))
}

function requiredOf(schema: ObjectSchema): ReadonlySet<string> {
  return new Set(schema.required as readonly string[] | undefined)
}

/** Whether the number of properties says that there are no others: all of them are required. */
function isExact(schema: ObjectSchema): boolean {
  const required = requiredOf(schema)
  const isClosed = schema.additionalProperties === false && patternsOf(schema).length === 0
  return isClosed && schema.propertyNames === undefined && namesOf(schema).every((name) => required.has(name))
}

function propertyConditions(schema: ObjectSchema, subject: string, setting: Setting): Expression[] {
  const required = requiredOf(schema)
  const properties = propertiesOf(schema)
  const others = [...required].filter((name) => !Object.hasOwn(properties, name))
  const inOrder = [...namesOf(schema).filter((name) => isTag(properties[name])), ...namesOf(schema)]
  const conditions = [...new Set(inOrder)].map((name) => {
    const place = member(subject, name)
    const condition = setting.translate(properties[name] as JsonSchema, place, setting)
    return required.has(name) ? present(subject, name, condition) : absentOr(subject, name, condition)
  })
  return [...others.map((name) => has(subject, name)), ...conditions]
}

/** A constant tells most, so it is asked for first. */
function isTag(schema: JsonSchema | undefined): boolean {
  return typeof schema === 'object' && Object.hasOwn(schema, 'const')
}

function has(subject: string, key: string): Expression {
  return { kind: 'has', subject, key }
}

function present(subject: string, name: string, condition: Expression): Expression {
  const isCertain = !isInherited(name) && provesDefined(condition, member(subject, name))
  return isCertain ? condition : all([has(subject, name), condition])
}

/** A property that is there and undefined, as programs leave behind, is as good as absent. */
function absentOr(subject: string, name: string, condition: Expression): Expression {
  const inherits = isInherited(name) ? [not(has(subject, name))] : []
  return any([...inherits, compare(member(subject, name), '===', 'undefined'), condition])
}

function dependencies(schema: ObjectSchema, subject: string, setting: Setting): Expression[] {
  const names = Object.entries((schema.dependentRequired as Record<string, string[]> | undefined) ?? {})
  const schemas = Object.entries((schema.dependentSchemas as Record<string, JsonSchema> | undefined) ?? {})
  return [
    ...names.map(([name, others]) => {
      return any([not(has(subject, name)), all(others.map((other) => has(subject, other)))])
    }),
    ...schemas.map(([name, inner]) => {
      return any([not(has(subject, name)), setting.translate(inner, subject, setting)])
    }),
  ]
}

/** `propertyNames`, `patternProperties` and `additionalProperties`, in one loop over the keys. */
function keysCondition(schema: ObjectSchema, subject: string, setting: Setting): Expression {
  const { propertyNames = true } = schema
  const condition = all([
    setting.translate(propertyNames as JsonSchema, 'key', inside(setting, 'key', 'string')),
    valueCondition(schema, inside(setting, 'object', 'object')),
  ])
  return setting.outside.eachKey(condition, { subject, owner: setting.owner })
}

/** What has to hold of the value of a key: a pattern is asked for once where there is only one. */
function valueCondition(schema: ObjectSchema, setting: Setting): Expression {
  const translate = (inner: JsonSchema) => setting.translate(inner, 'object[key]', setting)
  const patterns = patternsOf(schema).map(([pattern, inner]) => {
    return { matches: setting.outside.pattern(pattern, 'key'), fits: translate(inner) }
  })
  const isNamed = setting.outside.oneOf(namesOf(schema), 'key')
  const isOther = translate((schema.additionalProperties as JsonSchema | undefined) ?? true)
  const [only, ...more] = patterns
  if (only !== undefined && more.length === 0) return choose(only.matches, only.fits, any([isNamed, isOther]))
  return all([
    ...patterns.map(({ matches, fits }) => any([not(matches), fits])),
    any([isNamed, ...patterns.map(({ matches }) => matches), isOther]),
  ])
}

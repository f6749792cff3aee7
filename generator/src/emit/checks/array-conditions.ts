import type { JsonSchema } from '../../ir.js'
import type { ObjectSchema } from '../schema-keywords.js'
import { all, always, any, compare, type Expression, never } from './expression.js'
import { itemName, type Setting } from './setting.js'

/** What the keywords for arrays ask of one: the cheap questions first. */
export function arrayConditions(schema: ObjectSchema, subject: string, setting: Setting): Expression[] {
  const { minItems = 0, maxItems, uniqueItems } = schema
  const conditions: Expression[] = []
  if (minItems !== 0) conditions.push(compare(`${subject}.length`, '>=', Number(minItems)))
  if (maxItems !== undefined) conditions.push(compare(`${subject}.length`, '<=', Number(maxItems)))
  const items = itemsCondition(schema, subject, setting)
  const others = [...prefixConditions(schema, subject, setting), containsCondition(schema, subject, setting)]
  conditions.push(...(items.kind === 'compare' ? [items, ...others] : [...others, items]))
  if (uniqueItems === true) conditions.push(setting.outside.call('areUnique', subject))
  return conditions
}

function prefixOf(schema: ObjectSchema): readonly JsonSchema[] {
  return (schema.prefixItems as readonly JsonSchema[] | undefined) ?? []
}

function prefixConditions(schema: ObjectSchema, subject: string, setting: Setting): Expression[] {
  return prefixOf(schema).map((item, index) => {
    const condition = setting.translate(item, `${subject}[${index}]`, setting)
    const isThere = Number(schema.minItems ?? 0) > index
    return isThere ? condition : any([compare(`${subject}.length`, '<=', index), condition])
  })
}

function itemsCondition(schema: ObjectSchema, subject: string, setting: Setting): Expression {
  const start = prefixOf(schema).length
  if (schema.items === undefined) return always
  const item = itemName(setting)
  const body = setting.translate(schema.items as JsonSchema, item, { ...setting, depth: setting.depth + 1 })
  if (body.kind === 'constant') return body.value ? always : atMost(subject, start)
  if (start === 0) return each(`${subject}.every((${item}: Json) => `, body)
  const index = `index${setting.depth === 0 ? '' : setting.depth + 1}`
  const head = `${subject}.every((${item}: Json, ${index}: number) => `
  return each(head, any([compare(index, '<', start), body]))
}

function atMost(subject: string, count: number): Expression {
  return count === 0 ? compare(`${subject}.length`, '===', 0) : compare(`${subject}.length`, '<=', count)
}

function each(head: string, body: Expression, tail = ')'): Expression {
  return { kind: 'each', head, body, tail }
}

function containsCondition(schema: ObjectSchema, subject: string, setting: Setting): Expression {
  if (schema.contains === undefined) return always
  const least = Number(schema.minContains ?? 1)
  const most = schema.maxContains === undefined ? undefined : Number(schema.maxContains)
  const item = itemName(setting)
  const body = setting.translate(schema.contains as JsonSchema, item, {
    ...setting,
    depth: setting.depth + 1,
  })
  if (body.kind === 'constant')
    return body.value ? countOf(`${subject}.length`, least, most) : fitsNone(least)
  if (least === 1 && most === undefined) return each(`${subject}.some((${item}: Json) => `, body)
  const count = (operator: string, limit: number) =>
    each(`${subject}.filter((${item}: Json) => `, body, `).length ${operator} ${limit}`)
  return all([least === 0 ? always : count('>=', least), most === undefined ? always : count('<=', most)])
}

function countOf(length: string, least: number, most: number | undefined): Expression {
  return all([
    least === 0 ? always : compare(length, '>=', least),
    most === undefined ? always : compare(length, '<=', most),
  ])
}

function fitsNone(least: number): Expression {
  return least === 0 ? always : never
}

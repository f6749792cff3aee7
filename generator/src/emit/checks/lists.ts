import ts from 'typescript'
import type { Expression } from './expression.js'
import { path, unknownForm, unwrap } from './places.js'
import type { Setting } from './setting.js'

/** The ways to count: different items, items that fit, and how many of several conditions hold. */
export function translateCounted(
  node: ts.Expression,
  comparison: string,
  setting: Setting,
): Expression | undefined {
  if (node.getText().startsWith('new Set(')) return translateUnique(node, setting)
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined
  if (node.expression.name.text !== 'reduce') return undefined
  const list = node.expression.expression
  const [callback] = node.arguments
  if (callback === undefined || !ts.isArrowFunction(callback)) throw unknownForm(node)
  if (!ts.isArrayLiteralExpression(list)) {
    return { ...translateFilter(path(list, setting), callback, setting), tail: `).length ${comparison}` }
  }
  const items = list.elements.map((element) => setting.translate(element, setting))
  return { kind: 'one', items }
}

function translateFilter(list: string, callback: ts.ArrowFunction, setting: Setting) {
  const body = ts.isBlock(callback.body) ? undefined : unwrap(callback.body)
  if (body === undefined || !ts.isConditionalExpression(body)) throw unknownForm(callback)
  const item = parameterName(callback, 1)
  const scope = setting.scope.enter([[item, 'item']])
  const test = setting.translate(body.condition, { ...setting, scope })
  const parameter = test.kind === 'constant' ? '' : `${scope.read(item)}: Json`
  return { kind: 'count', head: `${list}.filter((${parameter}) => `, body: test } as const
}

function translateUnique(node: ts.Expression, setting: Setting): Expression {
  const isKnown = /^new Set\(.+\.map\(Hashing\.Hash\)\)\.size$/s.test(node.getText())
  const set = ts.isPropertyAccessExpression(node) ? node.expression : undefined
  const mapped = set && ts.isNewExpression(set) ? set.arguments?.[0] : undefined
  if (!isKnown || mapped === undefined || !ts.isCallExpression(mapped)) throw unknownForm(node)
  if (!ts.isPropertyAccessExpression(mapped.expression)) throw unknownForm(node)
  return setting.outside.call('areUnique', path(mapped.expression.expression, setting))
}

/** `every` and `some` over the items, the keys or the entries of a value. */
export function translateEach(
  callee: ts.PropertyAccessExpression,
  callback: ts.ArrowFunction,
  setting: Setting,
): Expression {
  const method = callee.name.text
  if ((method !== 'every' && method !== 'some') || ts.isBlock(callback.body)) throw unknownForm(callee)
  const list = callee.expression
  if (!ts.isCallExpression(list)) {
    return translateItems({ list: path(list, setting), isEvery: method === 'every' }, callback, setting)
  }
  const [subject] = list.arguments
  const source = list.expression.getText()
  if (subject === undefined) throw unknownForm(list)
  if (source === 'Object.getOwnPropertyNames') return translateKeys(path(subject, setting), callback, setting)
  if (source === 'Object.entries') return translateEntries(path(subject, setting), callback, setting)
  throw unknownForm(list)
}

interface Items {
  readonly list: string
  readonly isEvery: boolean
}

function translateItems({ list, isEvery }: Items, callback: ts.ArrowFunction, setting: Setting): Expression {
  const [item, index] = [parameterName(callback, 0), parameterName(callback, 1)]
  const own: [string, string][] = [
    [item, 'item'],
    [index, 'index'],
  ]
  const scope = setting.scope.enter(own)
  const body = setting.translate(callback.body as ts.Expression, { ...setting, scope })
  const [itemName, indexName] = [scope.read(item), scope.ours(index)]
  if (body.kind === 'constant') return constantItems(body.value, isEvery, list)
  if (body.kind === 'compare' && body.left === indexName && body.operator === '<') {
    return { kind: 'compare', left: `${list}.length`, operator: '<=', right: body.right }
  }
  const parameters = `${itemName}: Json${scope.isUsed(index) ? `, ${indexName}: number` : ''}`
  return { kind: 'each', head: `${list}.${isEvery ? 'every' : 'some'}((${parameters}) => `, body }
}

/** What is said of every item or of some item alike depends on how many there are. */
function constantItems(holds: boolean, isEvery: boolean, list: string): Expression {
  if (isEvery) return holds ? { kind: 'constant', value: true } : isEmpty(list)
  return holds
    ? { kind: 'compare', left: `${list}.length`, operator: '>', right: '0' }
    : { kind: 'constant', value: false }
}

function isEmpty(list: string): Expression {
  return { kind: 'compare', left: `${list}.length`, operator: '===', right: '0' }
}

function translateKeys(subject: string, callback: ts.ArrowFunction, setting: Setting): Expression {
  const key = parameterName(callback, 0)
  const scope = setting.scope.enter([[key, 'key']])
  return eachKey(
    subject,
    scope.read(key),
    setting.translate(callback.body as ts.Expression, { ...setting, scope }),
  )
}

function translateEntries(subject: string, callback: ts.ArrowFunction, setting: Setting): Expression {
  const pair = callback.parameters[0]?.name
  if (pair === undefined || !ts.isArrayBindingPattern(pair)) throw unknownForm(callback)
  const [key, value] = pair.elements.map((element) => element.getText()) as [string, string]
  const scope = setting.scope.enter([[key, 'key']])
  const inner = scope.alias(value, `${subject}[${scope.read(key)}]`)
  const body = setting.translate(callback.body as ts.Expression, { ...setting, scope: inner })
  return eachKey(subject, scope.read(key), body)
}

function eachKey(subject: string, key: string, body: Expression): Expression {
  if (body.kind === 'constant') return body.value ? body : isEmpty(`Object.keys(${subject})`)
  return { kind: 'each', head: `Object.keys(${subject}).every((${key}: string) => `, body }
}

function parameterName(callback: ts.ArrowFunction, index: number): string {
  return callback.parameters[index]?.name.getText() ?? ''
}

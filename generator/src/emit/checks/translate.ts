import ts from 'typescript'
import { member, quote } from '../literal.js'
import { chain, type Expression, not } from './expression.js'
import type { Outside } from './outside.js'
import { Scope } from './scope.js'

/** What a check is translated with: the names in it, and what it refers to outside of itself. */
interface Setting {
  readonly scope: Scope
  readonly outside: Outside
}

/**
 * Translates one expression that typebox emitted into a condition of ours. It knows every form that can come
 * and throws for any other, so that a new version of typebox can break generation but never a check.
 */
export function translate(node: ts.Expression, setting: Setting): Expression {
  if (ts.isParenthesizedExpression(node)) return translate(node.expression, setting)
  if (node.kind === ts.SyntaxKind.TrueKeyword) return { kind: 'constant', value: true }
  if (node.kind === ts.SyntaxKind.FalseKeyword) return { kind: 'constant', value: false }
  if (ts.isPrefixUnaryExpression(node)) return translateNot(node, setting)
  if (ts.isConditionalExpression(node)) return translateChoice(node, setting)
  if (ts.isBinaryExpression(node)) return translateBinary(node, setting)
  if (ts.isCallExpression(node)) return translateCall(node, setting)
  throw unknownForm(node)
}

function translateNot(node: ts.PrefixUnaryExpression, setting: Setting): Expression {
  if (node.operator !== ts.SyntaxKind.ExclamationToken) throw unknownForm(node)
  return not(translate(node.operand, setting))
}

function translateChoice(node: ts.ConditionalExpression, setting: Setting): Expression {
  const [test, yes, no] = [node.condition, node.whenTrue, node.whenFalse].map((part) => translate(part, setting))
  return { kind: 'choice', items: [test as Expression, yes as Expression, no as Expression] }
}

const comparisons: ReadonlyMap<ts.SyntaxKind, string> = new Map([
  [ts.SyntaxKind.EqualsEqualsEqualsToken, '==='],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, '!=='],
  [ts.SyntaxKind.LessThanToken, '<'],
  [ts.SyntaxKind.LessThanEqualsToken, '<='],
  [ts.SyntaxKind.GreaterThanToken, '>'],
  [ts.SyntaxKind.GreaterThanEqualsToken, '>='],
])

function translateBinary(node: ts.BinaryExpression, setting: Setting): Expression {
  const { left, right } = node
  const operator = node.operatorToken.kind
  if (operator === ts.SyntaxKind.AmpersandAmpersandToken) return translateChain('and', node, setting)
  if (operator === ts.SyntaxKind.BarBarToken) return translateChain('or', node, setting)
  if (operator === ts.SyntaxKind.InKeyword) {
    return { kind: 'has', subject: path(right, setting), key: literalText(left) }
  }
  const comparison = comparisons.get(operator)
  if (comparison === undefined) throw unknownForm(node)
  if (ts.isTypeOfExpression(left)) return translateTypeOf(left, literalText(right), setting)
  const counted = translateCounted(left, `${comparison} ${right.getText()}`, setting)
  if (counted !== undefined) return counted
  return { kind: 'compare', left: operand(left, setting), operator: comparison, right: operand(right, setting) }
}

/** A chain leans to the left and can be thousands of operands long, so it is walked without recursion. */
function translateChain(kind: 'and' | 'or', node: ts.BinaryExpression, setting: Setting): Expression {
  const operator = node.operatorToken.kind
  const parts: ts.Expression[] = []
  let rest: ts.Expression = node
  while (ts.isBinaryExpression(rest) && rest.operatorToken.kind === operator) {
    parts.unshift(rest.right)
    rest = unwrap(rest.left)
  }
  return chain(kind, [rest, ...parts].map((part) => translate(part, setting)))
}

function unwrap(node: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(node) ? unwrap(node.expression) : node
}

function translateTypeOf(node: ts.TypeOfExpression, type: string, setting: Setting): Expression {
  const subject = path(node.expression, setting)
  if (type === 'object') return { kind: 'typeof object', subject }
  if (type === 'string') return setting.outside.call('isString', subject)
  if (type === 'boolean') return setting.outside.call('isBoolean', subject)
  if (type === 'bigint') return { kind: 'constant', value: false }
  throw unknownForm(node)
}

/** The two ways to count: how many items fit, and how many of several conditions hold. */
function translateCounted(node: ts.Expression, comparison: string, setting: Setting): Expression | undefined {
  if (node.getText().startsWith('new Set(')) return translateUnique(node, setting)
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined
  if (node.expression.name.text !== 'reduce') return undefined
  const list = node.expression.expression
  const [callback] = node.arguments
  if (callback === undefined || !ts.isArrowFunction(callback)) throw unknownForm(node)
  if (ts.isArrayLiteralExpression(list)) {
    return { kind: 'one', items: list.elements.map((element) => translate(element, setting)) }
  }
  return translateFilter(list, callback, comparison, setting)
}

function translateFilter(list: ts.Expression, callback: ts.ArrowFunction, comparison: string, setting: Setting): Expression {
  const body = ts.isBlock(callback.body) ? undefined : unwrap(callback.body)
  if (body === undefined || !ts.isConditionalExpression(body)) throw unknownForm(callback)
  const scope = setting.scope.enter([[parameterName(callback, 1), 'item']])
  const head = `${path(list, setting)}.filter((${scope.read(parameterName(callback, 1))}: Json) => `
  const test = translate(body.condition, { ...setting, scope })
  return { kind: 'count', head, body: test, tail: `).length ${comparison}` }
}

function translateUnique(node: ts.Expression, setting: Setting): Expression {
  const subject = /^new Set\((.+)\.map\(Hashing\.Hash\)\)\.size$/.exec(node.getText())
  const set = ts.isPropertyAccessExpression(node) ? node.expression : undefined
  const mapped = set && ts.isNewExpression(set) ? set.arguments?.[0] : undefined
  if (subject === null || mapped === undefined || !ts.isCallExpression(mapped)) throw unknownForm(node)
  if (!ts.isPropertyAccessExpression(mapped.expression)) throw unknownForm(node)
  return setting.outside.call('areUnique', path(mapped.expression.expression, setting))
}

function translateCall(node: ts.CallExpression, setting: Setting): Expression {
  const callee = node.expression
  const [first, second] = node.arguments
  if (ts.isIdentifier(callee) && /^check_\d+$/.test(callee.text) && first !== undefined) {
    return setting.outside.check(callee.text, path(first, setting))
  }
  if (!ts.isPropertyAccessExpression(callee) || first === undefined) throw unknownForm(node)
  const name = callee.getText()
  if (name === 'Array.isArray') return { kind: 'array', subject: path(first, setting) }
  if (name === 'Number.isFinite' || name === 'Number.isInteger') {
    return { kind: 'text', text: `${name}(${path(first, setting)})` }
  }
  if (name === 'Object.prototype.hasOwnProperty.call' && second !== undefined) {
    return { kind: 'has', subject: path(first, setting), key: literalText(second) }
  }
  if (name === 'Guard.IsMultipleOf' || name === 'Guard.IsDeepEqual') return translateGuard(node, setting)
  const external = externalIndex(callee.expression)
  if (external !== undefined && callee.name.text === 'test') return setting.outside.test(external, path(first, setting))
  if (ts.isArrowFunction(first)) return translateEach(callee, first, setting)
  throw unknownForm(node)
}

function translateGuard(node: ts.CallExpression, setting: Setting): Expression {
  const [value, other] = node.arguments as readonly ts.Expression[] as readonly [ts.Expression, ts.Expression]
  const subject = path(value, setting)
  if (node.expression.getText() === 'Guard.IsMultipleOf') return setting.outside.call('isMultipleOf', subject, operand(other, setting))
  const external = externalIndex(other)
  if (external === undefined) throw unknownForm(node)
  return setting.outside.call('isDeepEqual', subject, setting.outside.data(external))
}

/** `every` and `some` over the items, the keys or the entries of a value. */
function translateEach(callee: ts.PropertyAccessExpression, callback: ts.ArrowFunction, setting: Setting): Expression {
  const method = callee.name.text
  if ((method !== 'every' && method !== 'some') || ts.isBlock(callback.body)) throw unknownForm(callee)
  const list = callee.expression
  if (!ts.isCallExpression(list)) return translateItems(path(list, setting), method, callback, setting)
  const [subject] = list.arguments
  const source = list.expression.getText()
  if (subject === undefined) throw unknownForm(list)
  if (source === 'Object.getOwnPropertyNames') return translateKeys(path(subject, setting), callback, setting)
  if (source === 'Object.entries') return translateEntries(path(subject, setting), callback, setting)
  throw unknownForm(list)
}

function translateItems(list: string, method: string, callback: ts.ArrowFunction, setting: Setting): Expression {
  const [item, index] = [parameterName(callback, 0), parameterName(callback, 1)]
  const scope = setting.scope.enter([[item, 'item'], [index, 'index']])
  const body = translate(callback.body as ts.Expression, { ...setting, scope })
  if (body.kind === 'constant' && body.value && method === 'every') return body
  const parameters = scope.isUsed(index) ? `${scope.read(item)}: Json, ${scope.read(index)}: number` : `${scope.read(item)}: Json`
  return { kind: 'each', head: `${list}.${method}((${parameters}) => `, body }
}

function translateKeys(subject: string, callback: ts.ArrowFunction, setting: Setting): Expression {
  const key = parameterName(callback, 0)
  const scope = setting.scope.enter([[key, 'key']])
  const body = translate(callback.body as ts.Expression, { ...setting, scope })
  return { kind: 'each', head: `Object.keys(${subject}).every((${scope.read(key)}: string) => `, body }
}

function translateEntries(subject: string, callback: ts.ArrowFunction, setting: Setting): Expression {
  const pair = callback.parameters[0]?.name
  if (pair === undefined || !ts.isArrayBindingPattern(pair)) throw unknownForm(callback)
  const [key, value] = pair.elements.map((element) => element.getText()) as [string, string]
  const scope = setting.scope.enter([[key, 'key']])
  const inner = scope.alias(value, `${subject}[${scope.read(key)}]`)
  const body = translate(callback.body as ts.Expression, { ...setting, scope: inner })
  return { kind: 'each', head: `Object.keys(${subject}).every((${scope.read(key)}: string) => `, body }
}

function parameterName(callback: ts.ArrowFunction, index: number): string {
  return callback.parameters[index]?.name.getText() ?? ''
}

/** One side of a comparison: a place, a length, a count of characters or keys, or a plain literal. */
function operand(node: ts.Expression, setting: Setting): string {
  if (ts.isStringLiteral(node)) return quote(node.text)
  if (isPlainLiteral(node)) return node.getText()
  if (ts.isPropertyAccessExpression(node) && ts.isCallExpression(node.expression)) {
    const [subject] = node.expression.arguments
    const isKeys = node.getText().startsWith('Object.getOwnPropertyNames(') && node.name.text === 'length'
    if (isKeys && subject !== undefined) return `Object.keys(${path(subject, setting)}).length`
  }
  if (ts.isCallExpression(node)) {
    const [subject] = node.arguments
    if (node.expression.getText() !== 'Guard.CodePointCount' || subject === undefined) throw unknownForm(node)
    return setting.outside.callText('countCodePoints', path(subject, setting))
  }
  return path(node, setting)
}

function isPlainLiteral(node: ts.Expression): boolean {
  const isNegative = ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken
  if (ts.isNumericLiteral(isNegative ? node.operand : node)) return true
  const words: readonly ts.SyntaxKind[] = [ts.SyntaxKind.NullKeyword, ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword]
  return words.includes(node.kind) || (ts.isIdentifier(node) && node.text === 'undefined')
}

/** A place in the value, such as `value.items[0]`. */
function path(node: ts.Expression, setting: Setting): string {
  if (ts.isIdentifier(node)) return setting.scope.read(node.text)
  if (ts.isPropertyAccessExpression(node)) return member(path(node.expression, setting), node.name.text)
  if (!ts.isElementAccessExpression(node)) throw unknownForm(node)
  const object = path(node.expression, setting)
  const key = node.argumentExpression
  if (ts.isStringLiteral(key)) return member(object, key.text)
  return `${object}[${ts.isNumericLiteral(key) ? key.text : path(key, setting)}]`
}

/** The number in `External[n]`, the place where typebox keeps what has no source text. */
function externalIndex(node: ts.Expression): number | undefined {
  const index = /^External\[(\d+)\]$/.exec(node.getText())?.[1]
  return index === undefined ? undefined : Number(index)
}

function literalText(node: ts.Expression): string {
  if (!ts.isStringLiteral(node)) throw unknownForm(node)
  return node.text
}

function unknownForm(node: ts.Node): Error {
  return new Error(`typebox emitted a check of an unknown form: ${node.getText().slice(0, 200)}`)
}

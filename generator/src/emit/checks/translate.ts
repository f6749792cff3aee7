import ts from 'typescript'
import { chain, choose, type Expression, not } from './expression.js'
import { translateCounted, translateEach } from './lists.js'
import { externalIndex, literalText, operand, path, unknownForm, unwrap } from './places.js'
import type { Setting } from './setting.js'

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
  const [test, yes, no] = [node.condition, node.whenTrue, node.whenFalse].map((part) =>
    translate(part, setting),
  )
  return choose(test as Expression, yes as Expression, no as Expression)
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
  if (operator === ts.SyntaxKind.BarBarToken) {
    return translateLength(node, setting) ?? translateChain('or', node, setting)
  }
  if (operator === ts.SyntaxKind.InKeyword) {
    return { kind: 'has', subject: path(right, setting), key: literalText(left) }
  }
  const comparison = comparisons.get(operator)
  if (comparison === undefined) throw unknownForm(node)
  if (ts.isTypeOfExpression(left)) return translateTypeOf(left, literalText(right), setting)
  const counted = translateCounted(left, `${comparison} ${right.getText()}`, setting)
  if (counted !== undefined) return counted
  return {
    kind: 'compare',
    left: operand(left, setting),
    operator: comparison,
    right: operand(right, setting),
  }
}

const lengthPattern =
  /^\((.+)\.length (<=|>=) (\d+) \|\| \(\1\.length \2 (\d+) && Guard\.CodePointCount\(\1\) \2 (\d+)\)\)$/

const maxLengthText = 2000

/** Counting characters takes three comparisons; here it is one call. */
function translateLength(node: ts.BinaryExpression, setting: Setting): Expression | undefined {
  const text = node.parent.getText()
  const match = text.length > maxLengthText ? null : lengthPattern.exec(text)
  const subject = ts.isBinaryExpression(node.left) ? node.left.left : undefined
  if (match === null || subject === undefined || !ts.isPropertyAccessExpression(subject)) return undefined
  const [, , operator, , , limit = ''] = match
  const place = path(subject.expression, setting)
  if (operator === '<=') return setting.outside.call('hasMaxLength', place, limit)
  if (Number(limit) > 1) return setting.outside.call('hasMinLength', place, limit)
  if (Number(limit) === 0) return { kind: 'constant', value: true }
  return { kind: 'compare', left: `${place}.length`, operator: '>=', right: '1' }
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
  return chain(
    kind,
    [rest, ...parts].map((part) => translate(part, setting)),
  )
}

function translateTypeOf(node: ts.TypeOfExpression, type: string, setting: Setting): Expression {
  const subject = path(node.expression, setting)
  if (type === 'object') return { kind: 'typeof object', subject }
  if (type === 'string') return { kind: 'typed', test: 'isString', subject }
  if (type === 'boolean') return { kind: 'typed', test: 'isBoolean', subject }
  if (type === 'bigint') return { kind: 'constant', value: false }
  throw unknownForm(node)
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
    return { kind: 'typed', test: name, subject: path(first, setting) }
  }
  if (name === 'Object.prototype.hasOwnProperty.call' && second !== undefined) {
    return { kind: 'has', subject: path(first, setting), key: literalText(second) }
  }
  if (name === 'Guard.IsMultipleOf' || name === 'Guard.IsDeepEqual') return translateGuard(node, setting)
  const external = externalIndex(callee.expression)
  if (external !== undefined && callee.name.text === 'test')
    return setting.outside.test(external, path(first, setting))
  if (ts.isArrowFunction(first)) return translateEach(callee, first, setting)
  throw unknownForm(node)
}

function translateGuard(node: ts.CallExpression, setting: Setting): Expression {
  const [value, other] = node.arguments as readonly ts.Expression[] as readonly [ts.Expression, ts.Expression]
  const subject = path(value, setting)
  if (node.expression.getText() === 'Guard.IsMultipleOf')
    return setting.outside.call('isMultipleOf', subject, operand(other, setting))
  const external = externalIndex(other)
  if (external === undefined) throw unknownForm(node)
  return setting.outside.equal(external, subject)
}

import ts from 'typescript'
import { member, quote } from '../literal.js'
import type { Setting } from './setting.js'

/** One side of a comparison: a place, a length, a count of characters or keys, or a plain literal. */
export function operand(node: ts.Expression, setting: Setting): string {
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
  const words: readonly ts.SyntaxKind[] = [
    ts.SyntaxKind.NullKeyword,
    ts.SyntaxKind.TrueKeyword,
    ts.SyntaxKind.FalseKeyword,
  ]
  return words.includes(node.kind) || (ts.isIdentifier(node) && node.text === 'undefined')
}

/** A place in the value, such as `value.items[0]`. */
export function path(node: ts.Expression, setting: Setting): string {
  if (ts.isIdentifier(node)) return setting.scope.read(node.text)
  if (ts.isPropertyAccessExpression(node)) return member(path(node.expression, setting), node.name.text)
  if (!ts.isElementAccessExpression(node)) throw unknownForm(node)
  const object = path(node.expression, setting)
  const key = node.argumentExpression
  if (ts.isStringLiteral(key)) return member(object, key.text)
  return `${object}[${ts.isNumericLiteral(key) ? key.text : path(key, setting)}]`
}

/** The number in `External[n]`, the place where typebox keeps what has no source text. */
export function externalIndex(node: ts.Expression): number | undefined {
  const index = /^External\[(\d+)\]$/.exec(node.getText())?.[1]
  return index === undefined ? undefined : Number(index)
}

export function literalText(node: ts.Expression): string {
  if (!ts.isStringLiteral(node)) throw unknownForm(node)
  return node.text
}

export function unknownForm(node: ts.Node): Error {
  return new Error(`typebox emitted a check of an unknown form: ${node.getText().slice(0, 200)}`)
}

export function unwrap(node: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(node) ? unwrap(node.expression) : node
}

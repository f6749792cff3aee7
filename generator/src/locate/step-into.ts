import { ts } from 'ts-morph'
import { resolveExpression } from './resolve-expression.js'
import type { Sources } from './sources.js'

/** A property in the source: its value, and its name where it has one. */
export interface Spot {
  readonly value: ts.Node
  readonly name?: ts.Node
}

/** Which argument of TypeBox's functions becomes which keyword of the schema that they build. */
const builtFrom: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  Object: { properties: 0 },
  Array: { items: 0 },
  Tuple: { items: 0 },
  Union: { anyOf: 0 },
  Intersect: { allOf: 0 },
  Record: { patternProperties: 1 },
  Cyclic: { $defs: 0 },
  Enum: { enum: 0 },
  Literal: { const: 0 },
  Ref: { $ref: 0 },
}

/** Functions that pass their first argument on, with something added. */
const passing = new Set([
  'Optional',
  'Readonly',
  'Partial',
  'Required',
  'Refine',
  'Decode',
  'Encode',
  'Codec',
  'Unsafe',
])

/** The property `key` of what an expression builds; undefined when the source does not show it. */
export function stepInto(node: ts.Node, key: string, sources: Sources): Spot | undefined {
  const expression = resolveExpression(node, sources)
  if (ts.isObjectLiteralExpression(expression)) return inObject(expression, key, sources)
  if (ts.isArrayLiteralExpression(expression)) return inArray(expression, key)
  if (ts.isCallExpression(expression)) return inCall(expression, key, sources)
  if (!ts.isPropertyAccessExpression(expression)) return undefined
  const owner = stepInto(expression.expression, expression.name.text, sources)
  return owner === undefined ? undefined : stepInto(owner.value, key, sources)
}

function inObject(literal: ts.ObjectLiteralExpression, key: string, sources: Sources): Spot | undefined {
  for (const property of literal.properties.toReversed()) {
    if (ts.isSpreadAssignment(property)) {
      const spot = stepInto(property.expression, key, sources)
      if (spot !== undefined) return spot
    } else if (nameOf(property.name) === key) {
      const value = ts.isPropertyAssignment(property) ? property.initializer : property.name
      return { value, name: property.name }
    }
  }
  return undefined
}

function nameOf(name: ts.PropertyName): string | undefined {
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name)
    ? name.text
    : undefined
}

function inArray(literal: ts.ArrayLiteralExpression, key: string): Spot | undefined {
  const value = literal.elements[Number(key)]
  return value === undefined ? undefined : { value }
}

function inCall(call: ts.CallExpression, key: string, sources: Sources): Spot | undefined {
  const called = ts.isPropertyAccessExpression(call.expression) ? call.expression.name.text : ''
  const index = builtFrom[called]?.[key]
  const argument = index === undefined ? undefined : call.arguments[index]
  if (argument !== undefined) return { value: argument }
  for (const candidate of call.arguments.toReversed()) {
    const expression = resolveExpression(candidate, sources)
    const spot = ts.isObjectLiteralExpression(expression) ? inObject(expression, key, sources) : undefined
    if (spot !== undefined) return spot
  }
  const inner = passing.has(called) ? (call.arguments[0] ?? chained(call)) : undefined
  return inner === undefined || key.startsWith('~') ? undefined : stepInto(inner, key, sources)
}

/** The call that another one hangs on, as in `Type.Codec(Schema).Decode(...)`. */
function chained(call: ts.CallExpression): ts.Node | undefined {
  return ts.isPropertyAccessExpression(call.expression) ? call.expression.expression : undefined
}

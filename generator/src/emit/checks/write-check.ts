import type ts from 'typescript'
import { render } from '../layout.js'
import { toLayout } from './expression.js'
import type { Outside } from './outside.js'
import { Scope } from './scope.js'
import { translate } from './translate.js'

/** The source text of the function that checks a schema. */
export function writeCheck(name: string, body: ts.Expression, outside: Outside): string {
  const scope = new Scope()
  const condition = translate(body, { scope, outside, translate })
  const parameter = scope.isUsed('value') && condition.kind !== 'constant' ? 'value: Json' : '_value: Json'
  const layout = toLayout(condition, outside.use)
  return `function ${name}(${parameter}): boolean {\n  return ${render(layout, { indent: 2, column: 9 })}\n}`
}

import type { JsonSchema } from '../../ir.js'
import { render } from '../layout.js'
import { toLayout } from './expression-layout.js'
import type { Outside } from './outside.js'
import { translateSchema } from './translate-schema.js'

/** The source text of the function that checks a schema, behind those that it needs for itself. */
export function writeCheck(name: string, schema: JsonSchema, outside: Outside): string {
  const setting = { outside, owner: name, depth: 0, translate: translateSchema }
  const condition = translateSchema(schema, 'value', setting)
  const parameter = condition.kind === 'constant' ? '_value: Json' : 'value: Json'
  const text = render(toLayout(condition, outside.use), { indent: 2, column: 9 })
  const check = `function ${name}(${parameter}): boolean {\n  return ${text}\n}`
  return [...outside.takeLoops(), check].join('\n\n')
}

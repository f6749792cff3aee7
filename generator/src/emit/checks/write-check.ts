import type { JsonSchema } from '../../ir.js'
import { render } from '../layout.js'
import type { Expression } from './expression.js'
import { toLayout } from './expression-layout.js'
import type { Outside } from './outside.js'
import type { Setting } from './setting.js'
import { translateSchema } from './translate-schema.js'

/**
 * Translates a schema once for each place and each knowledge of it. What a branch evaluates depends on whether it
 * fits, so that branches within branches are asked for again and again: without this, twice as often at each level.
 */
function once(translate: Setting['translate']): Setting['translate'] {
  const known = new Map<JsonSchema, Map<string, Expression>>()
  return (schema, subject, setting) => {
    const { depth, known: given } = setting
    const key = JSON.stringify([subject, depth, given?.subject, given?.type])
    const own = known.get(schema) ?? new Map<string, Expression>()
    known.set(schema, own)
    const expression = own.get(key) ?? translate(schema, subject, setting)
    own.set(key, expression)
    return expression
  }
}

/** The source text of the function that checks a schema, behind those that it needs for itself. */
export function writeCheck(name: string, schema: JsonSchema, outside: Outside): string {
  const setting = { outside, owner: name, depth: 0, translate: once(translateSchema) }
  const condition = setting.translate(schema, 'value', setting)
  const parameter = condition.kind === 'constant' ? '_value: Json' : 'value: Json'
  const text = render(toLayout(condition, outside.use), { indent: 2, column: 9 })
  const check = `function ${name}(${parameter}): boolean {\n  return ${text}\n}`
  return [...outside.takeLoops(), check].join('\n\n')
}

import type { JsonSchema } from '../../ir.js'
import { render } from '../layout.js'
import type { Expression } from './expression.js'
import { toLayout } from './expression-layout.js'
import type { Outside } from './outside.js'
import type { Setting, Translated } from './setting.js'
import { translateSchema } from './translate-schema.js'

/**
 * Translates a schema once for each place and each knowledge of it. What a branch evaluates depends on whether it
 * fits, so that branches within branches are asked for again and again: without this, twice as often at each level.
 */
function once(translate: Setting['translate']): Setting['translate'] {
  const everywhere: Translated = new Map()
  return (schema, subject, given) => {
    const shared = given.shared?.subject === subject ? given.shared : undefined
    const answer = shared?.answers.get(schema)
    if (answer !== undefined) return answer
    const translated = shared?.translated ?? everywhere
    const { depth, known } = given
    const key = JSON.stringify([subject, depth, known?.subject, known?.type])
    const own = translated.get(schema) ?? new Map<string, Expression>()
    translated.set(schema, own)
    const expression = own.get(key) ?? translate(schema, subject, { ...given, shared })
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

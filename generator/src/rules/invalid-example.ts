import type { Problem } from '@wirepact/protocol'
import { explain } from '@wirepact/protocol/validation'
import type { Finding, Path } from '../diagnose/diagnostic.js'
import type { JsonSchema } from '../ir.js'
import { keywordForm } from '../lower/keywords.js'
import type { MessageModel } from '../model/model.js'
import { isRecord } from '../model/part-kind.js'
import { isJson } from './is-json.js'
import type { Rule, RuleContext } from './rule.js'

const code = 'INVALID_EXAMPLE'

/** INVALID_EXAMPLE: examples of messages and of schemas fit what they are examples of. */
export const invalidExample: Rule = (context) => {
  const { model, lowered, lowering } = context
  const messages = model.routes.flatMap((route) => [
    ...route.clientToServer,
    ...route.serverToClient,
    ...route.channels.flatMap((channel) => channel.messages),
  ])
  const isSound = lowering.dangling.length === 0 && lowering.clashes.length === 0
  const $defs = Object.fromEntries([...lowered.definitions].map(([name, { schema }]) => [name, schema]))
  const check: Check = (schema, examples, path) =>
    isSound ? examples.flatMap((value, index) => unfit({ schema, $defs, value }, [...path, `${index}`])) : []
  return [
    ...messages.flatMap((message) => ofMessage(message, context, check)),
    ...[...lowered.definitions.values()].flatMap(({ schema, path }) => ofSchema(schema, path, check)),
  ]
}

type Check = (schema: JsonSchema, examples: readonly unknown[], path: Path) => readonly Finding[]

function ofMessage(message: MessageModel, { lowered }: RuleContext, check: Check): readonly Finding[] {
  const { examples } = message.options
  const path = [...message.path, 'examples']
  if (examples === undefined) return []
  if (!Array.isArray(examples)) return [{ code, message: 'examples is a list.', path }]
  const payload = message.data ?? message.input
  if (payload === null) return [{ code, message: `"${message.name}" carries nothing.`, path }]
  if (payload.content === 'binary') return [{ code, message: 'Bytes have no examples.', path }]
  return check({ $ref: `#/$defs/${lowered.nameOf(payload)}` }, examples, path)
}

/** The examples of a schema and of all that is inside of it. */
function ofSchema(schema: JsonSchema, path: Path, check: Check): readonly Finding[] {
  if (typeof schema === 'boolean') return []
  const own = Array.isArray(schema.examples) ? check(schema, schema.examples, [...path, 'examples']) : []
  const inner = Object.entries(schema).flatMap(([keyword, value]) => {
    const form = keywordForm(keyword)
    if (form === undefined || form === 'value' || form === 'docs' || form === 'own') return []
    const isOne = form === 'schema' || (form === 'items' && !Array.isArray(value))
    const entries = isOne ? [[undefined, value] as const] : Object.entries(isMany(value) ? value : {})
    return entries.flatMap(([step, one]) =>
      ofSchema(one as JsonSchema, [...path, keyword, ...(step === undefined ? [] : [step])], check),
    )
  })
  return [...own, ...inner]
}

function isMany(value: unknown): value is object {
  return isRecord(value) || Array.isArray(value)
}

interface Example {
  readonly schema: JsonSchema
  readonly $defs: Readonly<Record<string, JsonSchema>>
  readonly value: unknown
}

function unfit({ schema, $defs, value }: Example, path: Path): readonly Finding[] {
  if (!isJson(value)) return [{ code, message: 'This example has no form in JSON.', path }]
  const problem = firstProblem({ schema, $defs, value })
  if (problem === undefined) return []
  const where = problem.path === '' ? 'it' : problem.path
  return [{ code, message: `This example does not fit: ${where} ${problem.message}.`, path }]
}

/** A schema that other rules refuse may be one that nothing can be checked by. */
function firstProblem({ schema, $defs, value }: Example): Problem | undefined {
  try {
    return explain(schema, { $defs }, value)[0]
  } catch {
    return undefined
  }
}

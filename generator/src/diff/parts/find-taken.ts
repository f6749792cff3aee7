import { compareTemplates, parseTemplate } from '@wirepact/protocol'
import type { JsonSchema } from '../../ir.js'
import { mapOf, own } from '../schemas/schema-rule.js'
import type { Schemas } from './compare-payload.js'

/** What paths or names belong to. */
interface Templated {
  readonly template: string
  /** The name of its parameters' schema; undefined for any text. */
  readonly params: string | undefined
}

/** Which of the old templates a new one takes texts from: it fits some of theirs, and the server asks it first. */
export function findTaken(
  now: Templated,
  before: readonly Templated[],
  schemas: Schemas['before'],
): string | undefined {
  return before.find((old) => isAskedFirst(now, old) && meets(now, old, schemas))?.template
}

function isAskedFirst(now: Templated, old: Templated): boolean {
  return compareTemplates(parseTemplate(now.template), parseTemplate(old.template)) < 0
}

function isParameter(segment: string): boolean {
  return segment.startsWith('{') && segment.endsWith('}')
}

/** Whether some text belongs to both. Parameters of the old one take what their schemas allow. */
function meets(now: Templated, old: Templated, schemas: Schemas['before']): boolean {
  const meet = ([is, ...are]: readonly string[], [was, ...were]: readonly string[]): boolean => {
    if (is === undefined || was === undefined) return is === was
    if (is.endsWith('*}') || was.endsWith('*}')) return true
    const isSame = is === was || isParameter(is)
    if (!isSame && !(isParameter(was) && mayBe(is, parameterOf(old, was, schemas)))) return false
    return meet(are, were)
  }
  return meet(now.template.split('/'), old.template.split('/'))
}

function parameterOf({ params }: Templated, segment: string, schemas: Schemas['before']): JsonSchema {
  const schema = params === undefined ? undefined : schemas.get(params)?.schema
  const properties = typeof schema === 'object' ? mapOf(schema, 'properties') : {}
  return own(properties, segment.replace(/^\{|\*?\}$/g, '')) ?? true
}

/** Whether a parameter may have this text; what is not looked into may. */
function mayBe(text: string, schema: JsonSchema): boolean {
  if (typeof schema !== 'object') return schema
  const { type, pattern, format } = schema
  if (type === 'integer' || type === 'number') return Number.isFinite(Number(text))
  if (type === 'boolean') return text === 'true' || text === 'false'
  if (format === 'uuid') return /^[\da-f-]{36}$/i.test(text)
  if (Array.isArray(schema.enum)) return schema.enum.map(String).includes(text)
  return typeof pattern !== 'string' || new RegExp(pattern, 'u').test(text)
}

import { compareTemplates, parseTemplate } from '@wirepact/protocol'
import type { JsonSchema, RouteIr } from '../../ir.js'
import { mapOf, own } from '../schemas/schema-rule.js'
import type { Schemas } from './compare-payload.js'

/** The old route whose paths a new one takes: both match some, and the server asks the new one first. */
export function findTaken(
  route: RouteIr,
  before: readonly RouteIr[],
  schemas: Schemas['before'],
): RouteIr | undefined {
  return before.find((old) => isAskedFirst(route, old) && meets(route, old, schemas))
}

function isAskedFirst({ path }: RouteIr, old: RouteIr): boolean {
  return compareTemplates(parseTemplate(path), parseTemplate(old.path)) < 0
}

function isParameter(segment: string): boolean {
  return segment.startsWith('{') && segment.endsWith('}')
}

/** Whether some path belongs to both. Parameters of the old route take what their schemas allow. */
function meets(route: RouteIr, old: RouteIr, schemas: Schemas['before']): boolean {
  const meet = ([is, ...are]: readonly string[], [was, ...were]: readonly string[]): boolean => {
    if (is === undefined || was === undefined) return is === was
    if (is.endsWith('*}') || was.endsWith('*}')) return true
    const isSame = is === was || isParameter(is)
    if (!isSame && !(isParameter(was) && mayBe(is, parameterOf(old, was, schemas)))) return false
    return meet(are, were)
  }
  return meet(route.path.split('/'), old.path.split('/'))
}

function parameterOf(route: RouteIr, segment: string, schemas: Schemas['before']): JsonSchema {
  const schema = route.params ? schemas.get(route.params.schema)?.schema : undefined
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

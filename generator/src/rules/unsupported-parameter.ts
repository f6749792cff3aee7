import type { Finding } from '../diagnose/diagnostic.js'
import { conversionOf, propertiesOf } from '../lower/parameters.js'
import type { Payload } from '../model/model.js'
import { isRecord } from '../model/reader.js'
import type { Rule, RuleContext } from './rule.js'

/** UNSUPPORTED_PARAMETER: what stands in a URL is text, and only some types can be read from text. */
export const unsupportedParameter: Rule = (context) =>
  context.model.routes.flatMap((route) => [
    ...check(route.params, context, 'params'),
    ...check(route.query, context, 'query'),
  ])

function check(
  payload: Payload | null,
  { lowered }: RuleContext,
  what: 'params' | 'query',
): readonly Finding[] {
  if (payload === null || !isRecord(payload.schema)) return []
  const { definitions } = lowered
  if (!definitions.has(lowered.nameOf(payload))) return []
  const properties = propertiesOf({ $ref: `#/$defs/${lowered.nameOf(payload)}` }, definitions)
  const code = 'UNSUPPORTED_PARAMETER'
  if (properties === undefined) {
    return [{ code, message: `${what} is an object schema with named properties.`, path: payload.path }]
  }
  return Object.entries(properties).flatMap(([name, schema]) => {
    const conversion = conversionOf(schema, definitions)
    if (conversion !== undefined && (what === 'query' || !conversion.repeated)) return []
    return [{ code, message: complaint(name, what), path: [...payload.path, 'properties', name] }]
  })
}

function complaint(name: string, what: 'params' | 'query'): string {
  const scalars = 'a string, number, integer, boolean, or a union of literals of one type'
  const allowed = what === 'query' ? `${scalars}, or an array of these` : scalars
  return `"${name}" cannot be read from a URL: a property of ${what} is ${allowed}.`
}

import { parseTemplate } from '@wirepact/protocol'
import type { Finding } from '../diagnose/diagnostic.js'
import type { ObjectPart } from '../lower/lowered.js'
import { conversionOf, propertiesOf } from '../lower/parameters.js'
import type { Payload, RouteModel } from '../model/model.js'
import type { Rule, RuleContext } from './rule.js'

type Kind = 'params' | 'query' | 'headers' | 'cookies'

interface Checked {
  readonly what: Kind
  /** The parameter that takes the rest of the path. */
  readonly rest?: string | undefined
  readonly definitions: RuleContext['lowered']['definitions']
}

/** UNSUPPORTED_PARAMETER: what stands in a URL or a header is text, and only some types can be read from text. */
export const unsupportedParameter: Rule = ({ model, lowered }) => {
  const { definitions } = lowered
  const check = (payload: Payload | null, checked: Omit<Checked, 'definitions'>) =>
    payload === null
      ? []
      : lowered.partsOf(payload).flatMap((part) => checkPart(part, { ...checked, definitions }))
  return model.routes.flatMap((route) => [
    ...check(route.params, { what: 'params', rest: restOf(route) }),
    ...check(route.query, { what: 'query' }),
    ...check(route.headers, { what: 'headers' }),
    ...check(route.cookies, { what: 'cookies' }),
    ...route.channels.flatMap((channel) => check(channel.params, { what: 'params' })),
  ])
}

function restOf({ template }: RouteModel): string | undefined {
  const parsed = parseTemplate(template ?? '')
  return parsed.hasRest ? parsed.names.at(-1) : undefined
}

function checkPart({ path, schema, isBorrowed }: ObjectPart, checked: Checked): readonly Finding[] {
  const { what, rest, definitions } = checked
  if (isBorrowed || !isLowered(schema, definitions)) return []
  const code = 'UNSUPPORTED_PARAMETER'
  const properties = propertiesOf(schema, definitions)
  if (properties === undefined) {
    return [{ code, message: `${what} is an object schema with named properties.`, path }]
  }
  return Object.entries(properties).flatMap(([name, property]) => {
    const conversion = conversionOf(property, definitions)
    const at = [...path, 'properties', name]
    if (name === rest && conversion !== undefined && conversion.to !== 'string') {
      const message = `"${name}" takes the rest of the path, which is a string.`
      return [{ code, message, path: at, suggestion: 'param.rest()' }]
    }
    if (conversion !== undefined && (what === 'query' || !conversion.repeated)) return []
    return [{ code, message: complaint(name, what), path: at }]
  })
}

function isLowered(schema: ObjectPart['schema'], definitions: Checked['definitions']): boolean {
  const ref = typeof schema === 'boolean' ? undefined : schema.$ref
  return typeof ref !== 'string' || definitions.has(ref.replace('#/$defs/', ''))
}

const places: Readonly<Record<Kind, string>> = {
  params: 'a URL',
  query: 'a URL',
  headers: 'a header',
  cookies: 'a cookie',
}

function complaint(name: string, what: Kind): string {
  const scalars = 'a string, number, integer, boolean, or a union of literals of one type'
  const allowed = what === 'query' ? `${scalars}, or an array of these` : scalars
  return `"${name}" cannot be read from ${places[what]}: a property of ${what} is ${allowed}.`
}

import type { JsonSchema, ParametersIr, RouteIr } from '../ir.js'
import { routeFacts } from './facts.js'
import type { Schemas } from './frames.js'
import { type Json, schemaRef } from './json.js'
import { messagesOf } from './messages.js'
import { toDraft07 } from './to-draft-07.js'

/** A route as a channel of AsyncAPI: an address, what goes over it, and the query and headers of its handshake. */
export function toChannel(route: RouteIr, schemas: Schemas): Json {
  return {
    address: route.path.replaceAll('*}', '}'),
    title: route.name,
    ...(route.description !== undefined && { description: route.description }),
    ...(route.params !== null && { parameters: parametersOf(route.params, route.path, schemas) }),
    messages: Object.fromEntries(messagesOf(route, schemas)),
    bindings: { ws: bindingOf(route, schemas) },
    ...routeFacts(route),
  }
}

/** Parameters are strings in AsyncAPI; what they are converted to stands beside. */
function parametersOf({ schema, convert }: ParametersIr, path: string, schemas: Schemas): Json {
  const properties = propertiesOf(schema, schemas)
  return Object.fromEntries(
    convert.map(({ name }) => [name, toParameter(properties[name] ?? true, path.includes(`{${name}*}`))]),
  )
}

function toParameter(schema: JsonSchema, isRest: boolean): Json {
  const facts = typeof schema === 'object' ? schema : {}
  const values = Array.isArray(facts.enum) ? facts.enum.map(String) : undefined
  const examples = Array.isArray(facts.examples) ? facts.examples.map(String) : undefined
  return {
    ...(typeof facts.description === 'string' && { description: facts.description }),
    ...(values !== undefined && { enum: values }),
    ...(facts.default !== undefined && { default: String(facts.default) }),
    ...(examples !== undefined && { examples }),
    'x-wirepact-schema': toDraft07(schema),
    ...(isRest && { 'x-wirepact-rest': true }),
  }
}

function bindingOf({ query, headers }: RouteIr, schemas: Schemas): Json {
  return {
    method: 'GET',
    ...(query !== null && { query: objectOf(query, schemas) }),
    ...(headers !== undefined && { headers: objectOf(headers, schemas) }),
    bindingVersion: '0.1.0',
  }
}

/** The binding wants an object schema with its properties in place. */
function objectOf({ schema }: ParametersIr, schemas: Schemas): JsonSchema {
  const body = toDraft07(schemas.get(schema)?.schema ?? true)
  const isObject = typeof body === 'object' && body.type === 'object'
  return isObject
    ? { ...body, properties: body.properties ?? {} }
    : { type: 'object', properties: {}, allOf: [schemaRef(schema)] }
}

function propertiesOf(name: string, schemas: Schemas): Readonly<Record<string, JsonSchema>> {
  const schema = schemas.get(name)?.schema
  return typeof schema === 'object' ? ((schema.properties ?? {}) as Record<string, JsonSchema>) : {}
}

import type { ApiIr, SchemaIr } from '../ir.js'
import { toChannel } from './channels.js'
import { docsFacts, protocolFacts } from './facts.js'
import { type Json, toKey } from './json.js'
import { operationsOf, type Perspective } from './operations.js'
import { toDraft07 } from './to-draft-07.js'

export interface AsyncApiOptions {
  /** Default: the server's. */
  readonly perspective?: Perspective
}

/**
 * An API as a document of AsyncAPI 3.1.0, as JSON text. A route is a channel, a message is an operation with the
 * frame that goes over the wire as its payload; what AsyncAPI has no words for stands under `x-wirepact-*`. The same
 * API gives the same bytes.
 */
export function emitAsyncApi(api: ApiIr, { perspective = 'server' }: AsyncApiOptions = {}): string {
  return `${JSON.stringify(toDocument(api, perspective), null, 2)}\n`
}

function toDocument(api: ApiIr, perspective: Perspective): Json {
  const schemas = new Map(api.schemas.map((schema) => [schema.name, schema]))
  const channels = Object.fromEntries(
    api.routes.map((route) => [toKey(route.name), toChannel(route, schemas)]),
  )
  return {
    asyncapi: '3.1.0',
    info: {
      title: api.title,
      version: api.version,
      ...(api.description !== undefined && { description: api.description }),
      'x-wirepact-contract': api.contract,
      ...docsFacts(api),
    },
    defaultContentType: 'application/json',
    channels,
    operations: Object.fromEntries(api.routes.flatMap((route) => operationsOf(route, perspective))),
    components: { schemas: componentsOf(api.schemas, channels) },
    ...protocolFacts(),
  }
}

/** The named schemas that something on the wire refers to, sorted. Recursive ones have their place here. */
function componentsOf(schemas: readonly SchemaIr[], channels: Json): Json {
  const components = new Map(schemas.map((schema) => [toKey(schema.name), toComponent(schema)]))
  const used = new Set(refsIn(channels))
  for (const key of used) {
    for (const inner of refsIn(components.get(key))) used.add(inner)
  }
  const sorted = [...components].filter(([key]) => used.has(key)).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(sorted)
}

/** The keys of the components that a part of the document refers to. */
function refsIn(part: unknown): readonly string[] {
  if (typeof part !== 'object' || part === null) return []
  const prefix = '#/components/schemas/'
  return Object.entries(part).flatMap(([key, inner]) => {
    if (key === '$ref' && typeof inner === 'string' && inner.startsWith(prefix)) {
      return [inner.slice(prefix.length)]
    }
    return refsIn(inner)
  })
}

function toComponent({ schema, content, maxBytes, mediaType }: SchemaIr): unknown {
  // AsyncAPI takes objects alone where JSON Schema takes `true` and `false` as well.
  if (schema === true && content !== 'binary') return {}
  if (schema === false) return { not: {} }
  if (content !== 'binary') return toDraft07(schema)
  const facts = { ...(maxBytes !== undefined && { maxBytes }), ...(mediaType !== undefined && { mediaType }) }
  return { type: 'string', format: 'binary', 'x-wirepact-binary': facts }
}

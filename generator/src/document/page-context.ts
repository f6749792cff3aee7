import type { ApiIr, JsonSchema, SchemaIr } from '../ir.js'

/** What every part of the page is made from. */
export interface PageContext {
  readonly api: ApiIr
  readonly schemas: ReadonlyMap<string, SchemaIr>
  /** Where each schema is used, by its name: the titles and anchors of the parts. */
  readonly uses: ReadonlyMap<string, readonly Use[]>
}

export interface Use {
  readonly title: string
  readonly anchor: string
}

export function createContext(api: ApiIr): PageContext {
  const schemas = new Map(api.schemas.map((schema) => [schema.name, schema]))
  return { api, schemas: withoutState(api, schemas), uses: usesOf(api) }
}

/** The schemas without those that only the server's own state is made of, which are nobody's business. */
function withoutState(api: ApiIr, schemas: PageContext['schemas']): PageContext['schemas'] {
  const states = api.routes.flatMap(({ state }) => (state === undefined ? [] : [state]))
  if (states.length === 0) return schemas
  const { routes } = api
  const text = JSON.stringify(routes.map(({ state: _, ...route }) => route))
  const reached = new Set([...schemas.keys()].filter((name) => text.includes(JSON.stringify(name))))
  for (const name of reached) {
    for (const inner of refsIn(schemas.get(name)?.schema)) reached.add(inner)
  }
  return new Map([...schemas].filter(([name]) => reached.has(name)))
}

function refsIn(schema: JsonSchema | undefined): readonly string[] {
  return [...JSON.stringify(schema ?? true).matchAll(/"\$ref":"#\/\$defs\/([^"]+)"/g)].map(
    (match) => match[1] ?? '',
  )
}

/** The anchor of a part of the page. */
export function anchorOf(...names: readonly string[]): string {
  return names.map(encodeURIComponent).join('.')
}

function usesOf(api: ApiIr): ReadonlyMap<string, readonly Use[]> {
  const uses = new Map<string, Use[]>()
  const add = (name: string | null | undefined, use: Use) => {
    if (typeof name === 'string') uses.set(name, [...(uses.get(name) ?? []), use])
  }
  for (const route of api.routes) {
    for (const message of [...route.clientToServer, ...route.serverToClient]) {
      const use = { title: `${route.name}.${message.name}`, anchor: anchorOf(route.name, message.name) }
      const [there, back] =
        message.kind === 'event'
          ? [message.data, null]
          : [message.input, message.kind === 'request' ? message.output : message.item]
      for (const name of new Set([there, back])) add(name, use)
    }
    for (const channel of route.channels) {
      const use = {
        title: `${route.name}.${channel.key}`,
        anchor: anchorOf(route.name, channel.key, 'channel'),
      }
      for (const name of new Set([...channel.messages.map(({ data }) => data), channel.presence]))
        add(name, use)
    }
  }
  return uses
}

import type { ChannelIr, JsonSchema, MessageIr, RouteIr, SchemaIr } from '../ir.js'
import { canonicalJson, sha256, withoutDocs } from './canonical.js'

/**
 * The hash of all that goes over the wire, as 16 hexadecimal digits. The names of types, the order in which
 * things are written and everything that is for people only make no difference to it.
 */
export function contractOf(routes: readonly RouteIr[], schemas: readonly SchemaIr[]): string {
  const numbering = new Numbering(new Map(schemas.map(({ name, schema }) => [name, schema])))
  const wire = [...routes].sort(byKey((route) => route.path)).map((route) => wireRoute(route, numbering))
  return sha256(canonicalJson({ routes: wire, schemas: numbering.schemas })).slice(0, 16)
}

/** Gives schemas numbers in the order in which the contract comes to them, in the place of their names. */
class Numbering {
  readonly schemas: unknown[] = []
  readonly #numbers = new Map<string, number>()
  readonly #definitions: ReadonlyMap<string, JsonSchema>

  constructor(definitions: ReadonlyMap<string, JsonSchema>) {
    this.#definitions = definitions
  }

  of(name: string | null): number | null {
    if (name === null) return null
    const known = this.#numbers.get(name)
    if (known !== undefined) return known
    const number = this.schemas.push(null) - 1
    this.#numbers.set(name, number)
    const plain: unknown = JSON.parse(canonicalJson(withoutDocs(this.#definitions.get(name) ?? true)))
    this.schemas[number] = this.#renumber(plain)
    return number
  }

  #renumber(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((inner) => this.#renumber(inner))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.#reference(key, inner)]))
  }

  #reference(key: string, inner: unknown): unknown {
    const name =
      key === '$ref' && typeof inner === 'string' ? /^#\/\$defs\/(.+)$/.exec(inner)?.[1] : undefined
    return name === undefined ? this.#renumber(inner) : this.of(name)
  }
}

function wireRoute(route: RouteIr, numbering: Numbering): unknown {
  return {
    path: route.path,
    params: numbering.of(route.params?.schema ?? null),
    query: numbering.of(route.query?.schema ?? null),
    receives: sortedBy(route.clientToServer, 'name').map((message) => wireMessage(message, numbering)),
    sends: sortedBy(route.serverToClient, 'name').map((message) => wireMessage(message, numbering)),
    channels: [...route.channels]
      .sort(byKey((channel) => channel.name))
      .map((one) => wireChannel(one, numbering)),
  }
}

function wireMessage(message: MessageIr, numbering: Numbering): unknown {
  if (message.kind === 'event') return { name: message.name, data: numbering.of(message.data) }
  const errors = sortedBy(message.errors, 'code').map(({ code, data }) => ({
    code,
    data: numbering.of(data),
  }))
  return {
    name: message.name,
    input: numbering.of(message.input),
    output: numbering.of(message.output),
    errors,
  }
}

function wireChannel(channel: ChannelIr, numbering: Numbering): unknown {
  const messages = sortedBy(channel.messages, 'name').map((message) => wireMessage(message, numbering))
  return { name: channel.name, join: channel.join, messages, presence: numbering.of(channel.presence) }
}

function sortedBy<Key extends string, Item extends Readonly<Record<Key, string>>>(
  items: readonly Item[],
  key: Key,
) {
  return [...items].sort(byKey((item) => item[key]))
}

/** Compares by code units, so that the order is the same everywhere. */
export function byKey<Item>(key: (item: Item) => string): (a: Item, b: Item) => number {
  return (a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0)
}

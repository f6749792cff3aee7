import type { ChannelIr, MessageIr, RouteIr, SchemaIr } from '../ir.js'
import { canonicalJson, sha256, withoutDocs } from './canonical.js'

/**
 * The hash of all that goes over the wire, as 16 hexadecimal digits. The names of types, the order in which
 * things are written and everything that is for people only make no difference to it.
 */
export function contractOf(routes: readonly RouteIr[], schemas: readonly SchemaIr[]): string {
  const numbering = new Numbering(new Map(schemas.map((schema) => [schema.name, schema])))
  const wire = [...routes].sort(byKey((route) => route.path)).map((route) => wireRoute(route, numbering))
  return sha256(canonicalJson({ routes: wire, schemas: numbering.schemas })).slice(0, 16)
}

/** Gives schemas numbers in the order in which the contract comes to them, in the place of their names. */
class Numbering {
  readonly schemas: unknown[] = []
  readonly #numbers = new Map<string, number>()
  readonly #definitions: ReadonlyMap<string, SchemaIr>

  constructor(definitions: ReadonlyMap<string, SchemaIr>) {
    this.#definitions = definitions
  }

  of(name: string | null): number | null {
    if (name === null) return null
    const known = this.#numbers.get(name)
    if (known !== undefined) return known
    const number = this.schemas.push(null) - 1
    this.#numbers.set(name, number)
    const { schema = true, content, maxBytes } = this.#definitions.get(name) ?? {}
    const plain = this.#renumber(JSON.parse(canonicalJson(withoutDocs(schema))))
    const bytes = maxBytes === undefined ? {} : { maxBytes }
    this.schemas[number] = content === undefined ? plain : { content, ...bytes, schema: plain }
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
    ...(route.headers && { headers: numbering.of(route.headers.schema) }),
    ...(route.cookies && { cookies: numbering.of(route.cookies.schema) }),
    ...(route.subprotocols && { subprotocols: [...route.subprotocols].sort() }),
    ...(route.wire && { wire: route.wire, discriminator: route.discriminator ?? null }),
    receives: sortedBy(route.clientToServer, 'name').map((message) => wireMessage(message, numbering)),
    sends: sortedBy(route.serverToClient, 'name').map((message) => wireMessage(message, numbering)),
    channels: [...route.channels]
      .sort(byKey((channel) => channel.name))
      .map((one) => wireChannel(one, numbering)),
  }
}

/** Events and requests are told apart by their members; a stream has an item where a request has an output. */
function wireMessage(message: MessageIr, numbering: Numbering): unknown {
  const { name } = message
  if (message.kind === 'event') {
    return {
      name,
      data: numbering.of(message.data),
      ...(message.delivery && { delivery: message.delivery }),
    }
  }
  const errors = sortedBy(message.errors, 'code').map(({ code, data }) => ({
    code,
    data: numbering.of(data),
  }))
  const input = numbering.of(message.input)
  if (message.kind === 'stream') return { name, input, item: numbering.of(message.item), errors }
  return { name, input, output: numbering.of(message.output), errors }
}

function wireChannel(channel: ChannelIr, numbering: Numbering): unknown {
  const messages = sortedBy(channel.messages, 'name').map((message) => wireMessage(message, numbering))
  return {
    name: channel.name,
    join: channel.join,
    messages,
    presence: numbering.of(channel.presence),
    ...(channel.latest && { latest: true }),
    ...wireRoster(channel),
    ...(channel.paramTypes && { params: numbering.of(channel.paramTypes.schema) }),
  }
}

/** How members are told of each other. How long one is waited for is seen by nobody. */
function wireRoster({ roster }: ChannelIr): object {
  const { by, show } = roster ?? {}
  return by === undefined && show === undefined ? {} : { roster: { by, show } }
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

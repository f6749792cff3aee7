import type { Life } from './servers.js'

/** A collection, and where in the code it is. */
export type Held = readonly [site: string, collection: ReadonlySet<unknown> | readonly unknown[]]

interface Audited {
  /** What clients keep, inside. */
  readonly residents: readonly { readonly name: string; readonly held: readonly Held[] }[]
  readonly servers: { readonly lives: readonly Life[] }
}

/** What is the world's own. */
const skipped = new Set([
  'engine',
  '$engine',
  '$store',
  'environment',
  'logger',
  'clock',
  'random',
  'transport',
  '$host',
])

/**
 * How many entries every map, set and list holds that can be reached from what the world holds, by the path to it. The
 * private parts of the packages are open to it: `loadWorld` sees to that.
 */
function count(root: unknown): Map<string, number> {
  const counts = new Map<string, number>()
  const seen = new Set<unknown>()
  const visit = (value: unknown, path: string) => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return
    seen.add(value)
    const size = sizeOf(value)
    if (size !== undefined) counts.set(path, (counts.get(path) ?? 0) + size)
    for (const [name, part] of partsOf(value)) if (!skipped.has(name)) visit(part, `${path}.${name}`)
  }
  visit(root, '')
  return counts
}

function sizeOf(value: object): number | undefined {
  if (value instanceof Map || value instanceof Set) return value.size
  return Array.isArray(value) ? value.length : undefined
}

function partsOf(value: object): readonly (readonly [string, unknown])[] {
  if (value instanceof Map) return [...value.values()].map((part) => ['*', part])
  if (value instanceof Set || Array.isArray(value)) return [...value].map((part) => ['*', part])
  const own = Object.entries(Object.getOwnPropertyDescriptors(value))
  return own.map(([name, { value: part }]) => [name, part])
}

/** Channels stay known to the client that has asked for them. */
const staying = /^channels\.js/

function countHeld(held: readonly Held[]): Map<string, number> {
  const sizes = held.map(
    ([site, collection], index) => [`${site} (${index})`, sizeOf(collection) ?? 0] as const,
  )
  return new Map(sizes.filter(([site]) => !staying.test(site)))
}

let fresh: Readonly<Record<'client' | 'server', ReadonlyMap<string, number>>> | undefined

/** Notes, once, what a client that is connecting for the first time holds, and a server that nobody has connected to. */
export async function noteFresh(createTown: () => Audited): Promise<void> {
  if (fresh !== undefined) return
  const { residents, servers } = createTown()
  await new Promise((resolve) => setImmediate(resolve))
  fresh = { client: countHeld(residents[0]?.held ?? []), server: count(servers.lives[0]?.server) }
}

/** What is left in clients that are closed and in servers that everybody has left. */
export function audit({ residents, servers }: Audited): string[] {
  const clients = residents.flatMap(({ held, name }) => compare(name, countHeld(held), fresh?.client))
  const lives = servers.lives.flatMap(({ server }) => compare('a server', count(server), fresh?.server))
  return [...clients, ...lives]
}

function compare(
  who: string,
  counts: ReadonlyMap<string, number>,
  before: ReadonlyMap<string, number> | undefined,
): string[] {
  return [...counts]
    .filter(([path, size]) => size > (before?.get(path) ?? 0))
    .map(([path, size]) => `${who} keeps ${size} in ${path}`)
}

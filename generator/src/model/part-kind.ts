import type { PartKind } from './model.js'

export function isRecord(value: unknown): value is Readonly<Record<string | symbol, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Every kind of part in words, and what builds it. */
const kinds: Readonly<Record<PartKind, readonly [noun: string, builder: string]>> = {
  api: ['an api', 'defineApi()'],
  router: ['a router', 'router()'],
  route: ['a route', 'route()'],
  channel: ['a channel', 'channel()'],
  event: ['an event', 'event()'],
  request: ['a request', 'request()'],
  stream: ['a stream', 'stream()'],
  binary: ['bytes', 'binary()'],
  text: ['text', 'text()'],
  presence: ['presence', 'presence()'],
}

/** What kind of part a value is; undefined when no builder of the schema language made it. */
export function partKind(value: unknown): PartKind | undefined {
  const kind = isRecord(value) && !('type' in value) ? value.kind : undefined
  return typeof kind === 'string' && Object.hasOwn(kinds, kind) ? (kind as PartKind) : undefined
}

/** Kinds in words: `an event or a request, built by event() or request()`. */
export function describeKinds(given: readonly PartKind[]): string {
  const nouns = given.map((kind) => kinds[kind][0])
  const builders = given.map((kind) => kinds[kind][1])
  return `${either(nouns)}, built by ${either(builders)}`
}

/** `a, b or c`. */
export function either(words: readonly string[]): string {
  const last = words.at(-1) ?? ''
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`
}

/** What a value is, in words, without showing it. */
export function describe(value: unknown): string {
  if (value === null) return 'null'
  if (value === undefined) return 'undefined'
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'object') return 'a plain object'
  return `a ${typeof value}`
}

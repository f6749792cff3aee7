import { type CallSite, SITE } from '@wirepact/schema'
import type { Finding, Path } from '../diagnose/diagnostic.js'
import type { Options, Part, PartKind, Payload } from './model.js'

export function isRecord(value: unknown): value is Readonly<Record<string | symbol, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const kinds: readonly string[] = ['api', 'route', 'channel', 'event', 'request'] satisfies PartKind[]

/** What kind of part a value is; undefined when no builder of the schema language made it. */
export function partKind(value: unknown): PartKind | undefined {
  const kind = isRecord(value) && !('type' in value) ? value.kind : undefined
  return typeof kind === 'string' && kinds.includes(kind) ? (kind as PartKind) : undefined
}

/** Where a part is due. */
export interface Expected {
  readonly path: Path
  /** The kinds that are right here. */
  readonly kinds: readonly PartKind[]
}

/** Takes parts and payloads out of what a schema file built, and remembers all that it came across. */
export class Reader {
  readonly parts: Part[] = []
  readonly payloads: Payload[] = []
  readonly sites = new Map<string, CallSite>()
  readonly findings: Finding[] = []

  /** The part, noted with its call site; undefined, with a finding, when it is none that is right here. */
  part(value: unknown, { path, kinds }: Expected): Part | undefined {
    const kind = partKind(value)
    if (kind === undefined || !kinds.includes(kind)) {
      this.findings.push(wrongPart(value, { path, kinds }))
      return undefined
    }
    return this.note({ kind, name: path.at(-1) ?? '', path, options: value as Options })
  }

  note<Noted extends Part>(part: Noted): Noted {
    const site = (part.options as Readonly<Record<symbol, unknown>>)[SITE]
    if (isRecord(site)) this.sites.set(part.path.join('.'), site as unknown as CallSite)
    this.parts.push(part)
    return part
  }

  /** The entries of a record of parts; none, with a finding, when it is something else. */
  entries(value: unknown, path: Path): readonly (readonly [name: string, value: unknown, path: Path])[] {
    if (value === undefined) return []
    if (!isRecord(value)) {
      this.findings.push({
        code: 'WRONG_VALUE',
        message: `${path.at(-1)} is an object of named parts.`,
        path,
      })
      return []
    }
    if (hasOwnPrototype(value)) this.findings.push(prototypeKey(path))
    return Object.entries(value).map(([name, entry]) => [name, entry, [...path, name]] as const)
  }

  payload(schema: unknown, payload: Omit<Payload, 'schema'>): Payload | null {
    if (schema === undefined) return null
    const made = { ...payload, schema }
    this.payloads.push(made)
    return made
  }
}

/** Whether a `__proto__` in the literal replaced the object's prototype and so vanished from its keys. */
function hasOwnPrototype(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return isRecord(prototype) && 'kind' in prototype
}

function prototypeKey(path: Path): Finding {
  return { code: 'RESERVED_NAME', message: '__proto__ cannot be the name of anything.', path }
}

const articles: Readonly<Record<PartKind, string>> = {
  api: 'an api, built by defineApi()',
  route: 'a route, built by route()',
  channel: 'a channel, built by channel()',
  event: 'an event, built by event()',
  request: 'a request, built by request()',
}

function wrongPart(value: unknown, { path, kinds }: Expected): Finding {
  const due = kinds.map((kind) => articles[kind]).join(' or ')
  const kind = partKind(value)
  const found = kind === undefined ? `${describe(value)}` : articles[kind]
  const suggestion = kind === undefined && isRecord(value) ? `${kinds[0]}({ ... })` : undefined
  const message = `${path.join('.')} should be ${due}; it is ${found}.`
  return { code: 'WRONG_PART', message, path, ...(suggestion !== undefined && { suggestion }) }
}

/** What a value is, in words, without showing it. */
export function describe(value: unknown): string {
  if (value === null) return 'null'
  if (value === undefined) return 'undefined'
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'object') return 'a plain object'
  return `a ${typeof value}`
}

import { type CallSite, SITE } from '@wirepact/schema'
import type { Finding, Path } from '../diagnose/diagnostic.js'
import type { Options, Part, PartKind, Payload, RouterModel, Source } from './model.js'
import { describe, describeKinds, isRecord, partKind } from './part-kind.js'

export { isRecord } from './part-kind.js'

/** Where a part is due. */
export interface Expected {
  readonly path: Path
  /** The kinds that are right here. */
  readonly kinds: readonly PartKind[]
}

/** Says of a schema why nothing can look into it; undefined where it can. */
export type Refuse = (source: Source) => Finding | undefined

/** Takes parts and payloads out of what a schema file built, and remembers all that it came across. */
export class Reader {
  readonly parts: Part[] = []
  readonly routers: RouterModel[] = []
  readonly sources: Source[] = []
  readonly payloads: Payload[] = []
  readonly sites = new Map<string, CallSite>()
  readonly findings: Finding[] = []
  readonly #refuse: Refuse

  constructor(refuse: Refuse) {
    this.#refuse = refuse
  }

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

  /** A schema that is no type by itself. */
  source(schema: unknown, path: Path): Source | null {
    if (schema === undefined) return null
    const refusal = this.#refuse({ schema, path })
    if (refusal !== undefined) this.findings.push(refusal)
    // One that cannot be looked into allows anything, so that everything else is looked into.
    const source = { schema: refusal === undefined ? schema : true, path }
    this.sources.push(source)
    return source
  }

  payload(schema: unknown, place: Omit<Payload, 'schema'>): Payload | null {
    const source = this.source(schema, place.path)
    return source === null ? null : this.#add({ ...place, ...source })
  }

  /** The object that several sources make together, all of them noted before. */
  merged(sources: readonly (Source | null)[], place: Omit<Payload, 'schema'>): Payload | null {
    const parts = sources.filter((source) => source !== null)
    const [first, second] = parts
    if (first === undefined) return null
    return this.#add(second === undefined ? { ...place, ...first } : { ...place, schema: true, parts })
  }

  /** A payload that may be bytes or text as a whole. */
  whole(value: unknown, place: Omit<Payload, 'schema'>, isBare: boolean): Payload | null {
    const kind = partKind(value)
    if (kind !== 'binary' && kind !== 'text') return this.payload(value, place)
    const { options } = this.note({ kind, name: '', path: place.path, options: value as Options })
    if (kind === 'binary') return this.#add({ ...place, schema: true, content: 'binary', options })
    const { description, minLength, maxLength, pattern } = options
    const schema = { type: 'string', description, minLength, maxLength, pattern }
    return this.payload(schema, { ...place, ...(isBare && { content: 'text' as const }) })
  }

  #add(payload: Payload): Payload {
    this.payloads.push(payload)
    return payload
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

function wrongPart(value: unknown, { path, kinds }: Expected): Finding {
  const kind = partKind(value)
  const found = kind === undefined ? describe(value) : describeKinds([kind])
  const suggestion = kind === undefined && isRecord(value) ? `${kinds[0]}({ ... })` : undefined
  const message = `${path.join('.')} should be ${describeKinds(kinds)}; it is ${found}.`
  return { code: 'WRONG_PART', message, path, ...(suggestion !== undefined && { suggestion }) }
}

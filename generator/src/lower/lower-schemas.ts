import type { Finding, Path } from '../diagnose/diagnostic.js'
import type { JsonSchema } from '../ir.js'
import type { Payload, SourcePart } from '../model/model.js'
import { isRecord } from '../model/part-kind.js'
import { idToTypeName, toPascal } from '../model/type-name.js'
import { canonicalJson, withoutDocs } from './canonical.js'
import { keywordForm } from './keywords.js'
import { isDocument, lowerDocument } from './lower-document.js'
import type { ObjectPart } from './lowered.js'
import { mergeObjects, pick } from './merge-objects.js'
import { type Definition, follow } from './parameters.js'
import { opensScope, type RawSchema, resolveRef, type Scope, type Target } from './scope.js'

/** Two schemas that want the same type name and are not the same. */
export interface NameClash {
  readonly name: string
  readonly path: Path
  readonly first: Path
}

/** A reference that leads nowhere. */
export interface DanglingRef {
  readonly ref: string
  readonly path: Path
  readonly scope: Scope
}

interface Place {
  readonly path: Path
  readonly scope: Scope
  /** The start of names for parts of a schema that are referred to and have none. */
  readonly owner: string
}

/**
 * Turns the payloads of an API into plain JSON Schemas in one namespace. Anything that has no plain form is left
 * out here: the rules report it, and what comes out is only used when they found nothing.
 */
export class SchemaLowering {
  readonly definitions = new Map<string, Definition>()
  readonly clashes: NameClash[] = []
  readonly dangling: DanglingRef[] = []
  /** What is wrong with documents of other dialects. */
  readonly findings: Finding[] = []
  /** Of the payloads that are put together, what they were put together of. */
  readonly parts = new Map<Payload, readonly ObjectPart[]>()
  readonly #ids: ReadonlyMap<string, Target>
  readonly #names = new Map<object, string>()
  #unnamed = 0

  constructor(ids: ReadonlyMap<string, Target>) {
    this.#ids = ids
  }

  /** The name under which the payload's schema is defined. */
  lower(payload: Payload): string {
    const { schema, typeName, path } = payload
    const place = { path, scope: [], owner: typeName }
    if (payload.parts !== undefined) return this.#merge(payload, payload.parts)
    if (payload.content !== undefined) return this.#defineContent(payload, place)
    if (!isRecord(schema)) return this.#define(typeName, schema, place)
    const alias = isAlias(schema) ? resolveRef(schema.$ref, enter(schema, place), this.#ids) : undefined
    if (alias !== undefined) return this.#defineTarget(alias, typeName)
    return this.#define(ownName(schema) ?? typeName, schema, place)
  }

  #define(name: string, schema: unknown, place: Place): string {
    const known = isRecord(schema) ? this.#names.get(schema) : undefined
    // A payload without a name of its own is a type of its own wherever it is used.
    if (known !== undefined && (known === name || ownName(schema) !== undefined)) return known
    const taken = this.definitions.get(name)
    if (isRecord(schema)) this.#names.set(schema, name)
    if (taken === undefined) this.definitions.set(name, { path: place.path, schema: true })
    const isOwn = isRecord(schema) && isDocument(schema)
    const body = isOwn ? this.#document(name, schema, place.path) : this.#body(schema, place)
    if (taken === undefined) this.definitions.set(name, { path: place.path, schema: body })
    else if (taken.content !== undefined || !isSame(taken.schema, body)) {
      this.clashes.push({ name, path: place.path, first: taken.path })
    }
    return name
  }

  /** A document of another dialect, or with addresses of its own; what it defines becomes definitions of the API. */
  #document(name: string, document: RawSchema, path: Path): JsonSchema {
    const lower = (taken: Iterable<string>) => lowerDocument(document, { path, name, taken, ids: this.#ids })
    const first = lower([])
    if (!first.ok) {
      this.findings.push(...first.findings)
      return true
    }
    const others = [...first.definitions].filter(([inner]) => inner !== name)
    const isFree = others.every(([inner, schema]) => {
      const known = this.definitions.get(inner)
      return known === undefined || isSame(known.schema, schema)
    })
    const result = isFree ? first : lower(this.definitions.keys())
    if (!result.ok) return true
    for (const [inner, schema] of result.definitions) {
      if (inner !== name && !this.definitions.has(inner)) this.definitions.set(inner, { path, schema })
    }
    return result.definitions.get(name) ?? result.schema
  }

  /** Bytes or text as a whole message: a type of its own for every payload. */
  #defineContent({ content, options = {}, typeName, schema }: Payload, place: Place): string {
    const { description, maxBytes, mediaType } = options
    const definition = {
      path: place.path,
      schema: this.#body(schema, place),
      ...(content !== undefined && { content }),
      ...(typeof description === 'string' && { description }),
      ...(typeof maxBytes === 'number' && { maxBytes }),
      ...(typeof mediaType === 'string' && { mediaType }),
    }
    const taken = this.definitions.get(typeName)
    if (taken === undefined) this.definitions.set(typeName, definition)
    else this.clashes.push({ name: typeName, path: place.path, first: taken.path })
    return typeName
  }

  /** One object with the properties of several. */
  #merge(payload: Payload, sources: readonly SourcePart[]): string {
    const { typeName, path } = payload
    const parts = sources.map(({ schema, path, only }) => {
      const body = follow(this.#body(schema, { path, scope: [], owner: typeName }), this.definitions)
      return { path, isBorrowed: only !== undefined, schema: only === undefined ? body : pick(body, only) }
    })
    this.parts.set(payload, parts)
    const taken = this.definitions.get(typeName)
    if (taken === undefined)
      this.definitions.set(typeName, { path, schema: mergeObjects(parts.map((part) => part.schema)) })
    else this.clashes.push({ name: typeName, path, first: taken.path })
    return typeName
  }

  #defineTarget(target: Target, owner: string): string {
    const known = this.#names.get(target.schema)
    if (known !== undefined) return known
    const name = ownName(target.schema) ?? (toPascal(target.name) || `${owner}${++this.#unnamed}`)
    return this.#define(name, target.schema, { ...target, owner })
  }

  /** A schema inside of another: one with a name of its own becomes a reference to it. */
  #inner(schema: unknown, place: Place): JsonSchema {
    const isNameless = ownName(schema) === undefined && isRecord(schema) && isDocument(schema)
    const name = isNameless ? `${place.owner}${++this.#unnamed}` : ownName(schema)
    return name === undefined ? this.#body(schema, place) : refTo(this.#define(name, schema, place))
  }

  #body(schema: unknown, place: Place): JsonSchema {
    if (typeof schema === 'boolean') return schema
    if (!isRecord(schema)) return {}
    const inside = { ...place, scope: enter(schema, place) }
    const body: Record<string, unknown> = {}
    for (const keyword of Object.keys(schema)) {
      const value = schema[keyword]
      if (value !== undefined) this.#keyword(body, [keyword, value], inside)
    }
    if (schema['~readonly'] === true) body.readOnly = true
    return toPrefixItems(body, schema)
  }

  #keyword(body: Record<string, unknown>, [keyword, value]: readonly [string, unknown], place: Place): void {
    const form = keywordForm(keyword)
    const at = (...steps: string[]) => ({ ...place, path: [...place.path, keyword, ...steps] })
    if (keyword === '$ref' && typeof value === 'string') this.#ref(body, value, at())
    else if (keyword === 'pattern' && value instanceof RegExp) body.pattern = value.source
    else if (form === 'value' || form === 'docs') body[keyword] = value
    else if (form === 'list' || (form === 'items' && Array.isArray(value))) {
      if (!Array.isArray(value)) return
      body[keyword] = value.map((inner, index) => this.#inner(inner, at(String(index))))
    } else if (form === 'schema' || form === 'items') body[keyword] = this.#inner(value, at())
    else if (form === 'map' && isRecord(value)) {
      const entries = Object.entries(value).map(([name, inner]) => [name, this.#inner(inner, at(name))])
      body[keyword] = Object.fromEntries(entries)
    }
  }

  #ref(body: Record<string, unknown>, ref: string, place: Place): void {
    const target = this.#resolve(ref, place)
    if (target !== undefined) body.$ref = refTo(this.#defineTarget(target, place.owner)).$ref
  }

  #resolve(ref: string, place: Place): Target | undefined {
    const target = resolveRef(ref, place.scope, this.#ids)
    if (target === undefined) this.dangling.push({ ref, path: place.path, scope: place.scope })
    return target
  }
}

function enter(schema: RawSchema, { scope, path }: Pick<Place, 'scope' | 'path'>): Scope {
  return scope.length === 0 || opensScope(schema) ? [...scope, { schema, path }] : scope
}

/** The type name that a schema brings along as its `$id`. */
function ownName(schema: unknown): string | undefined {
  return isRecord(schema) && typeof schema.$id === 'string' && !schema.$id.startsWith('#')
    ? idToTypeName(schema.$id)
    : undefined
}

/** Whether a schema says nothing but where another one is. */
function isAlias(schema: RawSchema): schema is RawSchema & { readonly $ref: string } {
  const keywords = Object.keys(schema).filter((key) => key !== '$defs' && key !== 'definitions')
  return keywords.length === 1 && typeof schema.$ref === 'string' && !isDocument(schema)
}

function refTo(name: string): { readonly $ref: string } {
  return { $ref: `#/$defs/${name}` }
}

function isSame(a: JsonSchema, b: JsonSchema): boolean {
  return canonicalJson(withoutDocs(a)) === canonicalJson(withoutDocs(b))
}

/**
 * Tuples come out of TypeBox in the form of draft-07, where `items` is a list. Its `minItems` counts items that are
 * optional as well; a value may end before those.
 */
function toPrefixItems(body: Record<string, unknown>, { items: given }: RawSchema): Record<string, unknown> {
  if (!Array.isArray(body.items) || !Array.isArray(given)) return body
  const { items, additionalItems, ...others } = body
  const least = given.findLastIndex((item) => !isRecord(item) || item['~optional'] !== true) + 1
  if (others.minItems === given.length && least < given.length) others.minItems = least
  return { ...others, prefixItems: items, ...(additionalItems !== undefined && { items: additionalItems }) }
}

import type { JsonSchema } from '../ir.js'
import { isRecord } from '../model/reader.js'
import { isSchema, mapChildren } from './children.js'
import type { DefinitionNames } from './definition-names.js'
import type { Documents } from './documents.js'
import type { DynamicScope } from './dynamic-scope.js'
import { joinAll, type Part, withoutOlderForms } from './older-forms.js'
import type { Place } from './place.js'

export interface WriterOptions {
  readonly documents: Documents
  readonly names: DefinitionNames
  /** Whether `format` is kept, to be checked. */
  readonly assertsFormat: boolean
}

/** Writes schemas anew so that every reference leads to a definition. */
export class SchemaWriter {
  readonly definitions = new Map<string, JsonSchema>()
  readonly #options: WriterOptions
  readonly #names = new Map<string, string>()

  constructor(options: WriterOptions) {
    this.#options = options
  }

  /** Gives a schema its name before anything refers to it. */
  reserve(name: string, place: Place, scope: DynamicScope): void {
    this.#names.set(this.#keyOf(place, scope), name)
  }

  write(place: Place, outer: DynamicScope): JsonSchema {
    const { schema, resource } = place
    if (typeof schema === 'boolean') return schema
    if (!isRecord(schema) || !isSchema(schema)) return this.#refuse(place)
    const scope = outer.enter(resource, this.#options.documents.dynamicNames)
    const references = this.#references(place, scope)
    if (resource.dialect.hasLoneRefs && references.length > 0) return joinAll({}, references)
    const parts = Object.keys(schema).map((keyword): Part => this.#keyword(keyword, place, scope))
    this.#checkOlderRules(place)
    return joinAll(withoutOlderForms(parts.flat()), references)
  }

  #keyword(keyword: string, place: Place, scope: DynamicScope): Part {
    const value = (place.schema as Readonly<Record<string, unknown>>)[keyword]
    const { dialect } = place.resource
    const form = keyword.startsWith('x-') ? 'docs' : dialect.keywords.get(keyword)
    if (form === undefined || form === 'shelf' || value === undefined) return []
    if (form === 'format' && !this.#options.assertsFormat && !dialect.assertsFormat) return []
    const write = (_schema: unknown, steps: readonly string[]) =>
      this.write(this.#options.documents.child(place, steps), scope)
    return [[keyword, mapChildren([keyword, value], form, write)]]
  }

  #references(place: Place, scope: DynamicScope): JsonSchema[] {
    const { $ref, $dynamicRef, $recursiveRef } = place.schema as Readonly<Record<string, unknown>>
    const { hasLoneRefs } = place.resource.dialect
    const references: JsonSchema[] = []
    if (typeof $ref === 'string') references.push(this.#refTo(this.#resolve($ref, place), scope))
    else if ($ref !== undefined) references.push(this.#refuse(place))
    if (hasLoneRefs) return references
    if (typeof $dynamicRef === 'string') references.push(this.#dynamicRef($dynamicRef, place, scope))
    if (typeof $recursiveRef === 'string') references.push(this.#recursiveRef($recursiveRef, place, scope))
    return references
  }

  /** A dynamic reference starts like any other; a dynamic anchor at its end sends it on to the outermost one. */
  #dynamicRef(text: string, place: Place, scope: DynamicScope): JsonSchema {
    const target = this.#resolve(text, place)
    const name = text.slice(text.indexOf('#') + 1)
    const isDynamic = target !== undefined && target.resource.dynamicAnchors.get(name)?.key === target.key
    return this.#refTo(isDynamic ? (scope.find(name) ?? target) : target, scope)
  }

  #recursiveRef(text: string, place: Place, scope: DynamicScope): JsonSchema {
    const target = this.#resolve(text, place)
    const isDynamic = target?.resource.dynamicAnchors.get('')?.key === target?.key
    return this.#refTo(isDynamic ? (scope.find('') ?? target) : target, scope)
  }

  #resolve(text: string, place: Place): Place | undefined {
    const { documents } = this.#options
    const target = documents.resolve(text, place)
    if (target === undefined) {
      documents.report(place, { code: 'UNKNOWN_REF', message: `There is no schema "${text}".` })
    }
    return target
  }

  #refTo(target: Place | undefined, scope: DynamicScope): JsonSchema {
    if (target === undefined) return false
    const inner = scope.enter(target.resource, this.#options.documents.dynamicNames)
    const key = this.#keyOf(target, inner)
    const known = this.#names.get(key)
    const name = known ?? this.#options.names.take(target)
    this.#names.set(key, name)
    if (known === undefined) {
      this.definitions.set(name, false)
      this.definitions.set(name, this.write(target, inner))
    }
    return { $ref: `#/$defs/${name}` }
  }

  #keyOf(place: Place, scope: DynamicScope): string {
    return `${place.key}${scope.enter(place.resource, this.#options.documents.dynamicNames).key}`
  }

  #refuse(place: Place): JsonSchema {
    const message = 'A schema is an object or a boolean, and a reference is a string.'
    this.#options.documents.report(place, { code: 'NOT_A_SCHEMA', message })
    return false
  }

  /** What 2019-09 evaluates is not what 2020-12 evaluates: there, `contains` says nothing about it. */
  #checkOlderRules(place: Place): void {
    const { dialect } = place.resource
    const isOlder = dialect.keywords.has('unevaluatedItems') && !dialect.keywords.has('prefixItems')
    if (!isOlder || !Object.hasOwn(place.schema as object, 'unevaluatedItems')) return
    const message = 'unevaluatedItems of draft 2019-09 cannot be checked; write the schema in 2020-12.'
    this.#options.documents.report(place, { code: 'UNSUPPORTED_KEYWORD', message })
  }
}

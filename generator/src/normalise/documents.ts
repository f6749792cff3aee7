import type { Path } from '../diagnose/diagnostic.js'
import { isRecord } from '../model/reader.js'
import { pointerSteps, type Reference, resolveReference, take } from './address.js'
import { isSchema, mapChildren } from './children.js'
import { type Dialect, dialectOf, dialectOfVocabularies } from './dialect.js'
import { type NormaliseProblem, type Place, placeKey, type Resource } from './place.js'

export interface DocumentsOptions {
  /** Documents that references may lead to, by their absolute addresses. */
  readonly remotes: ReadonlyMap<string, unknown>
  /** The dialect of documents that do not name one. */
  readonly dialect: Dialect
}

interface Node {
  readonly document: string
  readonly path: Path
  readonly schema: unknown
}

const references = ['$ref', '$dynamicRef', '$recursiveRef']

/** Every schema of the documents that have been read, by its place, its address and its anchors. */
export class Documents {
  readonly problems: NormaliseProblem[] = []
  /** The names that a `$dynamicRef` asks for; nothing else depends on where an evaluation came from. */
  readonly dynamicNames = new Set<string>()
  readonly #options: DocumentsOptions
  readonly #resources = new Map<string, Place>()
  readonly #places = new Map<string, Place>()

  constructor(options: DocumentsOptions) {
    this.#options = options
  }

  /** Reads a document that was found at an absolute address. */
  read(schema: unknown, uri: string): Place {
    const root = this.#visit({ document: uri, path: [], schema }, undefined)
    if (!this.#resources.has(uri)) this.#resources.set(uri, root)
    return root
  }

  /** Reads the remote documents that anything leads to, and those that they lead to. */
  readRemotes(): void {
    for (const place of this.#places.values()) {
      for (const keyword of references) {
        const reference = take(place.schema, keyword)
        if (typeof reference === 'string') this.resolve(reference, place)
      }
    }
  }

  /** The schema at the end of these steps from a place that is known. */
  child(place: Place, steps: readonly string[]): Place {
    const path = [...place.path, ...steps]
    const known = this.#places.get(placeKey(place.document, path))
    if (known === undefined) throw new Error(`There is no schema at ${path.join('/')}.`)
    return known
  }

  /** The schema that a reference leads to; undefined when there is none. */
  resolve(text: string, from: Place): Place | undefined {
    const reference = resolveReference(text, from.resource.uri)
    const root = reference && this.#root(reference.uri)
    if (reference === undefined || root === undefined || reference.fragment === '') return root
    if (reference.fragment.startsWith('/')) return this.#follow(root, reference)
    return root.resource.anchors.get(reference.fragment)
  }

  #root(uri: string): Place | undefined {
    const known = this.#resources.get(uri)
    if (known !== undefined || !this.#options.remotes.has(uri)) return known
    this.read(this.#options.remotes.get(uri), uri)
    return this.#resources.get(uri)
  }

  #follow(root: Place, { fragment }: Reference): Place | undefined {
    const steps = pointerSteps(fragment)
    if (steps === undefined) return undefined
    let node: Node & Pick<Place, 'resource'> = root
    for (const step of steps) {
      const path = [...node.path, step]
      const known = this.#places.get(placeKey(root.document, path))
      const resource = known?.resource ?? node.resource
      node = { document: root.document, path, schema: take(node.schema, step), resource }
    }
    if (!isSchema(node.schema)) return undefined
    return this.#places.get(placeKey(node.document, node.path)) ?? this.#visit(node, node.resource)
  }

  #visit(node: Node, around: Resource | undefined): Place {
    const { document, path, schema } = node
    const resource = this.#resourceOf(node, around)
    const place: Place = { key: placeKey(document, path), document, path, schema, resource }
    this.#places.set(place.key, place)
    if (!isRecord(schema)) return place
    if (resource !== around) this.#noteResource(place)
    this.#noteAnchors(place, schema)
    for (const keyword of Object.keys(schema)) {
      const form = resource.dialect.keywords.get(keyword)
      mapChildren([keyword, schema[keyword]], form, (inner, steps) => {
        this.#visit({ document, path: [...path, ...steps], schema: inner }, resource)
      })
    }
    return place
  }

  #resourceOf(node: Node, around: Resource | undefined): Resource {
    const { schema, document } = node
    const own = isRecord(schema) ? schema : {}
    const id = typeof own.$id === 'string' ? own.$id : undefined
    const isOpening = id !== undefined && !id.startsWith('#')
    if (around !== undefined && !isOpening) return around
    const dialect = this.#dialectOf(own.$schema, node) ?? around?.dialect ?? this.#options.dialect
    const isHidden = dialect.hasLoneRefs && typeof own.$ref === 'string'
    if (around !== undefined && isHidden) return around
    const reference = isOpening && !isHidden ? resolveReference(id, around?.uri ?? document) : undefined
    const isBroken = reference === undefined || (reference.fragment !== '' && !dialect.hasAnchorIds)
    if (isOpening && !isHidden && isBroken) {
      this.report(node, { code: 'INVALID_ID', message: `The $id "${id}" is no address without a fragment.` })
    }
    return { uri: reference?.uri ?? document, dialect, anchors: new Map(), dynamicAnchors: new Map() }
  }

  #dialectOf(name: unknown, node: Node): Dialect | undefined {
    if (typeof name !== 'string') return undefined
    const known = dialectOf(name)
    if (known !== undefined) return known
    const metaschema = this.#options.remotes.get(name.replace(/#$/, ''))
    const vocabularies = take(metaschema, '$vocabulary')
    const dialect = isRecord(vocabularies) ? dialectOfVocabularies(vocabularies) : undefined
    if (typeof dialect === 'object') return dialect
    const reason = dialect === undefined ? `$schema "${name}"` : `vocabulary "${dialect}"`
    this.report(node, { code: 'UNKNOWN_DIALECT', message: `Nothing is known about the ${reason}.` })
    return undefined
  }

  /** Of two documents with the same address the first is meant; within one document that is a mistake. */
  #noteResource(place: Place): void {
    const { uri } = place.resource
    const known = this.#resources.get(uri)
    if (known === undefined) this.#resources.set(uri, place)
    else if (known.document === place.document) this.#reportTwice(place, `$id "${uri}"`)
  }

  #noteAnchor(name: string, place: Place): void {
    const { anchors } = place.resource
    if ((anchors.get(name) ?? place).key !== place.key) this.#reportTwice(place, `anchor "${name}"`)
    anchors.set(name, place)
  }

  #reportTwice(place: Place, what: string): void {
    this.report(place, { code: 'INVALID_ID', message: `The ${what} is given twice.` })
  }

  #noteAnchors(place: Place, schema: Readonly<Record<string, unknown>>): void {
    const { $id, $anchor, $dynamicAnchor, $recursiveAnchor, $dynamicRef } = schema
    const { dynamicAnchors, dialect } = place.resource
    if (dialect.hasLoneRefs && typeof schema.$ref === 'string') return
    if (dialect.hasAnchorIds && typeof $id === 'string' && $id.includes('#')) {
      this.#noteAnchor($id.slice($id.indexOf('#') + 1), place)
    }
    if (dialect.hasAnchorIds) return
    if (typeof $anchor === 'string') this.#noteAnchor($anchor, place)
    if (typeof $dynamicAnchor === 'string') {
      this.#noteAnchor($dynamicAnchor, place)
      dynamicAnchors.set($dynamicAnchor, place)
    }
    if ($recursiveAnchor === true) dynamicAnchors.set('', place)
    if (typeof $dynamicRef === 'string')
      this.dynamicNames.add($dynamicRef.slice($dynamicRef.indexOf('#') + 1))
    if (Object.hasOwn(schema, '$recursiveRef')) this.dynamicNames.add('')
  }

  report(
    { document, path }: Omit<Node, 'schema'>,
    problem: Pick<NormaliseProblem, 'code' | 'message'>,
  ): void {
    this.problems.push({ ...problem, path, document })
  }
}

import type { Finding, Path } from '../diagnose/diagnostic.js'
import { isRecord } from '../model/part-kind.js'
import { type Normalised, normalise } from '../normalise/normalise.js'
import type { RawSchema, Target } from './scope.js'
import { children } from './walk-schemas.js'

/** Keywords whose meaning depends on the document around them, and those of older drafts alone. */
export const documentKeywords: ReadonlySet<string> = new Set([
  ...['$anchor', '$dynamicAnchor', '$dynamicRef', '$recursiveAnchor', '$recursiveRef', '$vocabulary'],
  ...['dependencies', 'contentSchema'],
])

/**
 * Whether a schema is a document that only its own dialect and addresses explain. What TypeBox builds, and JSON
 * Schema that refers to names and into its own definitions, is not.
 */
export function isDocument(schema: RawSchema): boolean {
  if (isBuilt(schema)) return false
  const { $schema, $ref } = schema
  if (typeof $schema === 'string' && !/\/draft\/2020-12\/schema#?$/.test($schema)) return true
  if (typeof $ref === 'string' && isAddress($ref)) return true
  if (Object.keys(schema).some((keyword) => documentKeywords.has(keyword))) return true
  return children(schema).some(({ schema: inner }) => isRecord(inner) && isDocument(inner))
}

/** Whether TypeBox made a schema. */
export function isBuilt(schema: RawSchema): boolean {
  return '~kind' in schema || '~unsafe' in schema
}

/** References that are no name and no pointer: to an anchor, or to a document by its path. */
function isAddress(ref: string): boolean {
  return ref.startsWith('#') ? /^#[^/]/.test(ref) : /[/.]/.test(ref)
}

export interface DocumentPlace {
  readonly path: Path
  readonly name: string
  /** Names that mean something else already. */
  readonly taken: Iterable<string>
  readonly ids: ReadonlyMap<string, Target>
}

/** A document in plain form; or what is wrong with it, at its places in the API. */
export function lowerDocument(
  document: RawSchema,
  { path, name, taken, ids }: DocumentPlace,
): Extract<Normalised, { ok: true }> | { readonly ok: false; readonly findings: readonly Finding[] } {
  const others = [...ids].filter(([, target]) => target.schema !== document)
  const remotes = new Map(others.map(([id, target]) => [toAddress(id), target] as const))
  const schemas = new Map([...remotes].map(([address, target]) => [address, target.schema]))
  const result = normalise(document, { name, taken, remotes: schemas })
  if (result.ok) return result
  const findings = result.problems.map(({ code, message, path: steps, document: address }) => {
    const base = address === undefined ? path : (remotes.get(address)?.path ?? path)
    const root = address === undefined ? document : remotes.get(address)?.schema
    return { code, message, path: [...base, ...steps, ...keywordOf(code, root, steps)] }
  })
  return { ok: false, findings }
}

/** Where a schema with this `$id` is, for documents that have no address of their own. */
function toAddress(id: string): string {
  return URL.canParse(id, 'wirepact:///') ? new URL(id, 'wirepact:///').href.replace(/#$/, '') : id
}

const references = ['$ref', '$dynamicRef', '$recursiveRef']

/** The keyword that a problem is about, where its code tells. */
function keywordOf(code: string, root: unknown, steps: Path): readonly string[] {
  if (code === 'UNKNOWN_DIALECT') return ['$schema']
  if (code !== 'UNKNOWN_REF') return []
  let schema = root
  for (const step of steps) schema = (schema as Readonly<Record<string, unknown>> | undefined)?.[step]
  return references.filter((keyword) => isRecord(schema) && Object.hasOwn(schema, keyword)).slice(0, 1)
}

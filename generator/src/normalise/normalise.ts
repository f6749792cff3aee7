import type { JsonSchema } from '../ir.js'
import { DefinitionNames } from './definition-names.js'
import { namedDialects } from './dialect.js'
import { Documents } from './documents.js'
import { DynamicScope } from './dynamic-scope.js'
import type { NormaliseProblem, Place } from './place.js'
import { SchemaWriter } from './write-schema.js'

export interface NormaliseOptions {
  /** The address that the document was found at. Default: none, and every relative reference stays within it. */
  readonly base?: string
  /** Documents that references may lead to, by their absolute addresses without a fragment. Default: none. */
  readonly remotes?: ReadonlyMap<string, unknown>
  /** The dialect of documents without `$schema`. Default: 2020-12. */
  readonly dialect?: keyof typeof namedDialects
  /** Whether `format` is checked or only said. Default: checked. A metaschema can ask for the check, too. */
  readonly formats?: 'assert' | 'annotate'
  /** What the schema itself is called where its parts refer to it. Default: `Root`. */
  readonly name?: string
  /** Names that no definition may have. Default: none. */
  readonly taken?: Iterable<string>
}

/** One schema of 2020-12 with everything that it refers to, or all that is wrong with the document. */
export type Normalised =
  | {
      readonly ok: true
      readonly schema: JsonSchema
      /** What `#/$defs/NAME` means in the schema and in the definitions, by name. */
      readonly definitions: ReadonlyMap<string, JsonSchema>
    }
  | { readonly ok: false; readonly problems: readonly NormaliseProblem[] }

/** The address of a document that has none: it can be a base, and nothing outside leads to it. */
const nowhere = 'wirepact:///'

/**
 * Brings a JSON Schema of 2020-12, 2019-09, draft-07 or draft-06 into the plain form that checks are made of:
 * 2020-12, every reference resolved to `#/$defs/NAME`. Base addresses, anchors, pointers, embedded schemas with a
 * `$schema` of their own and dynamic references are gone afterwards; unknown keywords are annotations and gone,
 * too. Reads nothing but what it is given, and throws for nothing that a document can say.
 */
export function normalise(document: unknown, options: NormaliseOptions = {}): Normalised {
  try {
    return normaliseDeep(document, options)
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    const message = 'The schema is nested too deeply, or contains itself as an object.'
    return { ok: false, problems: [{ code: 'NOT_A_SCHEMA', message, path: [] }] }
  }
}

function normaliseDeep(document: unknown, options: NormaliseOptions): Normalised {
  const { base = nowhere, remotes = new Map(), name = 'Root' } = options
  const documents = new Documents({ remotes, dialect: namedDialects[options.dialect ?? '2020-12'] })
  const root = documents.read(document, base)
  documents.readRemotes()
  const names = new DefinitionNames(name, options.taken ?? [])
  const writer = new SchemaWriter({ documents, names, assertsFormat: options.formats !== 'annotate' })
  const scope = new DynamicScope()
  writer.reserve(name, root, scope)
  const schema = writer.write(root, scope)
  if (documents.problems.length > 0) {
    return { ok: false, problems: documents.problems.map((problem) => withoutOwnAddress(problem, root)) }
  }
  return { ok: true, ...withRoot(name, schema, writer.definitions) }
}

/** A schema that its parts refer to is a definition, too, and what is left at the root refers to it. */
function withRoot(name: string, schema: JsonSchema, definitions: ReadonlyMap<string, JsonSchema>) {
  const reference = { $ref: `#/$defs/${name}` }
  const isReferred = JSON.stringify([schema, ...definitions.values()]).includes(
    JSON.stringify(reference.$ref),
  )
  if (!isReferred) return { schema, definitions }
  return { schema: reference, definitions: new Map([[name, schema], ...definitions]) }
}

function withoutOwnAddress({ document, ...problem }: NormaliseProblem, root: Place): NormaliseProblem {
  return document === undefined || document === root.document ? problem : { ...problem, document }
}

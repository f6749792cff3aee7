/**
 * What stands behind a keyword: one schema, a list or a map of them, schemas that are only there to be referred
 * to, what older drafts wrote in another way, a value that is checked, a format, or text for people.
 */
export type Form =
  | 'schema'
  | 'list'
  | 'map'
  | 'shelf'
  | 'items'
  | 'dependencies'
  | 'value'
  | 'format'
  | 'docs'

/** What a version of JSON Schema means by its keywords. A keyword that is not here is an annotation. */
export interface Dialect {
  readonly keywords: ReadonlyMap<string, Form>
  /** Whether `$ref` stands alone, and everything beside it says nothing (draft-07, section 8.3). */
  readonly hasLoneRefs: boolean
  /** Whether an anchor is written as `$id: "#name"`. */
  readonly hasAnchorIds: boolean
  /** Whether `format` is checked whatever the reader of the document asked for. */
  readonly assertsFormat: boolean
}

type Vocabulary = readonly (readonly [form: Form, keywords: string])[]

const applicator: Vocabulary = [
  ['list', 'prefixItems allOf anyOf oneOf'],
  ['items', 'items additionalItems'],
  ['map', 'properties patternProperties dependentSchemas'],
  ['schema', 'contains additionalProperties propertyNames if then else not'],
  ['dependencies', 'dependencies'],
]
const validation: Vocabulary = [
  [
    'value',
    'type const enum multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength',
  ],
  ['value', 'pattern maxItems minItems uniqueItems maxContains minContains maxProperties minProperties'],
  ['value', 'required dependentRequired'],
]
const unevaluated: Vocabulary = [['schema', 'unevaluatedItems unevaluatedProperties']]
const format: Vocabulary = [['format', 'format']]
const metaData: Vocabulary = [['docs', 'title description default deprecated readOnly writeOnly examples']]
const content: Vocabulary = [
  ['docs', 'contentEncoding contentMediaType'],
  ['shelf', 'contentSchema'],
]
const shelves: Vocabulary = [['shelf', '$defs definitions']]

const vocabularies: Readonly<Record<string, Vocabulary>> = {
  core: [],
  applicator,
  validation,
  unevaluated,
  'format-annotation': format,
  'format-assertion': format,
  format,
  'meta-data': metaData,
  content,
}

const afterDraft07 = [
  ['prefixItems', 'dependentSchemas', 'dependentRequired', 'maxContains', 'minContains'],
  ['unevaluatedItems', 'unevaluatedProperties', 'contentSchema', 'deprecated'],
].flat()
const afterDraft06 = ['if', 'then', 'else', 'contentEncoding', 'contentMediaType', 'readOnly', 'writeOnly']
const everything = Object.keys(vocabularies)

const draft2020 = createDialect(everything, [])
const draft2019 = createDialect(everything, ['prefixItems'])
const draft07 = { ...createDialect(everything, afterDraft07), hasLoneRefs: true, hasAnchorIds: true }
const draft06 = {
  ...createDialect(everything, [...afterDraft07, ...afterDraft06]),
  hasLoneRefs: true,
  hasAnchorIds: true,
}

const dialects: ReadonlyMap<string, Dialect> = new Map([
  ['https://json-schema.org/draft/2020-12/schema', draft2020],
  ['https://json-schema.org/draft/2019-09/schema', draft2019],
  ['http://json-schema.org/draft-07/schema', draft07],
  ['http://json-schema.org/draft-06/schema', draft06],
])

/** The dialects that a document without `$schema` can be written in. */
export const namedDialects = { '2020-12': draft2020, 'draft-07': draft07 } as const

/** The dialect that `$schema` names, with or without an empty fragment. */
export function dialectOf(uri: string): Dialect | undefined {
  return dialects.get(uri.replace(/#$/, ''))
}

/**
 * The dialect of a metaschema's `$vocabulary` (JSON Schema 2020-12 core, section 8.1.2); the address of the first
 * vocabulary that is required and that nobody here knows, where there is one.
 */
export function dialectOfVocabularies(declared: Readonly<Record<string, unknown>>): Dialect | string {
  const names = new Map(Object.keys(declared).map((uri) => [uri, vocabularyName(uri)]))
  const unknown = [...names].find(([uri, name]) => name === undefined && declared[uri] !== false)
  if (unknown !== undefined) return unknown[0]
  const known = [...names.values()].filter((name) => name !== undefined)
  const isOlder = [...names.keys()].some((uri) => uri.includes('/2019-09/'))
  if (!isOlder) return createDialect(known, [])
  // In 2019-09 the keywords for what is unevaluated are a part of the applicator vocabulary.
  return createDialect(known.includes('applicator') ? [...known, 'unevaluated'] : known, ['prefixItems'])
}

function vocabularyName(uri: string): string | undefined {
  const name = /^https:\/\/json-schema\.org\/draft\/20(?:20-12|19-09)\/vocab\/([a-z-]+)$/.exec(uri)?.[1]
  return name !== undefined && Object.hasOwn(vocabularies, name) ? name : undefined
}

function createDialect(names: readonly string[], absent: readonly string[]): Dialect {
  const groups = [...names.flatMap((name) => vocabularies[name] ?? []), ...shelves]
  const keywords = new Map(groups.flatMap(([form, words]) => words.split(' ').map((word) => [word, form])))
  for (const name of absent) keywords.delete(name)
  const assertsFormat = names.includes('format-assertion') && !names.includes('format-annotation')
  return { keywords, hasLoneRefs: false, hasAnchorIds: false, assertsFormat }
}

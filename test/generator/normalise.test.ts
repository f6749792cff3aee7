import { describe, expect, it } from 'vitest'
import { type NormaliseOptions, normalise } from 'wirepact/compiler'

/** The result as plain data: the schema, its definitions by name, or the codes and places of what is wrong. */
function plain(document: unknown, options?: NormaliseOptions): unknown {
  const result = normalise(document, options)
  if (result.ok) return { schema: result.schema, $defs: Object.fromEntries(result.definitions) }
  return result.problems.map(({ code, path, document: where }) =>
    [code, `/${path.join('/')}`, where ?? []].flat().join(' '),
  )
}

const text = { type: 'string' }
const draft07 = 'http://json-schema.org/draft-07/schema#'

/** A document, the schema that it becomes, and the definitions that it needs. */
const table: Record<string, [document: unknown, schema: unknown, $defs?: Record<string, unknown>]> = {
  'a schema without references': [
    { type: 'object', properties: { $ref: text } },
    { type: 'object', properties: { $ref: text } },
  ],
  'a boolean': [false, false],
  'a definition by its name': [
    { $ref: '#/$defs/line', $defs: { line: text, unused: true } },
    { $ref: '#/$defs/Line' },
    { Line: text },
  ],
  'a pointer with escapes': [
    { items: { $ref: '#/$defs/a~1b%25~0c' }, $defs: { 'a/b%~c': text } },
    { items: { $ref: '#/$defs/ABC' } },
    { ABC: text },
  ],
  'a pointer into a part of a schema': [
    { properties: { a: text, b: { $ref: '#/properties/a' } } },
    { properties: { a: text, b: { $ref: '#/$defs/A' } } },
    { A: text },
  ],
  'a schema that refers to itself': [
    { properties: { next: { $ref: '#' } } },
    { $ref: '#/$defs/Root' },
    { Root: { properties: { next: { $ref: '#/$defs/Root' } } } },
  ],
  'an anchor': [
    { $ref: '#line', $defs: { a: { $anchor: 'line', ...text } } },
    { $ref: '#/$defs/A' },
    { A: text },
  ],
  'an embedded schema by its relative address': [
    {
      $id: 'https://example.org/api/root.json',
      properties: {
        a: { $ref: 'types/line.json' },
        b: { $ref: 'https://example.org/api/types/line.json#end' },
      },
      $defs: { x: { $id: 'types/line.json', ...text, $defs: { e: { $anchor: 'end', const: 'end' } } } },
    },
    { properties: { a: { $ref: '#/$defs/Line' }, b: { $ref: '#/$defs/E' } } },
    { Line: text, E: { const: 'end' } },
  ],
  'a $ref beside other keywords': [
    { $ref: '#/$defs/a', maxLength: 3, $defs: { a: text } },
    { maxLength: 3, $ref: '#/$defs/A' },
    { A: text },
  ],
  'definitions of the same name': [
    {
      allOf: [{ $ref: 'https://a.example/x' }, { $ref: 'https://b.example/x' }],
      $defs: {
        a: { $id: 'https://a.example/x', minLength: 1 },
        b: { $id: 'https://b.example/x', maxLength: 2 },
      },
    },
    { allOf: [{ $ref: '#/$defs/X' }, { $ref: '#/$defs/X2' }] },
    { X: { minLength: 1 }, X2: { maxLength: 2 } },
  ],
  'a keyword that nobody knows, which says nothing': [{ typ: 'string', maxLength: 1 }, { maxLength: 1 }],
  'what is written for people': [
    { title: 'A', description: 'b', 'x-color': 'red', $comment: 'c' },
    { title: 'A', description: 'b', 'x-color': 'red' },
  ],
  'values that look like references': [
    { const: { $ref: '#/nowhere' }, default: { $id: 'x' } },
    { const: { $ref: '#/nowhere' }, default: { $id: 'x' } },
  ],
  'tuples, dependencies and definitions of draft-07': [
    {
      $schema: draft07,
      items: [text, { $ref: '#/definitions/b' }],
      additionalItems: false,
      dependencies: { a: ['b'], c: { minProperties: 2 } },
      definitions: { b: { type: 'boolean' } },
    },
    {
      prefixItems: [text, { $ref: '#/$defs/B' }],
      items: false,
      dependentRequired: { a: ['b'] },
      dependentSchemas: { c: { minProperties: 2 } },
    },
    { B: { type: 'boolean' } },
  ],
  'dependencies beside what they became': [
    { dependencies: { a: ['b'], c: text }, dependentRequired: { a: ['d'] } },
    {
      dependentRequired: { a: ['d'] },
      allOf: [{ dependentRequired: { a: ['b'] } }],
      dependentSchemas: { c: text },
    },
  ],
  'two references at one place': [
    {
      $ref: '#a',
      $dynamicRef: '#b',
      $defs: { a: { $anchor: 'a', ...text }, b: { $anchor: 'b', const: 'b' } },
    },
    { $ref: '#/$defs/A', allOf: [{ $ref: '#/$defs/B' }] },
    { A: text, B: { const: 'b' } },
  ],
  'a $ref of draft-07, which stands alone': [
    { $schema: draft07, $ref: '#/definitions/a', maxLength: 3, definitions: { a: text } },
    { $ref: '#/$defs/A' },
    { A: text },
  ],
  'an anchor of draft-07': [
    { $schema: draft07, allOf: [{ $ref: '#a' }], definitions: { x: { $id: '#a', ...text } } },
    { allOf: [{ $ref: '#/$defs/X' }] },
    { X: text },
  ],
  'additionalItems of draft-07 without a list of items': [
    { $schema: draft07, items: text, additionalItems: false },
    { items: text },
  ],
  'an older schema inside of a newer one': [
    {
      allOf: [
        { $id: 'https://example.org/old', $schema: draft07, prefixItems: [text], items: [{ const: 1 }] },
      ],
    },
    { allOf: [{ prefixItems: [{ const: 1 }] }] },
  ],
  'a dynamic reference, for each way that leads to it': [
    {
      $id: 'https://example.org/root',
      properties: { texts: { $ref: 'texts' }, plain: { $ref: 'list' } },
      $defs: {
        list: {
          $id: 'list',
          items: { $dynamicRef: '#item' },
          $defs: { item: { $dynamicAnchor: 'item' } },
        },
        texts: { $id: 'texts', $ref: 'list', $defs: { item: { $dynamicAnchor: 'item', ...text } } },
      },
    },
    { properties: { texts: { $ref: '#/$defs/Texts' }, plain: { $ref: '#/$defs/List2' } } },
    {
      Texts: { $ref: '#/$defs/List' },
      List: { items: { $ref: '#/$defs/Item' } },
      Item: text,
      List2: { items: { $ref: '#/$defs/Item2' } },
      Item2: {},
    },
  ],
  'a property that is called __proto__': [
    JSON.parse(
      '{"properties":{"__proto__":{"$ref":"#/$defs/__proto__"}},"$defs":{"__proto__":{"type":"string"}}}',
    ),
    JSON.parse('{"properties":{"__proto__":{"$ref":"#/$defs/Proto"}}}'),
    { Proto: text },
  ],
}

describe('normalise', () => {
  it.each(Object.entries(table))('resolves %s', (_, [document, schema, $defs = {}]) => {
    expect(plain(document)).toEqual({ schema, $defs })
  })

  it('reads remote documents, and what they lead to', () => {
    const remotes = new Map<string, unknown>([
      ['https://example.org/a.json', { $ref: 'b.json#/$defs/c' }],
      ['https://example.org/b.json', { $defs: { c: { $ref: '#d' }, d: { $anchor: 'd', ...text } } }],
    ])
    expect(plain({ $ref: 'a.json' }, { base: 'https://example.org/root.json', remotes })).toEqual({
      schema: { $ref: '#/$defs/A' },
      $defs: { A: { $ref: '#/$defs/C' }, C: { $ref: '#/$defs/D' }, D: text },
    })
  })

  it('takes names that are free, and gives the root its own', () => {
    const document = { properties: { a: { $ref: '#' }, b: { $ref: '#/$defs/x' } }, $defs: { x: text } }
    expect(plain(document, { name: 'Line', taken: ['X'] })).toMatchObject({
      schema: { $ref: '#/$defs/Line' },
      $defs: { X2: text },
    })
  })

  it('leaves formats out where they are annotations, unless a metaschema asserts them', () => {
    const vocab = 'https://json-schema.org/draft/2020-12/vocab'
    const meta = { $vocabulary: { [`${vocab}/core`]: true, [`${vocab}/format-assertion`]: true } }
    const options = { formats: 'annotate', remotes: new Map([['https://example.org/meta', meta]]) } as const
    expect(plain({ format: 'email' }, options)).toEqual({ schema: {}, $defs: {} })
    expect(plain({ format: 'email' })).toEqual({ schema: { format: 'email' }, $defs: {} })
    const asserting = { $schema: 'https://example.org/meta', format: 'email', minLength: 1 }
    expect(plain(asserting, options)).toEqual({ schema: { format: 'email' }, $defs: {} })
  })

  it('reads documents without $schema in the dialect that it is told', () => {
    const document = { $ref: '#/definitions/a', maxLength: 3, definitions: { a: text } }
    expect(plain(document, { dialect: 'draft-07' })).toEqual({
      schema: { $ref: '#/$defs/A' },
      $defs: { A: text },
    })
  })

  it.each<[what: string, document: unknown, problems: string[]]>([
    ['a reference to nothing', { items: { $ref: '#/$defs/a' } }, ['UNKNOWN_REF /items']],
    ['a reference to a document that it was not given', { $ref: 'https://example.org/x' }, ['UNKNOWN_REF /']],
    ['a pointer to what is no schema', { $ref: '#/required', required: ['a'] }, ['UNKNOWN_REF /']],
    ['a pointer to what every object inherits', { $ref: '#/constructor' }, ['UNKNOWN_REF /']],
    ['a pointer to the prototype of an object', { $ref: '#/__proto__' }, ['UNKNOWN_REF /']],
    ['a pointer with broken escapes', { $ref: '#/a~2', 'a~2': true }, ['UNKNOWN_REF /']],
    ['a fragment with broken encoding', { $ref: '#/%zz' }, ['UNKNOWN_REF /']],
    ['a dialect that nobody knows', { $schema: 'https://example.org/meta' }, ['UNKNOWN_DIALECT /']],
    ['draft-04', { $schema: 'http://json-schema.org/draft-04/schema#' }, ['UNKNOWN_DIALECT /']],
    ['an address with a fragment', { $id: 'https://example.org/#a' }, ['INVALID_ID /']],
    [
      'an address that two schemas of a document have',
      { $defs: { a: { $id: 'https://example.org/a' }, b: { $id: 'https://example.org/a' } } },
      ['INVALID_ID /$defs/b'],
    ],
    [
      'an anchor that two schemas have',
      { allOf: [{ $anchor: 'a', ...text }, { $anchor: 'a' }] },
      ['INVALID_ID /allOf/1'],
    ],
    ['a schema that is a string', { properties: { a: 'string' } }, ['NOT_A_SCHEMA /properties/a']],
    ['a reference that is no string', { $ref: 1 }, ['NOT_A_SCHEMA /']],
    [
      'unevaluatedItems of 2019-09, which mean something else',
      { $schema: 'https://json-schema.org/draft/2019-09/schema', unevaluatedItems: false },
      ['UNSUPPORTED_KEYWORD /'],
    ],
  ])('refuses %s', (_, document, problems) => {
    expect(plain(document)).toEqual(problems)
  })

  it('says in which document a problem is', () => {
    const remotes = new Map([['https://example.org/a', { items: { $ref: '#b' } }]])
    expect(plain({ $ref: 'https://example.org/a' }, { remotes })).toEqual([
      'UNKNOWN_REF /items https://example.org/a',
    ])
  })

  it('refuses a vocabulary that is required and that it does not know', () => {
    const remotes = new Map([
      ['https://example.org/meta', { $vocabulary: { 'https://example.org/money': true } }],
    ])
    expect(plain({ $schema: 'https://example.org/meta' }, { remotes })).toEqual(['UNKNOWN_DIALECT /'])
  })

  it('comes to an end for an object that contains itself, and for one that is very deep', () => {
    const circular: Record<string, unknown> = {}
    circular.items = circular
    expect(plain(circular)).toEqual(['NOT_A_SCHEMA /'])
    let deep: unknown = true
    for (let level = 0; level < 100_000; level++) deep = { not: deep }
    expect(plain(deep)).toEqual(['NOT_A_SCHEMA /'])
  })

  it('leaves the document as it was', () => {
    const document = { $ref: '#/$defs/a', $defs: { a: { items: [{ $ref: '#' }] } } }
    const before = structuredClone(document)
    normalise(document)
    expect(document).toEqual(before)
  })
})

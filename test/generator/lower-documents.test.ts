import { expect, test } from 'vitest'
import { lowerSource, problemsOf, routeSource } from './load-source.js'

const messages = (text: string) => `path: '/', clientToServer: { ${text} }`

async function schemasOf(text: string, before = ''): Promise<Readonly<Record<string, unknown>>> {
  const api = await lowerSource(routeSource(messages(text), before))
  return Object.fromEntries(api.schemas.map(({ name, schema }) => [name, schema]))
}

const draft07 = `const Order = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  description: 'An order.',
  definitions: { sku: { $id: '#sku', type: 'string' } },
  properties: {
    lines: { type: 'array', items: [{ $ref: '#/definitions/sku' }, { type: 'integer' }], additionalItems: false },
    gift: { $ref: '#sku', description: 'Draft-07 ignores this.' },
  },
  dependencies: { gift: ['lines'], lines: { required: ['gift'] } },
}`

test('a document of draft-07 becomes one of 2020-12', async () => {
  expect(await schemasOf('a: event({ data: Order })', draft07)).toEqual({
    ChatA: {
      type: 'object',
      description: 'An order.',
      properties: {
        lines: { type: 'array', prefixItems: [{ $ref: '#/$defs/Sku' }, { type: 'integer' }], items: false },
        gift: { $ref: '#/$defs/Sku' },
      },
      dependentRequired: { gift: ['lines'] },
      dependentSchemas: { lines: { required: ['gift'] } },
    },
    Sku: { type: 'string' },
  })
})

test('within what TypeBox builds, and used twice, a document is what it is alone', async () => {
  const schemas = await schemasOf(
    'a: event({ data: Order }), b: event({ data: Type.Array(Order as never) })',
    draft07,
  )
  expect(Object.keys(schemas)).toEqual(['ChatA', 'ChatB', 'ChatB1', 'Sku'])
  expect(schemas.ChatB).toEqual({ type: 'array', items: { $ref: '#/$defs/ChatB1' } })
  expect(schemas.ChatB1).toEqual(schemas.ChatA)
})

test('definitions of two documents that have one name and differ are two types', async () => {
  const schemas = await schemasOf(
    `a: event({ data: { $schema: 'http://json-schema.org/draft-07/schema#', $ref: '#/definitions/item', definitions: { item: { type: 'string' } } } }),
     b: event({ data: { $schema: 'http://json-schema.org/draft-07/schema#', items: { $ref: '#/definitions/item' }, definitions: { item: { type: 'number' } } } })`,
  )
  expect(schemas).toMatchObject({
    Item: { type: 'string' },
    ChatB: { items: { $ref: '#/$defs/Item2' } },
    Item2: { type: 'number' },
  })
})

test('anchors and dynamic references of 2020-12 are followed, also when they come back to the start', async () => {
  const tree = `{ $dynamicAnchor: 'node', type: 'object', properties: { nodes: { type: 'array', items: { $dynamicRef: '#node' } } } }`
  const schemas = await schemasOf(
    `a: event({ data: ${tree} }), b: event({ data: { $ref: '#text', $defs: { t: { $anchor: 'text', type: 'string' } } } })`,
  )
  expect(schemas).toEqual({
    ChatA: { type: 'object', properties: { nodes: { type: 'array', items: { $ref: '#/$defs/ChatA' } } } },
    ChatB: { $ref: '#/$defs/T' },
    T: { type: 'string' },
  })
})

test('a document refers to another one of the API by its address', async () => {
  const before = `const Line = { $id: 'https://example.org/schemas/line.json', type: 'object', properties: { text: { type: 'string' } } }
const Page = { $id: 'https://example.org/schemas/page.json', type: 'array', items: { $ref: 'line.json' } }`
  const schemas = await schemasOf('a: event({ data: Page }), b: event({ data: Line })', before)
  expect(schemas).toEqual({
    Page: { type: 'array', items: { $ref: '#/$defs/Line' } },
    Line: { type: 'object', properties: { text: { type: 'string' } } },
  })
})

test('what is wrong in a document has its place', async () => {
  const source = (text: string) => routeSource(messages(`a: event({ data: ${text} })`))
  expect(await problemsOf(source(`{ properties: { a: { $dynamicRef: '#no' } } }`))).toEqual([
    `'#no' } } }  | UNKNOWN_REF There is no schema "#no".`,
  ])
  expect(await problemsOf(source(`{ $schema: 'https://example.org/own', type: 'string' }`))).toEqual([
    expect.stringMatching(/^'https:\/\/exa \| UNKNOWN_DIALECT /),
  ])
  expect(
    await problemsOf(
      source(`{ $schema: 'http://json-schema.org/draft-07/schema#', minLenght: 5, format: 'nope' }`),
    ),
  ).toEqual([
    'minLenght: 5 | UNKNOWN_KEYWORD JSON Schema has no keyword "minLenght". [minLength]',
    `'nope' } })  | UNKNOWN_FORMAT No validator knows the format "nope"; a pattern can say what is meant.`,
  ])
  expect(await problemsOf(source(`Type.String({ $anchor: 'a' })`))).toEqual([
    `$anchor: 'a' | UNKNOWN_KEYWORD "$anchor" has a meaning in plain JSON Schema only, and not within what Type builds.`,
  ])
})

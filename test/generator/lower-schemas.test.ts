import { expect, test } from 'vitest'
import type { ApiIr } from 'wirepact/compiler'
import { apiSource, lowerSource, routeSource } from './load-source.js'

/** The schema of the event `a`, which carries `schema`, with all that it refers to. */
async function lowered(schema: string, before = ''): Promise<Readonly<Record<string, unknown>>> {
  const source = routeSource(`path: '/', clientToServer: { a: event({ data: ${schema} }) }`, before)
  return schemasOf(await lowerSource(source))
}

function schemasOf(api: ApiIr): Readonly<Record<string, unknown>> {
  return Object.fromEntries(api.schemas.map(({ name, schema }) => [name, schema]))
}

test('what TypeBox adds for itself is gone', async () => {
  const source = 'Type.Object({ a: Type.Optional(Type.String()), b: Type.Unsafe<5>({ const: 5 }) })'
  const schemas = await lowered(source)
  const properties = { a: { type: 'string' }, b: { const: 5 } }
  expect(schemas).toEqual({ ChatA: { type: 'object', required: ['b'], properties } })
  expect(Reflect.ownKeys((schemas.ChatA as { properties: { a: object } }).properties.a)).toEqual(['type'])
})

test('a readonly property keeps its mark in the form of JSON Schema', async () => {
  const schemas = await lowered('Type.Object({ a: Type.Readonly(Type.String()) })')
  expect(schemas).toMatchObject({ ChatA: { properties: { a: { type: 'string', readOnly: true } } } })
})

test('tuples are written as JSON Schema 2020-12 has them', async () => {
  expect(await lowered('Type.Tuple([Type.String(), Type.Number()])')).toEqual({
    ChatA: {
      type: 'array',
      prefixItems: [{ type: 'string' }, { type: 'number' }],
      items: false,
      minItems: 2,
    },
  })
})

test.each([
  ['Type.Tuple([Type.String(), Type.Optional(Type.Number())])', 1],
  ['Type.Tuple([Type.Optional(Type.String()), Type.Optional(Type.Number())])', 0],
  ['Type.Tuple([Type.Optional(Type.String()), Type.Number()])', 2],
])('a tuple may end before the items that are optional: %s', async (schema, minItems) => {
  const { ChatA } = await lowered(schema)
  expect(ChatA).toMatchObject({
    prefixItems: [{ type: 'string' }, { type: 'number' }],
    items: false,
    minItems,
  })
})

test('unions, intersections, records, enums and literals come through', async () => {
  const schemas = await lowered(`Type.Object({
    union: Type.Union([Type.Literal('x'), Type.Null()]), both: Type.Intersect([Type.Object({}), Type.Object({})]),
    record: Type.Record(Type.String(), Type.Integer()), words: Type.Enum(['a', 'b']), any: Type.Any() })`)
  expect(schemas).toMatchObject({
    ChatA: {
      properties: {
        union: { anyOf: [{ const: 'x' }, { type: 'null' }] },
        both: { allOf: [{ type: 'object' }, { type: 'object' }] },
        record: { patternProperties: { '^.*$': { type: 'integer' } } },
        words: { enum: ['a', 'b'] },
        any: {},
      },
    },
  })
})

test('a property that has the name of a keyword is a property', async () => {
  const schemas = await lowered(
    'Type.Object({ $ref: Type.String(), properties: Type.String(), $id: Type.String() })',
  )
  const text = { type: 'string' }
  expect(schemas).toMatchObject({ ChatA: { properties: { $ref: text, properties: text, $id: text } } })
})

test('a pattern given as a regular expression becomes its text', async () => {
  expect(await lowered('Type.String({ pattern: /^a+$/u })')).toMatchObject({ ChatA: { pattern: '^a+$' } })
})

test('a schema with an $id is one named schema wherever it is used', async () => {
  const source = routeSource(
    `path: '/', clientToServer: { a: event({ data: Line }), b: event({ data: Type.Array(Line) }) },
     serverToClient: { c: event({ data: Type.Object({ line: Type.Optional(Line) }) }) }`,
    `const Line = Type.Object({ text: Type.String() }, { $id: 'chat-line' })`,
  )
  const api = await lowerSource(source)
  const ref = { $ref: '#/$defs/ChatLine' }
  expect(schemasOf(api)).toEqual({
    ChatB: { type: 'array', items: ref },
    ChatC: { type: 'object', properties: { line: ref } },
    ChatLine: { type: 'object', required: ['text'], properties: { text: { type: 'string' } } },
  })
  expect(api.routes[0]?.clientToServer).toMatchObject([{ data: 'ChatLine' }, { data: 'ChatB' }])
})

test('an $id that is an address gives its last segment to the type', async () => {
  const schemas = await lowered(`Type.String({ $id: 'https://example.org/schemas/chat-line.schema.json' })`)
  expect(Object.keys(schemas)).toEqual(['ChatLine'])
})

test('a reference by name finds a schema with that $id anywhere in the API', async () => {
  const before = `const Line = Type.String({ $id: 'Line' })`
  const schemas = await lowered(`Type.Object({ first: Line, others: Type.Array(Type.Ref('Line')) })`, before)
  const ref = { $ref: '#/$defs/Line' }
  expect(schemas).toMatchObject({
    ChatA: { properties: { first: ref, others: { items: ref } } },
    Line: { type: 'string' },
  })
})

test('recursive schemas refer to themselves by name', async () => {
  const node = `Type.Cyclic({ Node: Type.Object({ id: Type.String(), nodes: Type.Array(Type.Ref('Node')) }) }, 'Node')`
  const Node = { properties: { nodes: { type: 'array', items: { $ref: '#/$defs/Node' } } } }
  const api = await lowerSource(routeSource(`path: '/', clientToServer: { a: event({ data: ${node} }) }`))
  expect(schemasOf(api)).toMatchObject({ Node })
  expect(api.routes[0]?.clientToServer[0]).toMatchObject({ data: 'Node' })
  expect(await lowered(`Type.Object({ tree: ${node} })`)).toMatchObject({
    ChatA: { properties: { tree: { $ref: '#/$defs/Node' } } },
    Node,
  })
})

test('schemas of a module share their definitions, and unused ones are dropped', async () => {
  const before = `const M = Type.Module({
    Person: Type.Object({ friends: Type.Array(Type.Ref('Person')) }),
    Team: Type.Object({ lead: Type.Ref('Person') }), Unused: Type.Object({ team: Type.Ref('Team') }) })`
  expect(await lowered('Type.Union([M.Person, M.Team])', before)).toEqual({
    ChatA: { anyOf: [{ $ref: '#/$defs/Person' }, { $ref: '#/$defs/Team' }] },
    Person: {
      type: 'object',
      required: ['friends'],
      properties: { friends: { type: 'array', items: { $ref: '#/$defs/Person' } } },
    },
    Team: { type: 'object', required: ['lead'], properties: { lead: { $ref: '#/$defs/Person' } } },
  })
})

test('references of plain JSON Schema are followed: into definitions, into the document, and to its root', async () => {
  const schemas = await lowered(`{
    type: 'object',
    properties: {
      a: { $ref: '#/$defs/item' }, b: { $ref: '#/definitions/old~1item' }, self: { $ref: '#' },
      deep: { $ref: '#/properties/plain' }, plain: { type: 'boolean' },
    },
    $defs: { item: { type: 'string' }, unused: { type: 'null' } },
    definitions: { 'old/item': { type: 'number' } },
  }`)
  expect(schemas).toEqual({
    ChatA: {
      type: 'object',
      properties: {
        a: { $ref: '#/$defs/Item' },
        b: { $ref: '#/$defs/OldItem' },
        self: { $ref: '#/$defs/ChatA' },
        deep: { $ref: '#/$defs/Plain' },
        plain: { type: 'boolean' },
      },
    },
    Item: { type: 'string' },
    OldItem: { type: 'number' },
    Plain: { type: 'boolean' },
  })
})

test('a boolean is a schema', async () => {
  expect(await lowered('true')).toEqual({ ChatA: true })
})

test('a schema belongs to its route, and to none when several use it', async () => {
  const api = await lowerSource(
    apiSource(`const Line = Type.String({ $id: 'Line' })
const Own = Type.String({ $id: 'Own' })
export default defineApi({ title: 'T', version: '1', routes: {
  a: route({ path: '/a', clientToServer: { x: event({ data: Line }) } }),
  b: route({ path: '/b', clientToServer: { x: event({ data: Type.Array(Line) }), y: event({ data: Own }) } }),
} })`),
  )
  expect(api.schemas.map(({ name, route }) => [name, route])).toEqual([
    ['BX', 'b'],
    ['Line', null],
    ['Own', 'b'],
  ])
})

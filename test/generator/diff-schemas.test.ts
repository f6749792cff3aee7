import { describe, expect, it } from 'vitest'
import { type ApiIr, diffApis, type JsonSchema } from 'wirepact/compiler'
import { schemaCases } from './diff-schema-cases.js'
import { api, chat, diffPayload, event, fine, object, request, source, wire } from './diff-world.js'

describe('a change of what a message carries', () => {
  for (const { kind, name, before, after, toServer, toClient } of schemaCases) {
    it(`${kind}: ${name}`, () => {
      const brief = (direction: 'toServer' | 'toClient') =>
        diffPayload(before, after, direction).map((change) => [change.kind, change.class])
      expect(brief('toServer')).toEqual([[kind, toServer]])
      expect(brief('toClient')).toEqual([[kind, toClient]])
    })

    it(`${kind}: nothing is said where nothing changes`, () => {
      expect(diffPayload(before, before, 'toServer')).toEqual([])
      expect(diffPayload(after, structuredClone(after), 'toClient')).toEqual([])
    })
  }
})

const kindsOf = (before: JsonSchema, after: JsonSchema) =>
  diffPayload(before, after, 'toServer').map((change) => [change.kind, change.where])

describe('schemas are compared by what they mean', () => {
  it('a union of constants is the same as a list of values', () => {
    expect(kindsOf({ anyOf: [{ const: 'a' }, { const: 'b' }] }, { enum: ['b', 'a'] })).toEqual([])
  })

  it('a schema that becomes one of several variants is still one of them', () => {
    const before = { type: 'string', maxLength: 3 }
    expect(kindsOf(before, { anyOf: [before, { type: 'null' }] })).toEqual([
      ['UNION_MEMBER_ADDED', 'routes.chat.clientToServer.say.data|1'],
    ])
  })

  it('an intersection of plain objects is one object', () => {
    const [a, b] = [object({ a: true }), object({ b: true })]
    expect(kindsOf({ allOf: [a, b] }, object({ a: true, b: true }))).toEqual([])
  })

  it('a property that another part of an intersection describes is not new: old clients do send it', () => {
    const version = (...names: string[]) => ({
      allOf: [
        object({ a: true }, { required: [] }),
        object(Object.fromEntries(names.map((name) => [name, { type: 'string' }])), {
          required: [],
          maxProperties: 3,
        }),
      ],
    })
    const [first] = diffPayload(version(), version('a'), 'toServer')
    expect(first).toMatchObject({ kind: 'CONDITION_ADDED', class: wire, what: 'Another schema of a is new.' })
  })

  it('a closed intersection refuses a property that is new in a part of it', () => {
    const version = (...parts: JsonSchema[]) => ({ allOf: parts, unevaluatedProperties: false })
    const changes = diffPayload(
      version(object({ a: true }), object({ b: true })),
      version(object({ a: true }), object({ b: true, c: true })),
      'toClient',
    )
    expect(changes).toMatchObject([{ kind: 'REQUIRED_PROPERTY_ADDED_TO_CLOSED', class: wire }])
  })

  it('variants are matched by the constants that tell them apart, in any order', () => {
    const shape = (kind: string, size: JsonSchema) => object({ kind: { const: kind }, size })
    const before = { anyOf: [shape('circle', { type: 'integer' }), shape('square', { type: 'string' })] }
    const after = {
      anyOf: [
        shape('square', { type: 'string', minLength: 1 }),
        shape('circle', { type: 'integer', minimum: 0 }),
      ],
    }
    expect(kindsOf(before, after)).toEqual([
      ['MIN_LENGTH_RAISED', 'routes.chat.clientToServer.say.data|0.size'],
      ['MINIMUM_RAISED', 'routes.chat.clientToServer.say.data|1.size'],
    ])
  })

  it('a variant in the place of another one is a new one, although both are objects', () => {
    const shape = (kind: string) => object({ kind: { const: kind } })
    expect(kindsOf({ anyOf: [shape('circle')] }, { anyOf: [shape('square')] }).map(([kind]) => kind)).toEqual(
      ['UNION_MEMBER_REMOVED', 'UNION_MEMBER_ADDED'],
    )
  })

  it('named variants of oneOf are looked into, as what changes in one may take what was allowed as another', () => {
    const version = (A: JsonSchema) => {
      const oneOf = [{ $ref: '#/$defs/A' }, { $ref: '#/$defs/B' }]
      const B = object({ name: { type: 'string' } })
      const route = chat({ clientToServer: [event({ data: 'ChatSay' })] })
      return api([route], { ChatSay: { oneOf }, A, B })
    }
    const id = { id: { type: 'string' } }
    const changes = diffApis(version(object(id)), version(object(id, { required: [] })))
    expect(changes.map(({ kind, class: one }) => [kind, one])).toEqual([
      ['CONDITION_CHANGED', wire],
      ['PROPERTY_MADE_OPTIONAL', fine],
    ])
  })

  it('named variants that a required constant tells apart are no such matter', () => {
    const version = (more: Record<string, JsonSchema>) => {
      const named = (kind: string) => object({ kind: { const: kind } }, {})
      const A = { ...named('a'), properties: { kind: { const: 'a' }, ...more } }
      const route = chat({ clientToServer: [event({ data: 'ChatSay' })] })
      return api([route], {
        ChatSay: { oneOf: [{ $ref: '#/$defs/A' }, { $ref: '#/$defs/B' }] },
        A,
        B: named('b'),
      })
    }
    expect(diffApis(version({}), version({ note: { type: 'string' } })).map(({ kind }) => kind)).toEqual([
      'OPTIONAL_PROPERTY_ADDED',
    ])
  })

  it('a constant that may be left out tells no variants of oneOf apart', () => {
    const variant = (kind: string, required: string[]) => object({ kind: { const: kind } }, { required })
    const before = { oneOf: [variant('a', ['kind']), variant('b', ['kind'])] }
    const after = { oneOf: [variant('a', []), variant('b', [])] }
    expect(diffPayload(before, after, 'toClient').some((change) => change.class === wire)).toBe(true)
    const isCalledWire = diffPayload(before, after, 'toServer').some((change) => change.class === wire)
    expect(isCalledWire).toBe(true)
  })

  it('what a variant ceases to describe is refused where unevaluated properties are', () => {
    const sealed = (more: Record<string, JsonSchema>) => ({
      type: 'object',
      anyOf: [
        { type: 'object', required: ['a'], properties: { a: true, ...more } },
        { type: 'object', required: ['b'], properties: { b: true } },
      ],
      unevaluatedProperties: false,
    })
    const [more, less] = [sealed({ note: { type: 'string' } }), sealed({})]
    const classes = (before: JsonSchema, after: JsonSchema, direction: 'toServer' | 'toClient') =>
      diffPayload(before, after, direction).map((change) => [change.kind, change.class])
    expect(classes(more, less, 'toServer')[0]).toEqual(['CONDITION_ADDED', wire])
    expect(classes(less, more, 'toClient')[0]).toEqual(['CONDITION_REMOVED', wire])
    expect(classes(less, more, 'toServer').every(([, one]) => one === fine)).toBe(true)
  })

  it('a property that moves into a variant is neither gone nor new', () => {
    const before = object(
      { kind: { type: 'string' } },
      { properties: { kind: true, size: { type: 'string' } } },
    )
    const sizes = [{ properties: { size: { type: 'integer' } } }, { required: ['count'] }]
    const after = object({ kind: { type: 'string' } }, { properties: { kind: true }, anyOf: sizes })
    for (const direction of ['toServer', 'toClient'] as const) {
      expect(diffPayload(before, after, direction)[0]).toMatchObject({ class: wire })
      expect(diffPayload(after, before, direction)[0]).toMatchObject({ class: wire })
    }
  })

  it('oneOf refuses what fits two variants, so that a new one may take what was allowed', () => {
    const before = { oneOf: [{ const: 1 }, { type: 'string' }] }
    const changes = diffPayload(
      before,
      { oneOf: [{ const: 1 }, { type: 'string' }, { minimum: 0 }] },
      'toServer',
    )
    expect(changes.map(({ kind, class: as }) => [kind, as])).toEqual([
      ['CONDITION_CHANGED', wire],
      ['UNION_MEMBER_ADDED', fine],
    ])
    const distinct = { oneOf: [{ const: 1 }, { type: 'string' }, { type: 'null' }] }
    expect(diffPayload(before, distinct, 'toServer')).toMatchObject([{ kind: 'UNION_MEMBER_ADDED' }])
  })

  it('the place names properties, items, positions and variants', () => {
    const version = (leaf: JsonSchema): JsonSchema =>
      object({ rows: { type: 'array', items: { type: 'array', prefixItems: [object({ cell: leaf })] } } })
    expect(kindsOf(version({ type: 'string' }), version({ type: 'integer' }))).toEqual([
      ['TYPE_CHANGED', 'routes.chat.clientToServer.say.data.rows[][0].cell'],
    ])
  })

  const integer = { type: 'integer' }
  const named = { type: 'object', properties: { b: { type: 'string' } } }
  it.each([
    ['a map of another type', { type: 'object', additionalProperties: integer }, named],
    ['other properties of another type', { ...object({ a: integer }), additionalProperties: integer }, named],
    ['a pattern with another type', { type: 'object', patternProperties: { '^b': integer } }, named],
  ])(
    'a property that is named on one side only is compared with %s, which ruled it',
    (_what, mapped, one) => {
      const breaks = (before: JsonSchema, after: JsonSchema, direction: 'toServer' | 'toClient') =>
        diffPayload(before, after, direction).filter((change) => change.class === 'wire-breaking')
      expect(breaks(mapped, one, 'toServer')).toContainEqual(
        expect.objectContaining({ kind: 'TYPE_CHANGED' }),
      )
      expect(breaks(one, mapped, 'toClient')).toContainEqual(
        expect.objectContaining({ kind: 'TYPE_CHANGED' }),
      )
    },
  )

  it('a property that every object inherits is a property like any other', () => {
    expect(kindsOf(object({}), object({ constructor: true, toString: true }))).toEqual([
      ['REQUIRED_PROPERTY_ADDED', 'routes.chat.clientToServer.say.data.constructor'],
      ['REQUIRED_PROPERTY_ADDED', 'routes.chat.clientToServer.say.data.toString'],
    ])
  })
})

describe('a type that several messages share', () => {
  const version = (Line: JsonSchema, more: Partial<ApiIr> = {}): ApiIr =>
    api(
      [
        chat({
          clientToServer: [request({ input: 'ChatText', output: 'Line' })],
          serverToClient: [event({ name: 'said', data: 'Line' })],
        }),
      ],
      { Line },
      more,
    )
  const line = object({ text: { type: 'string' } })

  it('is compared once, and names those who use it', () => {
    const changes = diffApis(version(line), version(object({ text: { type: 'integer' } })))
    expect(changes).toMatchObject([
      {
        kind: 'TYPE_CHANGED',
        where: 'types.Line.text',
        usedBy: ['routes.chat.clientToServer.ask.output', 'routes.chat.serverToClient.said.data'],
      },
    ])
  })

  it('is judged in both directions when it goes both ways, and the worse one counts', () => {
    const both = (Line: JsonSchema) =>
      api([chat({ clientToServer: [request({ input: 'Line', output: 'Line' })] })], { Line })
    const wider = object({ text: { type: ['string', 'null'] } })
    expect(diffApis(both(line), both(wider))).toMatchObject([{ kind: 'NULL_ALLOWED', class: wire }])
    expect(diffApis(both(wider), both(line))).toMatchObject([{ kind: 'NULL_REFUSED', class: wire }])
  })

  it('is followed through other types, also where they refer to themselves', () => {
    const tree = (leaf: JsonSchema) =>
      api([chat({ clientToServer: [event({ data: 'Tree' })] })], {
        Tree: object({ leaf: { $ref: '#/$defs/Leaf' }, inner: { $ref: '#/$defs/Tree' } }),
        Leaf: leaf,
      })
    expect(diffApis(tree({ type: 'string' }), tree({ type: 'string', minLength: 1 }))).toMatchObject([
      { kind: 'MIN_LENGTH_RAISED', where: 'types.Leaf', class: wire },
    ])
  })

  it('is looked into where it is only excluded, too, and a change there counts against both sides', () => {
    const version = (Taken: JsonSchema) =>
      api([chat({ clientToServer: [event({ data: 'ChatSay' })] })], {
        ChatSay: { type: 'string', not: { $ref: '#/$defs/Taken' } },
        Taken,
      })
    expect(diffApis(version({ const: 'a' }), version({ const: 'b' }))).toMatchObject([
      { kind: 'CONDITION_CHANGED', class: wire, where: 'routes.chat.clientToServer.say.data' },
    ])
  })

  it('TYPE_RENAMED: the wire does not carry the name, but code that imports it does not compile', () => {
    const renamed = api([chat({ serverToClient: [event({ name: 'said', data: 'Row' })] })], { Row: line })
    const before = api([chat({ serverToClient: [event({ name: 'said', data: 'Line' })] })], { Line: line })
    expect(diffApis(before, renamed)).toMatchObject([
      { kind: 'TYPE_RENAMED', class: source, where: 'types.Row' },
    ])
  })

  it('is the same when it is written in place instead of being named', () => {
    const inline = api([chat({ clientToServer: [event({ data: 'ChatSay' })] })], {
      ChatSay: object({ line }),
    })
    const named = api([chat({ clientToServer: [event({ data: 'ChatSay' })] })], {
      ChatSay: object({ line: { $ref: '#/$defs/Line' } }),
      Line: line,
    })
    expect(diffApis(inline, named)).toEqual([])
    expect(diffApis(named, inline)).toEqual([])
  })
})

it('an unused class of change is compatible', () => {
  expect(diffPayload({ title: 'A' }, { title: 'B' }, 'toClient')).toMatchObject([{ class: fine }])
})

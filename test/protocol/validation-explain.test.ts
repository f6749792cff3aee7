import { explain, fits, type JsonSchema, lazyExplain } from '@wirepact/protocol/validation'
import { describe, expect, it } from 'vitest'

const list = (schema: JsonSchema, value: unknown) =>
  explain(schema, {}, value).map(({ path, keyword, message }) => `${path} ${keyword}: ${message}`)

/** One line for each keyword: the schema, a value that does not fit, and what is said about it. */
const table: [schema: JsonSchema, value: unknown, problems: string[]][] = [
  [{ type: 'string' }, 1, [' type: must be a string']],
  [{ type: ['object', 'null'] }, [], [' type: must be an object or null']],
  [{ type: 'integer' }, 1.5, [' type: must be an integer']],
  [{ const: 'a' }, 'b', [' const: must be "a"']],
  [{ enum: [1, 'a', null] }, 2, [' enum: must be 1, "a" or null']],
  [{ minLength: 1 }, '', [' minLength: must have at least 1 character']],
  [{ maxLength: 2 }, 'abc', [' maxLength: must have at most 2 characters']],
  [{ pattern: '^a' }, 'b', [' pattern: must match the pattern ^a']],
  [{ format: 'email' }, 'b', [" format: must have the format 'email'"]],
  [{ minimum: 1 }, 0, [' minimum: must be at least 1']],
  [{ maximum: 1 }, 2, [' maximum: must be at most 1']],
  [{ exclusiveMinimum: 1 }, 1, [' exclusiveMinimum: must be greater than 1']],
  [{ exclusiveMaximum: 1 }, 1, [' exclusiveMaximum: must be less than 1']],
  [{ multipleOf: 0.1 }, 0.25, [' multipleOf: must be a multiple of 0.1']],
  [{ required: ['text'] }, {}, [" required: must have the property 'text'"]],
  [{ required: ['toString'] }, {}, [" required: must have the property 'toString'"]],
  [{ properties: { a: { type: 'null' } } }, { a: 1 }, ['/a type: must be null']],
  [{ properties: { a: false } }, { a: 1 }, [" properties: must not have the property 'a'"]],
  [{ patternProperties: { '^x': { minimum: 1 } } }, { x1: 0, y: 0 }, ['/x1 minimum: must be at least 1']],
  [
    { properties: { a: true }, additionalProperties: false },
    { a: 1, x: 1 },
    [" additionalProperties: must not have the property 'x'"],
  ],
  [{ additionalProperties: { type: 'null' } }, { 'a/b~': 1 }, ['/a~1b~0 type: must be null']],
  [
    { propertyNames: { maxLength: 1 } },
    { ab: 1 },
    [" propertyNames: must not have the property 'ab': its name must have at most 1 character"],
  ],
  [{ minProperties: 1 }, {}, [' minProperties: must have at least 1 property']],
  [{ maxProperties: 0 }, { a: 1 }, [' maxProperties: must have at most 0 properties']],
  [
    { dependentRequired: { a: ['b'] } },
    { a: 1 },
    [" dependentRequired: must have the property 'b', because it has 'a'"],
  ],
  [{ dependentSchemas: { a: { required: ['b'] } } }, { a: 1 }, [" required: must have the property 'b'"]],
  [{ items: { type: 'null' } }, [null, 1], ['/1 type: must be null']],
  [{ prefixItems: [true, { type: 'null' }] }, [1, 1, 1], ['/1 type: must be null']],
  [{ prefixItems: [true], items: false }, [1, 2], [' items: must have at most 1 item']],
  [{ contains: { type: 'null' } }, [1], [' contains: must have at least 1 item of the required form']],
  [
    { contains: { type: 'null' }, minContains: 2 },
    [null],
    [' minContains: must have at least 2 items of the required form'],
  ],
  [
    { contains: { type: 'null' }, maxContains: 1 },
    [null, null],
    [' maxContains: must have at most 1 item of the given form'],
  ],
  [{ minItems: 1 }, [], [' minItems: must have at least 1 item']],
  [{ maxItems: 1 }, [1, 2], [' maxItems: must have at most 1 item']],
  [{ uniqueItems: true }, [1, 1], [' uniqueItems: must not have the same item twice']],
  [
    { allOf: [{ minimum: 2 }, { maximum: 0 }] },
    1,
    [' minimum: must be at least 2', ' maximum: must be at most 0'],
  ],
  [{ anyOf: [{ type: 'null' }, { type: 'string' }] }, 1, [' anyOf: must fit at least one of 2 schemas']],
  [{ oneOf: [true, true] }, 1, [' oneOf: must fit exactly one of 2 schemas, and fits 2']],
  [{ not: { type: 'number' } }, 1, [' not: must not have this form']],
  // biome-ignore lint/suspicious/noThenProperty: this is the keyword of JSON Schema.
  [{ if: { type: 'number' }, then: { minimum: 2 } }, 1, [' minimum: must be at least 2']],
  [{ if: { type: 'string' }, else: { minimum: 2 } }, 1, [' minimum: must be at least 2']],
  [
    { allOf: [{ properties: { a: true } }], unevaluatedProperties: false },
    { a: 1, b: 1 },
    [" unevaluatedProperties: must not have the property 'b'"],
  ],
  [
    { prefixItems: [true], unevaluatedItems: false },
    [1, 2],
    [' unevaluatedItems: must not have any other items'],
  ],
  [false, 1, [' schema: must be absent']],
]

describe('explain', () => {
  it.each(table)('says of %j what is wrong with %j', (schema, value, problems) => {
    expect(list(schema, value)).toEqual(problems)
  })

  it('finds nothing in what fits', () => {
    const schema = { type: 'object', required: ['a'], properties: { a: { items: { type: 'integer' } } } }
    expect(list(schema, { a: [1, 2], more: true })).toEqual([])
  })

  it('finds every problem, not only the first', () => {
    const schema = {
      required: ['a', 'b'],
      properties: { c: { type: 'string', const: 'x' }, d: { minimum: 1 } },
    }
    expect(explain(schema, {}, { c: 1, d: 0 }).map(({ path, keyword }) => `${path} ${keyword}`)).toEqual([
      ' required',
      ' required',
      '/c type',
      '/c const',
      '/d minimum',
    ])
  })

  it('reports the branch that a value comes closest to', () => {
    const branch = (kind: string, rest: object) => ({
      type: 'object',
      required: ['kind'],
      properties: { kind: { const: kind }, ...rest },
    })
    const schema = {
      anyOf: [
        branch('a', { x: { type: 'null' } }),
        branch('b', { y: { type: 'string' }, z: { type: 'null' } }),
        { type: 'null' },
      ],
    }
    expect(list(schema, { kind: 'b', x: 1, y: 1, z: 1 })).toEqual([
      ' anyOf: must fit at least one of 3 schemas',
      '/y type: must be a string',
      '/z type: must be null',
    ])
  })

  it('follows references, also back to where they came from', () => {
    const $defs = {
      Tree: { properties: { children: { items: { $ref: '#/$defs/Tree' } }, value: { type: 'string' } } },
    }
    const value = { children: [{ children: [{ value: 1 }] }] }
    expect(explain({ $ref: '#/$defs/Tree' }, { $defs }, value)).toEqual([
      { path: '/children/0/children/0/value', keyword: 'type', message: 'must be a string' },
    ])
  })

  it('never repeats the value', () => {
    const secret = 'hunter2-hunter2'
    const schema = {
      type: 'integer',
      const: 1,
      enum: [1],
      format: 'email',
      pattern: '^x$',
      maxLength: 1,
      not: true,
    }
    expect(JSON.stringify(explain(schema, {}, secret))).not.toContain(secret)
  })

  it('stops at a hundred problems, and long before an answer becomes large', () => {
    const wrong = new Array(10_000).fill(1)
    expect(explain({ items: { type: 'string' } }, {}, wrong)).toHaveLength(100)
    const long = Object.fromEntries(wrong.map((_, index) => [`${'k'.repeat(5000)}${index}`, 1]))
    expect(
      JSON.stringify(explain({ additionalProperties: { type: 'string' } }, {}, long)).length,
    ).toBeLessThan(100_000)
    expect(JSON.stringify(explain({ additionalProperties: false }, {}, long)).length).toBeLessThan(100_000)
  })

  it('gives up where branches within branches would take for ever', () => {
    const $defs = {
      Deep: {
        anyOf: [
          { items: { $ref: '#/$defs/Deep' }, type: 'array' },
          { items: { $ref: '#/$defs/Deep' }, minItems: 9 },
        ],
      },
    }
    let value: unknown = 1
    for (let depth = 0; depth < 60; depth++) value = [value, 'x']
    expect(explain({ $ref: '#/$defs/Deep' }, { $defs }, value).length).toBeLessThanOrEqual(100)
  })
})

describe('fits', () => {
  it('keeps what was evaluated apart from what was only tried', () => {
    const schemas = {
      Tried: { if: { properties: { a: { const: 1 } }, required: ['a'] }, unevaluatedProperties: false },
      Item: { contains: { prefixItems: [true] }, unevaluatedItems: false },
      Nested: { properties: { a: { properties: { b: true } } }, unevaluatedProperties: false },
    }
    expect([{ a: 1 }, { a: 2 }, {}].map((value) => fits(schemas, 'Tried', value))).toEqual([
      true,
      false,
      true,
    ])
    expect([[[1]], [1]].map((value) => fits(schemas, 'Item', value))).toEqual([true, true])
    expect([{ a: { b: 1 } }, { b: 1 }].map((value) => fits(schemas, 'Nested', value))).toEqual([true, false])
  })

  it('accepts nothing for a schema that is not there', () => {
    expect(fits({}, 'Nobody', 1)).toBe(false)
    expect(fits({}, 'toString', 1)).toBe(false)
  })
})

describe('lazyExplain', () => {
  it('loads the schemas when it is asked, and looks up by name', async () => {
    let loads = 0
    const explainByName = lazyExplain(async () => {
      loads++
      return { schemas: { A: { $ref: '#/$defs/B' }, B: { type: 'string' } } }
    })
    const explainA = explainByName('A')
    expect(loads).toBe(0)
    expect(await explainA(1)).toEqual([{ path: '', keyword: 'type', message: 'must be a string' }])
  })

  it('has one general problem where a check refused what the interpreter finds nothing wrong with', async () => {
    const explainAny = lazyExplain(async () => ({ schemas: { A: true } }))('A')
    expect(await explainAny(1)).toEqual([{ path: '', keyword: 'schema', message: 'must fit the schema' }])
  })
})

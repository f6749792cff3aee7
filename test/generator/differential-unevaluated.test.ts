import { beforeAll, describe, expect, it } from 'vitest'
import { type GeneratedCheck, generateChecks } from './differential/generated-checks.js'

interface Row {
  readonly schema: Record<string, unknown>
  readonly fits: readonly unknown[]
  readonly fails: readonly unknown[]
}

const has = (name: string) => ({ properties: { [name]: true }, required: [name] })

/** What counts as evaluated depends on the value: Ajv is no judge of most of these, so each is written out. */
const table: Record<string, Row> = {
  'the branches of if that are taken': {
    schema: {
      if: has('a'),
      // biome-ignore lint/suspicious/noThenProperty: this is the keyword of JSON Schema.
      then: { properties: { b: true } },
      else: { properties: { c: true } },
      unevaluatedProperties: false,
    },
    fits: [{ a: 1 }, { a: 1, b: 1 }, { c: 1 }, {}, 'text', [1]],
    fails: [{ a: 1, c: 1 }, { b: 1 }, { a: 1, d: 1 }],
  },
  'if alone, where it fits': {
    schema: { if: has('a'), unevaluatedProperties: false },
    fits: [{ a: 1 }, {}],
    fails: [{ b: 1 }, { a: 1, b: 1 }],
  },
  'every branch of anyOf that fits': {
    schema: { anyOf: [has('a'), has('b'), { type: 'object' }], unevaluatedProperties: false },
    fits: [{ a: 1 }, { a: 1, b: 1 }, {}],
    fails: [{ c: 1 }, { a: 1, c: 1 }],
  },
  'a branch of anyOf as a whole': {
    schema: {
      anyOf: [{ type: 'object' }, { anyOf: [has('a')], properties: { b: { const: 1 } } }],
      unevaluatedProperties: false,
    },
    fits: [{ a: 1, b: 1 }, {}],
    fails: [{ a: 1, b: 2 }, { b: 1 }],
  },
  'the one branch of oneOf': {
    schema: { oneOf: [has('a'), has('b')], unevaluatedProperties: false },
    fits: [{ a: 1 }, { b: 1 }],
    fails: [{ a: 1, b: 1 }, { a: 1, c: 1 }, {}],
  },
  'dependent schemas, where the property is there': {
    schema: { dependentSchemas: { a: { properties: { a: true, b: true } } }, unevaluatedProperties: false },
    fits: [{ a: 1, b: 1 }, {}],
    fails: [{ b: 1 }],
  },
  'nothing of not': {
    schema: { not: { not: has('a') }, unevaluatedProperties: false },
    fits: [],
    fails: [{ a: 1 }],
  },
  'references, and what they refer to in turn': {
    schema: {
      $ref: '#/$defs/x',
      unevaluatedProperties: { type: 'string' },
      $defs: {
        x: { allOf: [{ $ref: '#/$defs/y' }] },
        y: { patternProperties: { '^a': { type: 'number' } } },
      },
    },
    fits: [{ a1: 1 }, { b: 'text' }],
    fails: [{ a1: 'text' }, { b: 1 }],
  },
  'inherited names like any other': {
    schema: { anyOf: [has('a'), { type: 'object' }], unevaluatedProperties: false },
    fits: [{}],
    fails: [{ toString: 1 }, JSON.parse('{"__proto__":1}'), { a: 1, hasOwnProperty: 1 }],
  },
  'all of it, where an inner schema closes the object': {
    schema: { allOf: [{ additionalProperties: { type: 'number' } }], unevaluatedProperties: false },
    fits: [{ a: 1 }],
    fails: [{ a: 'text' }],
  },
  'items that contains finds': {
    schema: { prefixItems: [true], contains: { type: 'string' }, unevaluatedItems: { type: 'number' } },
    fits: [[null, 'a', 1], ['a', 'b'], {}],
    fails: [
      [null, 'a', null],
      [null, 1],
    ],
  },
  'items of the branches that fit': {
    schema: {
      anyOf: [{ prefixItems: [{ const: 1 }] }, { prefixItems: [true, { const: 2 }] }],
      unevaluatedItems: false,
    },
    fits: [[1], [0, 2], [1, 2], []],
    fails: [
      [1, 3],
      [1, 2, 3],
      [0, 3],
    ],
  },
  'every item, where an inner schema speaks of all': {
    schema: { allOf: [{ items: { type: 'number' } }], unevaluatedItems: false },
    fits: [[1, 2]],
    fails: [[1, 'a']],
  },
}

let checks: readonly GeneratedCheck[] = []

beforeAll(async () => {
  const documents = Object.values(table).map(({ schema }) => schema)
  checks = await generateChecks('differential-unevaluated', documents)
})

describe('what is evaluated', () => {
  it.each(Object.keys(table).map((name, index) => ({ name, index })))('is $name', ({ name, index }) => {
    const { fits, fails } = table[name] as Row
    const { check, interpret } = checks[index] as GeneratedCheck
    for (const judge of [check, interpret]) {
      expect(fits.filter((value) => !judge(value))).toEqual([])
      expect(fails.filter((value) => judge(value))).toEqual([])
    }
  })
})

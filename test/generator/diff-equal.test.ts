import { describe, expect, it } from 'vitest'
import type { JsonSchema } from 'wirepact/compiler'
import { diffPayload, fine, object, wire } from './diff-world.js'

const text = { type: 'string' }
const list = (items: JsonSchema, minItems: number, maxItems: number): JsonSchema => ({
  type: 'array',
  items,
  minItems,
  maxItems,
})
const tuple = (minItems: number, ...prefixItems: readonly JsonSchema[]): JsonSchema => ({
  type: 'array',
  prefixItems,
  items: false,
  minItems,
})

/** Pairs that accept the same values. */
const equal: readonly (readonly [name: string, one: JsonSchema, other: JsonSchema])[] = [
  ['a list of types and a union of them', { type: ['string', 'null'] }, { anyOf: [text, { type: 'null' }] }],
  [
    'a list of types with limits and a union with them',
    { type: ['string', 'integer'], minLength: 1, minimum: 0 },
    {
      anyOf: [
        { type: 'string', minLength: 1 },
        { type: 'integer', minimum: 0 },
      ],
    },
  ],
  ['a boolean and its two values', { type: 'boolean' }, { anyOf: [{ const: true }, { const: false }] }],
  ['a boolean and a list of both', { type: 'boolean' }, { enum: [false, true] }],
  [
    'a boolean that may be null and three values',
    { type: ['boolean', 'null'] },
    { anyOf: [{ const: true, type: 'boolean' }, { const: false, type: 'boolean' }, { type: 'null' }] },
  ],
  [
    'a boolean among variants and its two values among them',
    { anyOf: [text, { type: 'boolean' }] },
    { anyOf: [{ const: true }, { const: false }, text] },
  ],
  [
    'values that may be null and values beside null',
    { enum: ['a', 'b', null] },
    { anyOf: [{ enum: ['a', 'b'] }, { type: 'null' }] },
  ],
  ['limits of integers', { type: 'integer', minimum: 1 }, { type: 'integer', exclusiveMinimum: 0 }],
  ['upper limits of integers', { type: 'integer', maximum: 9 }, { type: 'integer', exclusiveMaximum: 10 }],
  ['broken limits of integers', { type: 'integer', minimum: 0.5 }, { type: 'integer', minimum: 1 }],
  ['integers and whole multiples', { type: 'integer', multipleOf: 5 }, { type: 'number', multipleOf: 5 }],
  [
    'a limit beside a tighter one',
    { type: 'number', minimum: 1 },
    { type: 'number', minimum: 1, exclusiveMinimum: 0 },
  ],
  ['values within a limit and the values alone', { enum: [1, 2], maximum: 9 }, { enum: [1, 2], maximum: 5 }],
  ['values of which a limit strikes one out', { enum: [1, 2, 12], maximum: 9 }, { enum: [1, 2] }],
  [
    'words of which a length and a pattern strike some out',
    { enum: ['a', 'abc', 'b'], maxLength: 2, pattern: '^a' },
    { const: 'a' },
  ],
  ['a list of two and a tuple of two', list(text, 2, 2), tuple(2, text, text)],
  ['a list of up to two and a tuple of up to two', list(text, 0, 2), tuple(0, text, text)],
  [
    'a tuple that is closed and one that may not be longer',
    tuple(1, text),
    { type: 'array', prefixItems: [text], maxItems: 1, minItems: 1 },
  ],
  [
    'variants of a variant',
    { anyOf: [{ anyOf: [text, { type: 'null' }] }, { type: 'array' }] },
    { anyOf: [text, { type: 'null' }, { type: 'array' }] },
  ],
  [
    'a schema alone in allOf',
    { allOf: [object({ a: text }, { maxProperties: 3 })] },
    object({ a: text }, { maxProperties: 3 }),
  ],
  [
    'a tuple of one and one of two that may be one long',
    tuple(0, text),
    { type: 'array', prefixItems: [text, { type: 'null' }], maxItems: 1 },
  ],
  ['a limit of numbers where there are none', { type: 'null' }, { type: ['null'], minimum: 1, maxLength: 3 }],
  ['others that may be anything', object({}, { additionalProperties: {} }), object({})],
]

describe('schemas that accept the same values are equal', () => {
  it.each(equal)('%s', (_name, one, other) => {
    for (const direction of ['toServer', 'toClient'] as const) {
      expect(diffPayload(one, other, direction)).toEqual([])
      expect(diffPayload(other, one, direction)).toEqual([])
    }
  })
})

/** Pairs of which the second accepts less. */
const tighter: readonly (readonly [name: string, one: JsonSchema, other: JsonSchema])[] = [
  [
    'a list of types and a part of its union',
    { type: ['string', 'null', 'array'] },
    { anyOf: [text, { type: 'null' }] },
  ],
  ['a boolean and true', { type: 'boolean' }, { const: true }],
  ['a limit that leaves itself out', { type: 'number', minimum: 0 }, { type: 'number', exclusiveMinimum: 0 }],
  [
    'a limit of integers and the next',
    { type: 'integer', minimum: 1 },
    { type: 'integer', exclusiveMinimum: 1 },
  ],
  [
    'numbers from 1 on and integers from 1 on',
    { type: 'number', minimum: 1 },
    { type: 'integer', exclusiveMinimum: 0 },
  ],
  ['values of which a limit strikes one out', { enum: [1, 2] }, { enum: [1, 2], maximum: 1 }],
  ['a list of up to three and a tuple of two', list(text, 2, 3), tuple(2, text, text)],
  [
    'a list of two and a tuple with a tighter one',
    list(text, 2, 2),
    tuple(2, text, { type: 'string', minLength: 1 }),
  ],
]

describe('what is written in another form is judged by what it accepts', () => {
  it.each(tighter)('less is accepted: %s', (_name, one, other) => {
    const worst = (before: JsonSchema, after: JsonSchema, direction: 'toServer' | 'toClient') =>
      diffPayload(before, after, direction).some((change) => change.class === wire) ? wire : fine
    expect(worst(one, other, 'toServer')).toBe(wire)
    expect(worst(one, other, 'toClient')).toBe(fine)
    expect(worst(other, one, 'toServer')).toBe(fine)
    expect(worst(other, one, 'toClient')).toBe(wire)
  })
})

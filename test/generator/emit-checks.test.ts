import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Validator } from '@wirepact/protocol'
import * as validation from '@wirepact/protocol/validation'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiIr, emitApi, type JsonSchema } from 'wirepact/compiler'
import { compile, removeEmitted, writeEmitted } from './compile-emitted.js'
import { everythingIr } from './everything-ir.js'

const extra: Record<string, JsonSchema> = {
  ClosedOptional: {
    type: 'object',
    properties: { a: { type: 'string' }, 'b.c': { type: 'string' } },
    additionalProperties: false,
  },
  ClosedWide: {
    type: 'object',
    properties: Object.fromEntries([...'abcdefghij'].map((key) => [key, { type: 'integer' }])),
    additionalProperties: false,
  },
  ClosedHostile: {
    type: 'object',
    required: ['toString'],
    properties: { toString: true },
    additionalProperties: false,
  },
  Records: {
    type: 'object',
    additionalProperties: { type: 'object', additionalProperties: { type: 'string' } },
  },
  Matrix: { type: 'array', items: { type: 'array', items: { type: 'array', items: { type: 'integer' } } } },
  Unevaluated: {
    type: 'object',
    properties: { kind: { type: 'string' } },
    anyOf: [
      { properties: { kind: { const: 'a' }, x: { type: 'number' } } },
      { properties: { kind: { const: 'b' }, y: { type: 'number' } } },
    ],
    unevaluatedProperties: false,
  },
  Text: { type: 'string', minLength: 3, maxLength: 3 },
  Odd: { type: 'object', properties: { 'it\'s "odd" \\ \u2028': { const: "'\\\n\u2028`$\u007bx}" } } },
  Formats: { type: 'array', prefixItems: [...validation.knownFormats].map((format) => ({ format })) },
}

const api: ApiIr = {
  ...everythingIr,
  schemas: [
    ...everythingIr.schemas,
    ...Object.entries(extra).map(([name, schema]) => ({ name, schema, route: 'game' })),
  ],
}

const score = { points: 1.5, 'by-player': { ada: 1 }, constructor: 'x', at: '2026-01-01T00:00:00Z' }
const tree = (depth: number): unknown => ({ value: 'ab', children: depth > 0 ? [tree(depth - 1)] : [] })
const parse = (text: string): unknown => JSON.parse(text)

/** What fits and what does not, by validator. */
const table: Record<string, { fits: unknown[]; fails: unknown[] }> = {
  gameMoveInput: {
    fits: [null, { kind: 'step', by: 1 }, { kind: 'jump', to: { x: 1, y: 2 } }],
    fails: [
      undefined,
      { kind: 'step', by: 0 },
      { kind: 'step', by: 1, to: 1 },
      { kind: 'jump', to: { x: 1, y: 2, z: 3 } },
      { kind: 'leap' },
      [],
    ],
  },
  gameMoveOutput: { fits: [tree(20)], fails: [{ value: 'ab' }, { value: 'ab', children: [{}] }] },
  gameScore: {
    fits: [
      score,
      { ...score, points: null },
      { ...score, toString: true, mail: 'a@example.org', tuple: ['a', 1], open: [], unique: [1, 'three'] },
      { ...score, constant: { deep: [1, 'two', null] }, open: ['a', true, false], nothing: {} },
      parse(`${JSON.stringify(score).slice(0, -1)},"__proto__":1}`),
    ],
    fails: [
      null,
      [],
      'text',
      { points: 1, 'by-player': {}, at: score.at },
      { ...score, points: 1.25 },
      { ...score, points: 100.5 },
      { ...score, 'by-player': { ada: 0.5 } },
      { ...score, toString: 1 },
      { ...score, at: 'yesterday' },
      { ...score, mail: 'a@example.com' },
      { ...score, mail: '@example.org' },
      { ...score, tuple: ['a'] },
      { ...score, tuple: ['a', 1, 2] },
      { ...score, open: [1] },
      { ...score, open: ['a', 'b'] },
      { ...score, unique: [] },
      { ...score, unique: [1, 1] },
      { ...score, unique: ['four'] },
      { ...score, constant: { deep: [1, 'two'] } },
      { ...score, nothing: { a: 1 } },
      parse(`${JSON.stringify(score).slice(0, -1)},"__proto__":"x"}`),
    ],
  },
  gameBoard: { fits: [{ a1: 'king' }], fails: [{}, { a9: 'king' }, { a1: 'joker' }, { a1: 'king', x: 1 }] },
  gameSeat: {
    fits: [{ name: 'a', seat: 1 }],
    fails: [{ name: 'a' }, { name: 'a', seat: 1, more: 1 }, { name: 'a', seat: '1' }],
  },
  gameRule: {
    fits: [{}, { level: 5, handicap: 1 }, { level: 1 }, { extra: 'text' }],
    fails: [{ level: 5 }, { level: 1, handicap: 1 }, { handicap: 1 }, { extra: 1 }],
  },
  gameDice: { fits: [1, 6, [6, 1, 6]], fails: [0, 7, 1.5, [6], [], '6'] },
  gameCountry: { fits: ['AT', 'PL'], fails: ['XX', 'at', null, 1] },
  gameFlag: { fits: [true], fails: [false, 1, 'true'] },
  gameNumber: { fits: [0, -1.5, 1e300], fails: [Number.NaN, Number.POSITIVE_INFINITY, '1', null] },
  closedOptional: {
    fits: [{}, { a: 'x' }, { 'b.c': 'x' }],
    fails: [{ bxc: 'x' }, { toString: 'x' }, parse('{"__proto__":{}}'), { a: 'x', b: 'y' }],
  },
  closedWide: { fits: [{ a: 1, j: 2 }], fails: [{ k: 1 }, { a: 1, constructor: 1 }] },
  closedHostile: { fits: [{ toString: 1 }], fails: [{}, { x: 1 }, { toString: 1, x: 1 }] },
  records: { fits: [{}, { a: {} }, { a: { b: 'c' } }], fails: [{ a: 1 }, { a: { b: 1 } }] },
  matrix: { fits: [[], [[]], [[[1]]]], fails: [[1], [[1]], [[['a']]]] },
  unevaluated: {
    fits: [
      { kind: 'a', x: 1 },
      { kind: 'b', y: 1 },
    ],
    fails: [
      { kind: 'a', y: 1 },
      { kind: 'b', x: 1 },
      { kind: 'a', x: 1, z: 1 },
    ],
  },
  text: { fits: ['abc', '😀😀😀', 'a😀c'], fails: ['ab', 'abcd', '😀😀', '😀😀😀😀', 1] },
  odd: {
    fits: [{}, { 'it\'s "odd" \\ \u2028': "'\\\n\u2028`$\u007bx}" }],
    fails: [{ 'it\'s "odd" \\ \u2028': 'else' }],
  },
}

let folder = ''
let validators: Readonly<Record<string, Validator>> = {}

beforeAll(async () => {
  folder = await writeEmitted('emit-checks', await emitApi(api))
  expect(await compile(folder, { compiler: '7', resolution: 'nodenext', emits: true })).toBe('')
  validators = await import(/* @vite-ignore */ pathToFileURL(join(folder, 'js/game/validators.js')).href)
}, 60_000)

afterAll(() => removeEmitted(folder))

describe.each(Object.entries(table))('the emitted check %s', (name, { fits, fails }) => {
  it('accepts what fits and refuses what does not', () => {
    const check = validators[name]?.check
    expect(fits.filter((value) => check?.(value) !== true)).toEqual([])
    expect(fails.filter((value) => check?.(value) !== false)).toEqual([])
  })

  it('is explained by at least one problem where it refuses', async () => {
    const explained = await Promise.all(fails.map((value) => validators[name]?.explain(value)))
    for (const problems of explained) expect(problems?.length).toBeGreaterThan(0)
    expect(explained.flat().map((problem) => problem?.keyword)).not.toContain('schema')
  })
})

describe('an emitted check', () => {
  it('knows every format and refuses text that is none of it', () => {
    const check = validators.formats?.check
    for (const index of [...validation.knownFormats].keys()) {
      const broken = '\u0000%{[(~'
      expect(check?.([...new Array(index).fill(0), broken])).toBe(false)
    }
  })

  it('takes no value of another kind for what it expects, and throws for none', () => {
    const values = [undefined, null, true, 0, '', [], {}, [[]], [{}], Object.create(null), new Date(0), 1n]
    for (const { check } of Object.values(validators))
      for (const value of values) expect(typeof check(value)).toBe('boolean')
  })

  it('does not touch the value', () => {
    const value = Object.freeze({ kind: 'jump', to: Object.freeze({ x: 1, y: 2 }) })
    expect(validators.gameMoveInput?.check(value)).toBe(true)
  })
})

import { beforeAll, expect, test } from 'vitest'
import { type GeneratedCheck, generateChecks } from './differential/generated-checks.js'

const inner = { properties: { next: { $ref: '#' } }, required: ['next'] }
const leaf = { properties: { leaf: { type: 'string' } }, required: ['leaf'] }
const closed = { type: 'object', unevaluatedProperties: false }

/** Schemas of values within values, each of which asks which of its branches fits in order to know what is evaluated. */
const shapes: Readonly<Record<string, Record<string, unknown>>> = {
  anyOf: { ...closed, anyOf: [inner, leaf] },
  oneOf: { ...closed, oneOf: [inner, leaf] },
  'anyOf within allOf': { ...closed, allOf: [{ anyOf: [inner, leaf] }] },
  'anyOf within anyOf': { ...closed, anyOf: [{ anyOf: [{ anyOf: [inner, leaf] }] }] },
  if: { ...closed, if: inner, else: leaf },
  // biome-ignore lint/suspicious/noThenProperty: this is the keyword of JSON Schema.
  'a branch that is taken': { ...closed, if: { required: ['leaf'] }, then: leaf, else: { anyOf: [inner] } },
  'a named union': { ...closed, $ref: '#/$defs/Both', $defs: { Both: { anyOf: [inner, leaf] } } },
  'a named union as a branch': {
    ...closed,
    oneOf: [{ $ref: '#/$defs/Both' }, { required: ['other'] }],
    $defs: { Both: { anyOf: [inner, leaf] } },
  },
  'dependent schemas': { ...closed, dependentSchemas: { next: { anyOf: [inner] }, leaf } },
  'any kind of value': { anyOf: [inner, leaf], unevaluatedProperties: false },
  'the items of a list': {
    type: 'array',
    anyOf: [
      { prefixItems: [{ $ref: '#' }], minItems: 1 },
      { prefixItems: [leaf], minItems: 1 },
    ],
    unevaluatedItems: false,
  },
}

let checks: readonly GeneratedCheck[] = []

beforeAll(async () => {
  checks = await generateChecks('emit-depth', Object.values(shapes))
})

/** How often the innermost value is looked at, which stands within `depth` others. */
function countLooks({ check }: GeneratedCheck, depth: number, isList: boolean): number {
  let looks = 0
  let value: unknown = {
    get leaf() {
      looks++
      return 'text'
    },
  }
  for (let level = 0; level < depth; level++) value = isList ? [value] : { next: value }
  expect(check(value)).toBe(true)
  return looks
}

test.each(Object.keys(shapes))(
  '%s: what a value holds is not looked at more often the deeper it stands',
  (name) => {
    const check = checks[Object.keys(shapes).indexOf(name)] as GeneratedCheck
    const isList = name === 'the items of a list'
    const looks = [1, 3, 12].map((depth) => countLooks(check, depth, isList))
    expect(looks[0]).toBeGreaterThan(0)
    expect(new Set(looks).size).toBe(1)
  },
)

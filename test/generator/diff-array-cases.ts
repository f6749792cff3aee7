import type { ChangeClass, Kind } from 'wirepact/compiler'
import { type Row, toCases } from './diff-schema-case.js'
import { fine, wire } from './diff-world.js'

const text = { type: 'string' }
const list = (rest: Record<string, unknown>) => ({ type: 'array', ...rest })

/** Pairs of a limit raised and lowered: raising a lower limit narrows, raising an upper one widens. */
const limits: readonly Row[] = (
  [
    ['minimum', 'MINIMUM', 'integer'],
    ['exclusiveMinimum', 'EXCLUSIVE_MINIMUM', 'integer'],
    ['minLength', 'MIN_LENGTH', 'string'],
    ['minItems', 'MIN_ITEMS', 'array'],
    ['minProperties', 'MIN_PROPERTIES', 'object'],
    ['minContains', 'MIN_CONTAINS', 'array'],
    ['maximum', 'MAXIMUM', 'integer'],
    ['exclusiveMaximum', 'EXCLUSIVE_MAXIMUM', 'integer'],
    ['maxLength', 'MAX_LENGTH', 'string'],
    ['maxItems', 'MAX_ITEMS', 'array'],
    ['maxProperties', 'MAX_PROPERTIES', 'object'],
    ['maxContains', 'MAX_CONTAINS', 'array'],
  ] as const
).flatMap(([keyword, name, type]): Row[] => {
  const isLower = name.includes('MIN')
  const of = (value: number) => ({ type, [keyword]: value })
  const [raised, lowered] = [`${name}_RAISED`, `${name}_LOWERED`] as [Kind, Kind]
  const narrows: readonly [ChangeClass, ChangeClass] = [wire, fine]
  const widens: readonly [ChangeClass, ChangeClass] = [fine, wire]
  const [up, down] = isLower ? [narrows, widens] : [widens, narrows]
  const less = 'the server refuses what old clients may send, and sends nothing new'
  const more = 'the server takes what old clients send, and may send what they do not expect'
  return [
    [raised, `${keyword} is raised: ${isLower ? less : more}`, of(2), of(3), ...up],
    [lowered, `${keyword} is lowered: ${isLower ? more : less}`, of(3), of(2), ...down],
  ]
})

/** The items of arrays, and every limit. */
export const arrayCases = toCases([
  [
    'ITEMS_RESTRICTED',
    'items get a schema: old clients may send others, and take those',
    list({}),
    list({ items: text }),
    wire,
    fine,
  ],
  [
    'ITEMS_RELEASED',
    'items may be anything: old clients send what was allowed, and expect nothing else',
    list({ items: text }),
    list({}),
    fine,
    wire,
  ],
  [
    'TUPLE_ITEM_ADDED',
    'a tuple may be longer: old clients send the shorter one, and refuse the longer one',
    list({ prefixItems: [text], items: false }),
    list({ prefixItems: [text, text], items: false }),
    fine,
    wire,
  ],
  [
    'TUPLE_ITEM_REMOVED',
    'a tuple is shorter: old clients may send the longer one, and take the shorter one',
    list({ prefixItems: [text, text], items: false }),
    list({ prefixItems: [text], items: false }),
    wire,
    fine,
  ],
  [
    'UNIQUE_ITEMS_REQUIRED',
    'no item may occur twice: old clients may send one twice, and need none twice',
    list({}),
    list({ uniqueItems: true }),
    wire,
    fine,
  ],
  [
    'UNIQUE_ITEMS_LIFTED',
    'items may occur twice: old clients send none twice, and expect none twice',
    list({ uniqueItems: true }),
    list({}),
    fine,
    wire,
  ],
  ...limits,
])

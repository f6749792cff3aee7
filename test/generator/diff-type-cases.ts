import { toCases } from './diff-schema-case.js'
import { fine, object, source, wire } from './diff-world.js'

const text = { type: 'string' }
const circle = object({ kind: { const: 'circle' }, r: { type: 'number' } })
const square = object({ kind: { const: 'square' }, side: { type: 'number' } })
const line = object({ kind: { const: 'line' }, length: { type: 'number' } })

/** What types and values are allowed. */
export const typeCases = toCases([
  [
    'TYPE_NARROWED',
    'a number becomes an integer: old clients may send fractions, and take integers',
    { type: 'number' },
    { type: 'integer' },
    wire,
    fine,
  ],
  [
    'TYPE_WIDENED',
    'a string may be a number, too: the server takes strings still, and old clients know no numbers',
    text,
    { type: ['string', 'number'] },
    fine,
    wire,
  ],
  [
    'TYPE_CHANGED',
    'a string becomes an integer: neither side understands the other',
    text,
    { type: 'integer' },
    wire,
    wire,
  ],
  [
    'NULL_ALLOWED',
    'null is allowed: old clients do not send it, and do not expect it',
    text,
    { type: ['string', 'null'] },
    fine,
    wire,
  ],
  [
    'NULL_REFUSED',
    'null is refused: old clients may send it, and do not miss it',
    { type: ['string', 'null'] },
    text,
    wire,
    fine,
  ],
  [
    'ENUM_VALUE_ADDED',
    'a new value: old clients do not send it, and do not know what it means',
    { enum: ['a'] },
    { enum: ['a', 'b'] },
    fine,
    wire,
  ],
  [
    'ENUM_VALUE_REMOVED',
    'a value is gone: old clients may send it, and code that compares with it does not compile',
    { enum: ['a', 'b'] },
    { enum: ['a'] },
    wire,
    source,
  ],
  [
    'ENUM_INTRODUCED',
    'a string becomes one of a list: old clients may send any, and take those of the list',
    text,
    { type: 'string', enum: ['a'] },
    wire,
    fine,
  ],
  [
    'ENUM_DROPPED',
    'one of a list becomes any string: old clients send those of the list, and know no others',
    { type: 'string', enum: ['a'] },
    text,
    fine,
    wire,
  ],
  [
    'CONST_CHANGED',
    'a constant is another one: each side refuses that of the other',
    { const: 1 },
    { const: 2 },
    wire,
    wire,
  ],
  [
    'UNION_MEMBER_ADDED',
    'a new variant: old clients do not send it, and do not know it',
    { anyOf: [circle, square] },
    { anyOf: [circle, square, line] },
    fine,
    wire,
  ],
  [
    'UNION_MEMBER_REMOVED',
    'a variant is gone: old clients may send it, and code that names it may not compile',
    { anyOf: [circle, square] },
    { anyOf: [circle] },
    wire,
    source,
  ],
])

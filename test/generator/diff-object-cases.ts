import { toCases } from './diff-schema-case.js'
import { fine, object, source, wire } from './diff-world.js'

const text = { type: 'string' }
const a = object({ a: text })
const closed = { additionalProperties: false }

/** The properties of objects. */
export const objectCases = toCases([
  [
    'REQUIRED_PROPERTY_ADDED',
    'a new required property: old clients do not send it, and ignore it',
    a,
    object({ a: text, b: text }),
    wire,
    fine,
  ],
  [
    'OPTIONAL_PROPERTY_ADDED',
    'a new optional property: old clients need not send it, and ignore it',
    a,
    object({ a: text, b: text }, { required: ['a'] }),
    fine,
    fine,
  ],
  [
    'REQUIRED_PROPERTY_ADDED_TO_CLOSED',
    'a new required property of a closed object: old clients do not send it, and refuse it',
    object({ a: text }, closed),
    object({ a: text, b: text }, closed),
    wire,
    wire,
  ],
  [
    'OPTIONAL_PROPERTY_ADDED_TO_CLOSED',
    'a new optional property of a closed object: old clients need not send it, and refuse it',
    object({ a: text }, closed),
    object({ a: text, b: text }, { required: ['a'], ...closed }),
    fine,
    wire,
  ],
  [
    'REQUIRED_PROPERTY_REMOVED',
    'a required property is gone: the server ignores what old clients send of it, and they miss it',
    object({ a: text, b: text }),
    a,
    source,
    wire,
  ],
  [
    'OPTIONAL_PROPERTY_REMOVED',
    'an optional property is gone: nobody on the wire misses it, but code that names it does not compile',
    object({ a: text, b: text }, { required: ['a'] }),
    a,
    source,
    source,
  ],
  [
    'REQUIRED_PROPERTY_REMOVED_FROM_CLOSED',
    'a required property of a closed object is gone: what old clients send is refused, and they miss it',
    object({ a: text, b: text }, closed),
    object({ a: text }, closed),
    wire,
    wire,
  ],
  [
    'OPTIONAL_PROPERTY_REMOVED_FROM_CLOSED',
    'an optional property of a closed object is gone: what old clients send is refused, and they can do without',
    object({ a: text, b: text }, { required: ['a'], ...closed }),
    object({ a: text }, closed),
    wire,
    source,
  ],
  [
    'PROPERTY_MADE_REQUIRED',
    'a property becomes required: old clients may leave it out, and are glad to get it',
    object({ a: text }, { required: [] }),
    a,
    wire,
    fine,
  ],
  [
    'PROPERTY_MADE_OPTIONAL',
    'a property becomes optional: old clients send it, and rely on it',
    a,
    object({ a: text }, { required: [] }),
    fine,
    wire,
  ],
  [
    'OBJECT_CLOSED',
    'an object is closed: old clients may send more, and get nothing that they did not expect',
    a,
    object({ a: text }, closed),
    wire,
    fine,
  ],
  [
    'OBJECT_OPENED',
    'an object is opened: old clients send no more, and refuse more',
    object({ a: text }, closed),
    a,
    fine,
    wire,
  ],
  [
    'ADDITIONAL_PROPERTIES_RESTRICTED',
    'other properties get a schema: old clients may send any, and take those that fit',
    a,
    object({ a: text }, { additionalProperties: text }),
    wire,
    fine,
  ],
  [
    'ADDITIONAL_PROPERTIES_RELEASED',
    'other properties lose their schema: old clients send what fits, and expect what fits',
    object({ a: text }, { additionalProperties: text }),
    a,
    fine,
    wire,
  ],
])

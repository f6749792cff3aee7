import { describe, expect, it } from 'vitest'
import { type ApiIr, emitApi, type JsonSchema } from 'wirepact/compiler'
import { chatIr } from './chat-ir.js'

function withSchemas(schemas: Record<string, JsonSchema>): ApiIr {
  const named = Object.entries(schemas).map(([name, schema]) => ({ name, schema, route: 'chat' }))
  return { ...chatIr, schemas: [...chatIr.schemas, ...named] }
}

function nested(depth: number): JsonSchema {
  let schema: JsonSchema = { type: 'string' }
  for (let level = 0; level < depth; level++) schema = { type: 'array', items: schema }
  return schema
}

/** Schemas of which a check would accept too much, or never come to an end. */
const refused: Record<string, [schemas: Record<string, JsonSchema>, place: RegExp]> = {
  'a format that nobody knows': [
    { X: { properties: { a: { format: 'colour' } } } },
    /^X\/properties\/format/,
  ],
  'a type that does not exist': [{ X: { type: 'strng' } }, /^X\/type/],
  'a type of TypeBox that has no JSON form': [{ X: { type: 'bigint' } }, /^X\/type/],
  'a pattern that is no regular expression': [{ X: { pattern: '(' } }, /^X\/pattern/],
  'a limit that is no number': [{ X: { maximum: '5' } }, /^X\/maximum/],
  'a limit that no string can reach': [{ X: { minLength: 2 ** 30 } }, /^X\/minLength/],
  'required properties that are no list': [{ X: { required: 'a' } }, /^X\/required/],
  'items in the form of draft 7': [{ X: { items: [{ type: 'string' }] } }, /^X\/items/],
  'dependencies in the form of draft 7': [{ X: { dependencies: { a: ['b'] } } }, /^X: .*dependencies/],
  'a refinement, which is code': [{ X: { '~refine': [{ check: () => true }] } }, /^X: .*~refine/],
  'a dynamic reference': [{ X: { $dynamicRef: '#a' } }, /^X: .*\$dynamicRef/],
  'a reference to nothing': [{ X: { $ref: '#/$defs/Nobody' } }, /^X refers to Nobody/],
  'a reference to somewhere else': [{ X: { $ref: 'https://example.org/schema' } }, /^X\/\$ref/],
  'a schema that is nested far too deeply': [{ X: nested(20_000) }, /nested too deeply/],
  'a schema that is itself': [{ X: { $ref: '#/$defs/X' } }, /X → X/],
  'schemas that are each other': [
    { X: { anyOf: [{ $ref: '#/$defs/Y' }, { type: 'null' }] }, Y: { allOf: [{ $ref: '#/$defs/X' }] } },
    /X → Y → X/,
  ],
}

describe('emission refuses', () => {
  it.each(Object.entries(refused))('%s', async (_, [schemas, place]) => {
    await expect(emitApi(withSchemas(schemas))).rejects.toThrow(place)
  })

  it('nothing that only describes', async () => {
    const schema = {
      title: 'A',
      $comment: 'b',
      examples: [1],
      readOnly: true,
      'x-color': 'red',
      contentEncoding: 'base64',
    }
    await expect(emitApi(withSchemas({ X: schema }))).resolves.toBeDefined()
  })

  it('no schema that contains itself below a property or an item', async () => {
    const schema = {
      type: 'object',
      properties: { next: { anyOf: [{ $ref: '#/$defs/X' }, { type: 'null' }] } },
    }
    await expect(emitApi(withSchemas({ X: schema }))).resolves.toBeDefined()
  })
})

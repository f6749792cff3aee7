import { routeSource } from './load-source.js'

/** Mistakes of schemas: what is written, by what is wrong with it. */
export const mistakesOfSchemas: Readonly<Record<string, string>> = {
  'something that is no schema':
    routeSource(`path: '/', clientToServer: { a: event({ data: 'text' as never }), b: event({ data: event() as never }),
      c: event({ data: new Date() as never }) }`),
  'a schema that contains itself': routeSource(
    `path: '/', clientToServer: { a: event({ data: node }) }`,
    `const node: { [key: string]: unknown } = { type: 'array' }
node.items = node`,
  ),
  'types that JSON does not have': routeSource(`path: '/', clientToServer: {
      a: event({ data: Type.BigInt() }), b: event({ data: Type.Undefined() }),
      c: event({ data: Type.Function([], Type.Void()) }), d: event({ data: Type.Unsafe({ type: 'strin' }) }),
      e: event({ data: { const: 5n } }), f: event({ data: { default: () => 1 } }) }`),
  'a refinement': routeSource(
    `path: '/', clientToServer: { a: event({ data: Type.Refine(Type.String(), () => true) }) }`,
  ),
  'a codec': routeSource(`path: '/', clientToServer: { a: event({ data: Type.Object({
      at: Type.Codec(Type.String()).Decode((text) => new Date(text)).Encode((date) => date.toISOString()) }) }) }`),
  'a misspelt keyword': routeSource(
    `path: '/', clientToServer: { a: event({ data: { type: 'string', minLenght: 1, $dynamicRef: '#x' } }) }`,
  ),
  'values of keywords that mean nothing': routeSource(`path: '/', clientToServer: { a: event({ data: {
      type: 'array', minItems: -1, required: 'a', enum: [], multipleOf: 0,
      additionalItems: false, dependentRequired: { a: 'b' } } as never }), b: event({ data: { type: [] } }) }`),
  'an unknown format': routeSource(
    `path: '/', clientToServer: { a: event({ data: Type.String({ format: 'emial' }) }) }`,
  ),
  'an invalid pattern':
    routeSource(`path: '/', clientToServer: { a: event({ data: Type.String({ pattern: '(' }) }),
      b: event({ data: Type.String({ pattern: /a/i }) }) }`),
  'an unknown reference': routeSource(
    `path: '/', clientToServer: { a: event({ data: Type.Ref('Lien') }), b: event({ data: Type.Array(Line) }),
      c: event({ data: { $ref: '#/$defs/Itm', $defs: { Item: { type: 'string' } } } }) }`,
    `const Line = Type.Object({}, { $id: 'Line' })`,
  ),
  'schemas that are nothing but each other':
    routeSource(`path: '/', clientToServer: { a: event({ data: { $ref: '#/$defs/A', $defs: {
      A: { $ref: '#/$defs/B' }, B: { anyOf: [{ $ref: '#/$defs/A' }, { type: 'null' }] } } } }),
      b: event({ data: Type.Object({}, { $id: 'Own', allOf: [{ $ref: 'Own' }] }) }),
      c: event({ data: Type.Object({ next: Type.Optional(Type.Ref('Tree')) }, { $id: 'Tree' }) }) }`),
  'a schema that is nested without measure': routeSource(
    `path: '/', clientToServer: { a: event({ data: deep(5_000) }), b: event({ data: deep(100) }),
      c: request({ input: Type.String(), output: Type.Object({ inner: deep(100) }) }) }`,
    `const deep = (levels: number): Type.TSchema =>
  Array.from({ length: levels }).reduce((schema: Type.TSchema) => Type.Array(schema), Type.String())`,
  ),
  'two schemas of one $id':
    routeSource(`path: '/', clientToServer: { a: event({ data: Type.Object({}, { $id: 'Line' }) }),
      b: event({ data: Type.String({ $id: 'Line' }) }) }`),
  'two payloads of one type name':
    routeSource(`path: '/', clientToServer: { say: request({ input: Type.String() }),
      sayInput: event({ data: Type.Number() }) }`),
  'a type name of the generated code':
    routeSource(`path: '/', clientToServer: { a: event({ data: Type.Object({}, { $id: 'ChatHandlers' }) }),
      b: event({ data: Type.Object({}, { $id: 'Promise' }) }) }`),
  'a property called __proto__': routeSource(`path: '/', clientToServer: {
      a: event({ data: Type.Object({ ['__proto__']: Type.String() }) }),
      b: event({ data: Type.Object({ __proto__: Type.String() }) }),
    }`),
  'a getter that throws': routeSource(
    `path: '/chat', clientToServer: {
    say: event({ data: { type: 'object', properties: {
      text: { type: 'string', get maxLength() { return limit('text') } },
    } } as never }),
    ask: request({ examples: [{ get text() { throw 'no text' } }], output: Type.Number() }),
  }`,
    `function limit(name: string): number { throw new RangeError('no limit for ' + name) }`,
  ),
}

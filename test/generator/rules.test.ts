import { expect, test } from 'vitest'
import { apiSource, problemsOf, routeSource } from './load-source.js'

/** Each rule: what is written, and every problem that is found: the text at its place, the code, the message. */
const cases: Readonly<Record<string, readonly [source: string, ...problems: string[]]>> = {
  'an api without routes': [apiSource(`export default defineApi({ title: 'T', version: '1', routes: {} })`)],
  'an api without a title': [
    apiSource(`export default defineApi({ version: '1', routes: { a: route({ path: '/' }) } } as never)`),
  ],
  'a route without a path': [routeSource(`description: 'none'`)],
  'an option of the wrong type': [
    routeSource(`path: '/', description: 5 as never, deprecated: 'yes' as never`),
  ],
  'a misspelt option': [routeSource(`path: '/', clientToSever: {}`)],
  'a misspelt join': [
    routeSource(`path: '/', channels: { a: channel({ name: 'a', messages: {}, join: 'gaurded' }) }`),
  ],
  'something that is no part': [
    routeSource(`path: '/', clientToServer: { say: { data: Type.String() }, ask: route({ path: '/' }) }`),
  ],
  'a channel among messages': [
    routeSource(`path: '/', serverToClient: { room: channel({ name: 'a', messages: {} }) as never }`),
  ],
  'a list of messages': [routeSource(`path: '/', clientToServer: [event()]`)],
  'a message in both directions': [
    routeSource(`path: '/', clientToServer: { say: event() },
    serverToClient: { say: event() }`),
  ],
  'a message that is written twice': [
    routeSource(`path: '/', clientToServer: { say: event(),
      'say': request() }`),
  ],
  'an option that is written twice': [
    routeSource(`path: '/',
    path: '/a'`),
  ],
  'two channels of one name with other content': [
    routeSource(`path: '/', channels: {
      a: channel({ name: 'room/{x}', messages: { said: Type.String() } }),
      b: channel({ name: 'room/{y}', messages: { said: Type.Number() } }),
    }`),
  ],
  'two routes of one path': [
    apiSource(`export default defineApi({ title: 'T', version: '1', routes: {
      a: route({ path: '/x/{id}', params: Type.Object({ id: Type.String() }) }),
      b: route({ path: '/x/{key}', params: Type.Object({ key: Type.String() }) }),
    } })`),
  ],
  'a name that is no identifier': [
    routeSource(`path: '/', clientToServer: { 'two-words': event(), '1st': event() }`),
  ],
  'reserved names': [
    routeSource(`path: '/', clientToServer: { connect: event(), then: event() }, channels: {
      toJSON: channel({ name: 'a', messages: {} }) }`),
  ],
  'a message called __proto__': [routeSource(`path: '/', clientToServer: { __proto__: event() }`)],
  'a path without a slash': [routeSource(`path: 'chat'`)],
  'a path with part of a segment': [routeSource(`path: '/a/x{b}'`)],
  'a path with an open brace': [routeSource(`path: '/a/{b'`)],
  'a path with an empty segment': [routeSource(`path: '/a//b'`)],
  'a path with a parameter twice': [
    routeSource(`path: '/{a}/{a}', params: Type.Object({ a: Type.String() })`),
  ],
  'a path in another style': [routeSource(`path: '/chat/:room'`)],
  'a path with a query': [routeSource(`path: '/chat?x=1'`)],
  'a malformed channel name': [
    routeSource(`path: '/', channels: { a: channel({ name: 'a/{b', messages: {} }) }`),
  ],
  'a parameter without a schema': [routeSource(`path: '/{room}'`)],
  'a parameter of another name': [
    routeSource(`path: '/{roomID}',
    params: Type.Object({ roomId: Type.String() })`),
  ],
  'params of an unsupported type': [
    routeSource(`path: '/{a}/{b}/{c}', params: Type.Object({
      a: Type.Object({}),
      b: Type.Array(Type.String()),
      c: Type.Union([Type.String(), Type.Integer()]),
    })`),
  ],
  'a query that is no object': [routeSource(`path: '/', query: Type.Record(Type.String(), Type.String())`)],
  'limits of history': [
    routeSource(`path: '/', channels: { a: channel({ name: 'a', messages: { m: event({ history: true }) } }),
      b: channel({ name: 'b', messages: {}, history: { maxMessages: 0, ttlMs: 1.5, maxMesages: 3 } }) }`),
  ],
  'history outside of a channel': [
    routeSource(`path: '/', clientToServer: { say: event({ history: false }) }`),
  ],
  'error codes': [
    routeSource(`path: '/', clientToServer: { ask: request({ errors: {
      nameTaken: Type.Object({}),
      TIMEOUT: Type.Object({}) } }) }`),
  ],
  'something that is no schema': [
    routeSource(`path: '/', clientToServer: { a: event({ data: 'text' as never }), b: event({ data: event() as never }),
      c: event({ data: new Date() as never }) }`),
  ],
  'a schema that contains itself': [
    routeSource(
      `path: '/', clientToServer: { a: event({ data: node }) }`,
      `const node: { [key: string]: unknown } = { type: 'array' }
node.items = node`,
    ),
  ],
  'types that JSON does not have': [
    routeSource(`path: '/', clientToServer: {
      a: event({ data: Type.BigInt() }), b: event({ data: Type.Undefined() }),
      c: event({ data: Type.Function([], Type.Void()) }), d: event({ data: Type.Unsafe({ type: 'strin' }) }),
      e: event({ data: { const: 5n } }), f: event({ data: { default: () => 1 } }) }`),
  ],
  'a refinement': [
    routeSource(`path: '/', clientToServer: { a: event({ data: Type.Refine(Type.String(), () => true) }) }`),
  ],
  'a codec': [
    routeSource(`path: '/', clientToServer: { a: event({ data: Type.Object({
      at: Type.Codec(Type.String()).Decode((text) => new Date(text)).Encode((date) => date.toISOString()) }) }) }`),
  ],
  'a misspelt keyword': [
    routeSource(
      `path: '/', clientToServer: { a: event({ data: { type: 'string', minLenght: 1, $dynamicRef: '#x' } }) }`,
    ),
  ],
  'values of keywords that mean nothing': [
    routeSource(`path: '/', clientToServer: { a: event({ data: {
      type: 'array', minItems: -1, required: 'a', enum: [], multipleOf: 0,
      additionalItems: false, dependentRequired: { a: 'b' } } as never }), b: event({ data: { type: [] } }) }`),
  ],
  'an unknown format': [
    routeSource(`path: '/', clientToServer: { a: event({ data: Type.String({ format: 'emial' }) }) }`),
  ],
  'an invalid pattern': [
    routeSource(`path: '/', clientToServer: { a: event({ data: Type.String({ pattern: '(' }) }),
      b: event({ data: Type.String({ pattern: /a/i }) }) }`),
  ],
  'an unknown reference': [
    routeSource(
      `path: '/', clientToServer: { a: event({ data: Type.Ref('Lien') }), b: event({ data: Type.Array(Line) }),
      c: event({ data: { $ref: '#/$defs/Itm', $defs: { Item: { type: 'string' } } } }) }`,
      `const Line = Type.Object({}, { $id: 'Line' })`,
    ),
  ],
  'two schemas of one $id': [
    routeSource(`path: '/', clientToServer: { a: event({ data: Type.Object({}, { $id: 'Line' }) }),
      b: event({ data: Type.String({ $id: 'Line' }) }) }`),
  ],
  'two payloads of one type name': [
    routeSource(`path: '/', clientToServer: { say: request({ input: Type.String() }),
      sayInput: event({ data: Type.Number() }) }`),
  ],
  'a type name of the generated code': [
    routeSource(`path: '/', clientToServer: { a: event({ data: Type.Object({}, { $id: 'ChatHandlers' }) }),
      b: event({ data: Type.Object({}, { $id: 'Promise' }) }) }`),
  ],
  'two routes of one type name': [
    apiSource(`export default defineApi({ title: 'T', version: '1', routes: {
      chat: route({ path: '/a' }),
      Chat: route({ path: '/b' }),
    } })`),
  ],
}

for (const [name, [source]] of Object.entries(cases)) {
  test(`finds ${name}`, async () => {
    expect(await problemsOf(source)).toMatchSnapshot()
  })
}

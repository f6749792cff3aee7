import { routeSource } from './load-source.js'

/** Mistakes of messages: what is written, by what is wrong with it. */
export const mistakesOfMessages: Readonly<Record<string, string>> = {
  'an option of the wrong type': routeSource(
    `path: '/', description: 5 as never, deprecated: 'yes' as never`,
  ),
  'a misspelt option': routeSource(`path: '/', clientToSever: {}`),
  'a misspelt join': routeSource(
    `path: '/', channels: { a: channel({ name: 'a', messages: {}, join: 'gaurded' }) }`,
  ),
  'something that is no part': routeSource(
    `path: '/', clientToServer: { say: { data: Type.String() }, ask: route({ path: '/' }) }`,
  ),
  'a channel among messages': routeSource(
    `path: '/', serverToClient: { room: channel({ name: 'a', messages: {} }) as never }`,
  ),
  'a list of messages': routeSource(`path: '/', clientToServer: [event()]`),
  'a message in both directions': routeSource(`path: '/', clientToServer: { say: event() },
    serverToClient: { say: event() }`),
  'a message that is written twice': routeSource(`path: '/', clientToServer: { say: event(),
      'say': request() }`),
  'an option that is written twice': routeSource(`path: '/',
    path: '/a'`),
  'reserved names': routeSource(`path: '/', clientToServer: { connect: event(), then: event() }, channels: {
      toJSON: channel({ name: 'a', messages: {} }) }`),
  'a message called __proto__': routeSource(`path: '/', clientToServer: { __proto__: event() }`),
  'limits of history':
    routeSource(`path: '/', channels: { a: channel({ name: 'a', messages: { m: event({ history: true }) } }),
      b: channel({ name: 'b', messages: {}, history: { maxMessages: 0, ttlMs: 1.5, maxMesages: 3 } }) }`),
  'newest values that cannot be told apart': routeSource(
    `path: '/', channels: {
      a: channel({ name: 'a', messages: { quote: Quote, other: event() }, latest: { key: 'symbol' } }),
      b: channel({ name: 'b', messages: { quote: Quote }, latest: { kee: 'symbol', maxKeys: 0 } as never, history: {} }),
      c: channel({ name: 'c', messages: {}, latest: false as never }),
      d: channel({ name: 'd', messages: { quote: Quote, halted: event({ history: false }) }, latest: { key: 'price' } }),
    }`,
    `const Quote = Type.Object({ symbol: Type.String(), price: Type.Number() })`,
  ),
  'impossible presence': routeSource(
    `path: '/', channels: {
      a: channel({ name: 'a', messages: {}, presence: presence({ by: 'users' as never, graceMs: -1, data: Type.Boolean() }) }),
      b: channel({ name: 'b', messages: {}, presence: presence({ show: 'count', data: Type.Boolean() }) }),
      c: channel({ name: 'c', messages: {}, presence: presence({ grace: 5 } as never) }),
    }`,
  ),
  'history outside of a channel': routeSource(
    `path: '/', clientToServer: { say: event({ history: false }) }`,
  ),
  'error codes': routeSource(`path: '/', clientToServer: { ask: request({ errors: {
      nameTaken: Type.Object({}),
      TIMEOUT: Type.Object({}) } }) }`),
  'a stream without an item': routeSource(
    `path: '/', clientToServer: { lines: stream({ input: Type.String() } as never) }`,
  ),
  'an option of another kind of message': routeSource(`path: '/', clientToServer: {
      say: event({ idempotent: true } as never),
      lines: stream({ output: Type.String(), item: Type.String() } as never),
    }`),
  'options with impossible words': routeSource(`path: '/', wire: 'envelope' as never,
    clientToServer: { say: event({ delivery: 'acknowleged' as never }), ask: request({ idempotent: 'yes' as never }) },
    serverToClient: { tick: event({ backpressure: 'newest' as never }) }`),
  'impossible rate limits': routeSource(`path: '/', clientToServer: {
      a: event({ rateLimit: { perSecond: 0, burst: 1.5 } }),
      b: request({ rateLimit: 5 as never }),
      c: stream({ item: true, rateLimit: { perSecond: 1, brust: 5 } as never }),
    }`),
  'policies on messages of the other direction': routeSource(`path: '/',
    clientToServer: { say: event({ backpressure: 'drop' }) },
    serverToClient: {
      tick: event({ rateLimit: { perSecond: 1, burst: 1 }, delivery: 'acknowledged' }),
      ask: request({ idempotent: true, auth: 'required' }),
    },
    channels: { room: channel({ name: 'r', messages: { said: event({ auth: ['admin'] }) } }) }`),
  'keys that tell nothing apart': routeSource(
    `path: '/', serverToClient: {
      a: event({ data: Quote, backpressure: 'latest', key: 'symbl' }),
      b: event({ data: Quote, backpressure: 'latest', key: 'venue' }),
      c: event({ data: Quote, backpressure: 'latest', key: 'price' }),
      d: event({ data: Type.String(), backpressure: 'latest', key: 'symbol' }),
      e: event({ data: Quote, key: 'symbol' }),
    }`,
    `const Quote = Type.Object({ symbol: Type.String(), price: Type.Number(), venue: Type.Optional(Type.String()) })`,
  ),
  'examples that do not fit': routeSource(`path: '/', clientToServer: {
      say: event({ data: Type.Object({ text: Type.String({ maxLength: 5 }) }), examples: [{ text: 'hi' }, { text: 'too long' }] }),
      ask: request({ input: Type.Integer({ examples: [1, 'two'] }), examples: 5 as never }),
      ping: event({ examples: [null] }),
      raw: event({ data: binary(), examples: ['AAAA'] }),
    }`),
  'bytes inside of a schema': routeSource(`path: '/', clientToServer: {
      upload: event({ data: Type.Object({ image: binary() as never }) }),
      ask: request({ errors: { NO: binary() as never } }),
    }, params: binary() as never`),
  'impossible options of bytes and text': routeSource(`path: '/', clientToServer: {
      upload: event({ data: binary({ maxBytes: 0, mediaType: '', maxSize: 5 } as never) }),
      note: event({ data: text({ maxLength: -1, pattern: '(' }) }),
    }`),
  'parameters of a channel': routeSource(`path: '/{roomId}', params: Type.Object({ roomId: param.slug() }),
    channels: { thread: channel({
      name: 'room/{roomId}/{threadId}',
      params: Type.Object({ threadID: param.integer() }),
      messages: {},
    }) }`),
  'a rest parameter of a channel': routeSource(
    `path: '/', channels: { a: channel({ name: 'doc/{path*}', messages: {} }) }`,
  ),
  'a bare route with what needs an envelope': routeSource(`path: '/', wire: 'bare',
    clientToServer: { ask: request({ input: Type.String() }), lines: stream({ item: Type.String() }), ping: event() },
    serverToClient: { tick: event({ data: Type.Object({}) }) },
    channels: { room: channel({ name: 'r', messages: {} }) }`),
  'an acknowledged event on a bare route': routeSource(`path: '/', wire: 'bare', clientToServer: {
      say: event({ data: Type.Object({}), delivery: 'acknowledged' }) }`),
  'bare messages that cannot be told apart': routeSource(`path: '/',
    wire: 'bare',
    clientToServer: {
      join: event({ data: Type.Object({ type: Type.Literal('join'), room: Type.String() }) }),
      leave: event({ data: Type.Object({ type: Type.Optional(Type.Literal('leave')) }) }),
    }`),
  'bare messages that the discriminator does not tell apart':
    routeSource(`path: '/', wire: 'bare', discriminator: 'op',
    clientToServer: {
      join: event({ data: Type.Object({ op: Type.Literal(1) }) }),
      leave: event({ data: Type.Object({ op: Type.Literal(1) }) }),
      stay: event({ data: Type.Object({ op: Type.Integer() }) }),
    }`),
  'bare text beside other messages': routeSource(`path: '/', wire: 'bare',
    clientToServer: { line: event({ data: text() }), join: event({ data: Type.Object({}) }) },
    serverToClient: { a: event({ data: binary() }), b: event({ data: binary() }) }`),
  'a discriminator on an enveloped route': routeSource(`path: '/', discriminator: 'type'`),
  'error codes of what the server asks': routeSource(
    `path: '/', serverToClient: { ask: request({ errors: { notNow: true } }) }`,
  ),
  'names that connections have already': routeSource(
    `path: '/', serverToClient: { handle: request(), on: event() }`,
  ),
  'examples that JSON cannot have': routeSource(`path: '/', clientToServer: {
      say: event({ data: true, examples: [1n, new Date(0), Number.NaN, { fine: null }] }) }`),
  'text inside of a schema': routeSource(
    `path: '/', clientToServer: { say: event({ data: Type.Array(text() as never) }) }`,
  ),
}

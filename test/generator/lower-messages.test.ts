import { expect, test } from 'vitest'
import { lowerSource, problemsOf, routeSource } from './load-source.js'

test('streams and requests go both ways, and name their types after their parts', async () => {
  const api = await lowerSource(
    routeSource(`path: '/',
      clientToServer: { lines: stream({ input: Type.Object({ from: Type.Integer() }), item: Type.String(),
        errors: { TOO_OLD: Type.Object({}) } }) },
      serverToClient: { confirm: request({ input: Type.String(), output: Type.Boolean(), errors: { BUSY: Type.Number() } }),
        watch: stream({ item: Type.Integer() }) }`),
  )
  expect(api.routes[0]?.clientToServer).toEqual([
    {
      kind: 'stream',
      name: 'lines',
      typeName: 'ChatLines',
      input: 'ChatLinesInput',
      item: 'ChatLinesItem',
      errors: [{ code: 'TOO_OLD', data: 'ChatLinesTooOld' }],
    },
  ])
  expect(api.routes[0]?.serverToClient).toMatchObject([
    { kind: 'request', input: 'ChatConfirmInput', output: 'ChatConfirmOutput', errors: [{ code: 'BUSY' }] },
    { kind: 'stream', input: null, item: 'ChatWatchItem', errors: [] },
  ])
})

test('bytes are a named schema that takes anything, with what is known of them', async () => {
  const api = await lowerSource(
    routeSource(
      `path: '/', clientToServer: {
        upload: event({ data: binary({ maxBytes: 65_536, mediaType: 'image/png', description: 'A picture.' }) }),
        convert: request({ input: picture, output: picture }), pieces: stream({ item: binary() }) },
      channels: { frames: channel({ name: 'f', messages: { frame: binary(), thumb: event({ data: picture }) } }) }`,
      'const picture = binary({ maxBytes: 10 })',
    ),
  )
  const plain = { schema: true, content: 'binary', route: 'chat' }
  expect(api.schemas).toEqual([
    { name: 'ChatConvertInput', ...plain, maxBytes: 10 },
    { name: 'ChatConvertOutput', ...plain, maxBytes: 10 },
    { name: 'ChatFramesFrame', ...plain },
    { name: 'ChatFramesThumb', ...plain, maxBytes: 10 },
    { name: 'ChatPiecesItem', ...plain },
    { name: 'ChatUpload', ...plain, maxBytes: 65_536, mediaType: 'image/png', description: 'A picture.' },
  ])
})

test('text is a message by itself on a bare route, and a string elsewhere', async () => {
  const lower = (wire: string) =>
    lowerSource(
      routeSource(`path: '/', ${wire} clientToServer: {
        line: event({ data: text({ maxLength: 5, pattern: /^a/, description: 'A line.' }) }) }`),
    )
  const schema = { type: 'string', maxLength: 5, pattern: '^a', description: 'A line.' }
  expect((await lower(`wire: 'bare',`)).schemas).toEqual([
    { name: 'ChatLine', schema, content: 'text', route: 'chat' },
  ])
  expect((await lower('')).schemas).toEqual([{ name: 'ChatLine', schema, route: 'chat' }])
})

test('policies, documentation and examples come along', async () => {
  const api = await lowerSource(
    routeSource(
      `path: '/', clientToServer: {
        save: event({ data: Type.Integer(), examples: [1, 2], deprecated: true, delivery: 'acknowledged',
          rateLimit: { perSecond: 0.5, burst: 3 }, auth: 'required' }),
        again: event({ delivery: 'at-most-once' }),
        ask: request({ input: Type.String(), examples: ['a'], idempotent: true, auth: ['a', 'b'], rateLimit: { perSecond: 1, burst: 1 } }),
        lines: stream({ item: Type.String(), description: 'Lines.', auth: ['a'], rateLimit: { perSecond: 1, burst: 1 } }) },
      serverToClient: { price: event({ data: Quote, backpressure: 'latest', key: 'symbol' }),
        any: event({ backpressure: 'latest' }), tick: event({ backpressure: 'drop' }) },
      channels: { board: channel({ name: 'b', auth: ['read'], messages: { price: event({ data: Quote, backpressure: 'close' }) } }) }`,
      'const Quote = Type.Object({ symbol: Type.String(), price: Type.Number() })',
    ),
  )
  const [route] = api.routes
  expect(route?.clientToServer).toMatchObject([
    {
      examples: [1, 2],
      deprecated: true,
      delivery: 'acknowledged',
      rateLimit: { perSecond: 0.5, burst: 3 },
      auth: 'required',
    },
    { name: 'again' },
    { examples: ['a'], idempotent: true, auth: ['a', 'b'], rateLimit: { perSecond: 1, burst: 1 } },
    { description: 'Lines.', auth: ['a'], rateLimit: { perSecond: 1, burst: 1 } },
  ])
  expect(route?.clientToServer[1]).not.toHaveProperty('delivery')
  expect(route?.serverToClient).toMatchObject([
    { backpressure: { policy: 'latest', key: 'symbol' } },
    { backpressure: { policy: 'latest' } },
    { backpressure: { policy: 'drop' } },
  ])
  expect(route?.channels).toMatchObject([
    { auth: ['read'], messages: [{ backpressure: { policy: 'close' } }] },
  ])
})

const bare = (messages: string, before = '') => routeSource(`path: '/', wire: 'bare', ${messages}`, before)

test('the property that tells bare messages apart is found, in both directions', async () => {
  const api = await lowerSource(
    bare(
      `clientToServer: {
        join: event({ data: Type.Object({ v: Type.Literal(1), op: Type.Literal('join'), room: Type.String() }) }),
        leave: event({ data: Type.Object({ v: Type.Literal(1), op: Type.Enum(['leave']) }) }) },
      serverToClient: { joined: event({ data: Type.Ref('Joined') }),
        left: event({ data: Type.Object({ op: Type.Literal('left'), joined: Type.Optional(Joined) }) }) }`,
      `const Joined = Type.Object({ op: Type.Literal('joined') }, { $id: 'Joined' })`,
    ),
  )
  expect(api.routes[0]).toMatchObject({ wire: 'bare', discriminator: 'op' })
})

test('of several properties that would do, the usual one is taken', async () => {
  const api = await lowerSource(
    bare(`clientToServer: {
        a: event({ data: Type.Object({ a: Type.Literal(1), type: Type.Literal('a') }) }),
        b: event({ data: Type.Object({ a: Type.Literal(2), type: Type.Literal('b') }) }) }`),
  )
  expect(api.routes[0]?.discriminator).toBe('type')
})

test('one message of a direction needs nothing to be told apart by, and bytes differ from JSON', async () => {
  const api = await lowerSource(
    bare(`clientToServer: { audio: event({ data: binary() }), config: event({ data: Type.Object({ rate: Type.Integer() }) }) },
      serverToClient: { words: event({ data: Type.Array(Type.String()) }) }`),
  )
  expect(api.routes[0]?.wire).toBe('bare')
  expect(api.routes[0]).not.toHaveProperty('discriminator')
})

test('a declared discriminator is taken where it holds', async () => {
  const messages = `clientToServer: {
    a: event({ data: Type.Object({ kind: Type.Literal('a'), type: Type.Literal('x') }) }),
    b: event({ data: Type.Object({ kind: Type.Literal('b'), type: Type.Literal('y') }) }) }`
  const api = await lowerSource(bare(`discriminator: 'kind', ${messages}`))
  expect(api.routes[0]?.discriminator).toBe('kind')
})

test('a message that an intersection of itself makes up is refused or read, and never hangs', async () => {
  const node = `const Node = { $id: 'Node', type: 'object', properties: { type: { const: 'a' } }, required: ['type'], allOf: [{ $ref: 'Node' }] }`
  const source = bare('clientToServer: { a: event({ data: Node }), b: event({ data: Node }) }', node)
  expect(await problemsOf(source)).not.toEqual([])
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { compile, loadApi } from 'wirepact/compiler'
import { apiSource, lowerSource, routeSource } from './load-source.js'

const chatFile = join(import.meta.dirname, '../../examples/chat/schema.ts')

test('the chat example becomes the intermediate form that is written down here', async () => {
  const compiled = await compile(await loadApi(chatFile))
  expect(compiled).toMatchSnapshot()
})

test('the intermediate form is plain data, and the same on every run', async () => {
  const source = readFileSync(chatFile, 'utf8')
  const [first, second] = [await lowerSource(source), await lowerSource(source)]
  expect(JSON.parse(JSON.stringify(first))).toEqual(first)
  expect(JSON.stringify(first)).toBe(JSON.stringify(second))
})

test('parameters say how text becomes a value', async () => {
  const api = await lowerSource(
    routeSource(`path: '/{b}/{a}',
      params: Type.Object({ a: Type.Integer(), b: Type.Union([Type.Literal('x'), Type.Literal('y')]) }),
      query: Type.Object({ z: Type.Boolean(), tags: Type.Optional(Type.Array(Type.String())), n: Type.Enum([1, 2]),
        level: Type.Union([Type.Integer(), Type.Number()]), same: Type.Ref('Same'), own: Type.String({ $id: 'Same' }) })`),
  )
  expect(api.routes[0]?.params?.convert).toEqual([
    { name: 'b', to: 'string', repeated: false },
    { name: 'a', to: 'integer', repeated: false },
  ])
  expect(api.routes[0]?.query?.convert).toEqual([
    { name: 'level', to: 'number', repeated: false },
    { name: 'n', to: 'number', repeated: false },
    { name: 'own', to: 'string', repeated: false },
    { name: 'same', to: 'string', repeated: false },
    { name: 'tags', to: 'string', repeated: true },
    { name: 'z', to: 'boolean', repeated: false },
  ])
})

test('a channel without history keeps none of its messages, and defaults to joins by the server', async () => {
  const api = await lowerSource(
    routeSource(`path: '/', channels: {
      a: channel({ name: 'a/{id}', messages: { m: Type.String() } }),
      b: channel({ name: 'b', messages: { m: Type.String(), n: event({ history: false }) }, history: {}, join: 'open' }) }`),
  )
  expect(api.routes[0]?.channels).toMatchObject([
    {
      join: 'handler',
      history: null,
      params: [{ name: 'id', fromRoute: false }],
      messages: [{ history: false }],
    },
    { join: 'open', history: {}, messages: [{ history: true }, { history: false, data: null }] },
  ])
})

test('names of types are made of the names of routes, channels, messages and errors', async () => {
  const api = await lowerSource(
    routeSource(`path: '/', clientToServer: { reName: request({ input: Type.String(), output: Type.String(),
        errors: { NAME_TAKEN: Type.String(), E2: Type.String() } }) },
      channels: { room: channel({ name: 'r', messages: { said: Type.String() }, presence: Type.String() }) }`),
  )
  expect(api.schemas.map((schema) => schema.name)).toEqual([
    ...['ChatReNameE2', 'ChatReNameInput', 'ChatReNameNameTaken', 'ChatReNameOutput'],
    ...['ChatRoomPresence', 'ChatRoomSaid'],
  ])
})

const said = (data: string, more = '') =>
  routeSource(`path: '/', ${more} clientToServer: { a: event({ data: ${data} }), b: event() }`)

async function contractOf(source: string): Promise<string> {
  return (await lowerSource(source)).contract
}

test('the contract does not change with documentation, names of types and the order of writing', async () => {
  const contract = await contractOf(said('Type.Object({ x: Type.String(), y: Type.Number() })'))
  expect(contract).toMatch(/^[0-9a-f]{16}$/)
  const same = [
    said(
      `Type.Object({ y: Type.Number(), x: Type.String({ description: 'd', examples: ['e'] }) }, { required: ['x', 'y'] })`,
    ),
    said(
      `Type.Object({ x: Type.String(), y: Type.Number() }, { $id: 'Other', title: 't' })`,
      `description: 'd',`,
    ),
    routeSource(`path: '/', clientToServer: { b: event({ deprecated: true }),
      a: event({ data: Type.Object({ x: Type.String(), y: Type.Number() }) }) }`),
  ]
  expect(await Promise.all(same.map(contractOf))).toEqual(same.map(() => contract))
})

test('the contract changes with what goes over the wire', async () => {
  const sources = [
    said('Type.String()'),
    said('Type.String({ minLength: 1 })'),
    said('Type.Number()'),
    said('Type.String()').replace(`path: '/'`, `path: '/x'`),
    said('Type.String()').replace('b: event()', 'c: event()'),
    said('Type.String()').replace('b: event()', 'b: request()'),
    said('Type.String()', `serverToClient: { n: event() },`),
    said('Type.String()', `channels: { r: channel({ name: 'r', messages: {} }) },`),
    said('Type.Object({ description: Type.String() })'),
    said('Type.Object({ description: Type.Number() })'),
    said('Type.Object({ title: Type.Number() })'),
  ]
  const contracts = await Promise.all(sources.map(contractOf))
  expect(new Set(contracts).size).toBe(sources.length)
})

test('the contract does not change with what only one end decides', async () => {
  const contract = await contractOf(said('Type.Object({ x: Type.String() })'))
  const data = 'data: Type.Object({ x: Type.String() })'
  const same = [
    `${data}, rateLimit: { perSecond: 1, burst: 1 }`,
    `${data}, auth: ['admin']`,
    `${data}, examples: [{ x: 'a' }]`,
    `${data}, delivery: 'at-most-once'`,
  ].map((options) => routeSource(`path: '/', clientToServer: { a: event({ ${options} }), b: event() }`))
  const ofRoute = [`auth: 'required',`, `state: Type.Object({ secret: Type.String() }),`, `wire: 'wirepact',`]
  const all = [...same, ...ofRoute.map((option) => said('Type.Object({ x: Type.String() })', option))]
  expect(await Promise.all(all.map(contractOf))).toEqual(all.map(() => contract))
  const sends = (options: string) =>
    routeSource(`path: '/', serverToClient: { a: event({ ${data}, ${options} }) }`)
  expect(await contractOf(sends(`backpressure: 'latest', key: 'x'`))).toBe(await contractOf(sends('')))
})

test('the contract is the same with a router as without', async () => {
  const plain = `a: route({ path: '/x/{id}', params: Type.Object({ id: Type.String() }) })`
  const routed = `b: router({ prefix: '/x', routes: { c: route({ path: '/{id}', params: Type.Object({ id: Type.String() }) }) } })`
  const [first, second] = await Promise.all(
    [plain, routed].map((routes) =>
      contractOf(apiSource(`export default defineApi({ title: 'T', version: '1', routes: { ${routes} } })`)),
    ),
  )
  expect(first).toBe(second)
})

test('the contract changes with every part of the language that the other end sees', async () => {
  const object = 'Type.Object({ type: Type.Literal(1) })'
  const sources = [
    `description: 'Nothing at all.'`,
    `clientToServer: { a: event({ data: ${object} }) }`,
    `clientToServer: { a: event({ data: ${object}, delivery: 'acknowledged' }) }`,
    `clientToServer: { a: event({ data: binary() }) }`,
    `clientToServer: { a: event({ data: binary({ maxBytes: 5 }) }) }`,
    `clientToServer: { a: stream({ item: ${object} }) }`,
    `clientToServer: { a: request({ output: ${object} }) }`,
    `clientToServer: { a: stream({ item: ${object}, input: ${object} }) }`,
    `serverToClient: { a: request({ output: ${object} }) }`,
    `serverToClient: { a: stream({ item: ${object} }) }`,
    `headers: Type.Object({ 'x-a': Type.String() })`,
    `cookies: Type.Object({ 'x-a': Type.String() })`,
    `query: Type.Object({ 'x-a': Type.String() })`,
    `subprotocols: ['soap']`,
    `wire: 'bare'`,
    `wire: 'bare', clientToServer: { a: event({ data: ${object} }) }`,
    `wire: 'bare', clientToServer: { a: event({ data: ${object} }) }, discriminator: 'type'`,
    `wire: 'bare', clientToServer: { a: event({ data: text() }) }`,
    `wire: 'bare', clientToServer: { a: event({ data: Type.String() }) }`,
    `channels: { c: channel({ name: '{a}', messages: {} }) }`,
    `channels: { c: channel({ name: '{a}', messages: {}, params: Type.Object({ a: Type.Integer() }) }) }`,
  ]
  const contracts = await Promise.all(sources.map((one) => contractOf(routeSource(`path: '/', ${one}`))))
  expect(new Set(contracts).size).toBe(sources.length)
})

test('the contract follows references: their content counts, and their names do not', async () => {
  const nested = (text: string, id: string) => said(`Type.Object({ line: Type.${text}({ $id: '${id}' }) })`)
  const contract = await contractOf(nested('String', 'Line'))
  expect(await contractOf(nested('String', 'Other'))).toBe(contract)
  expect(await contractOf(nested('Number', 'Line'))).not.toBe(contract)
})

test('values inside of an API that come from another copy of the schema package are understood', async () => {
  const api = await lowerSource(
    apiSource(`const foreign = (value: object) => ({ ...value }) as never
export default defineApi({ title: 'T', version: '1', routes: {
  chat: foreign({ kind: 'route', path: '/', clientToServer: { say: { kind: 'event', data: Type.String() } } }) } })`),
  )
  expect(api.routes[0]?.clientToServer).toMatchObject([{ kind: 'event', name: 'say', data: 'ChatSay' }])
})

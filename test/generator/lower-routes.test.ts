import { join } from 'node:path'
import { expect, test } from 'vitest'
import { compile, loadApi } from 'wirepact/compiler'
import { apiSource, createFolder, lowerSource, routeSource } from './load-source.js'

const api = (routes: string, before = '') =>
  lowerSource(
    apiSource(`${before}\nexport default defineApi({ title: 'T', version: '1', routes: ${routes} })`),
  )

test('routers put their prefixes in front, and their keys into the names', async () => {
  const { routes } = await api(`{
    status: route({ path: '/' }),
    admin: router({ prefix: '/admin', routes: {
      users: route({ path: '/users' }),
      home: route({ path: '/' }),
      deep: router({ prefix: '/deep', routes: [route({ name: 'log', path: '/log' })] }),
      flat: router({ routes: { all: route({ path: '/all' }) } }),
    } }) }`)
  expect(routes.map(({ name, typeName, path }) => [name, typeName, path])).toEqual([
    ['status', 'Status', '/'],
    ['adminUsers', 'AdminUsers', '/admin/users'],
    ['adminHome', 'AdminHome', '/admin'],
    ['adminDeepLog', 'AdminDeepLog', '/admin/deep/log'],
    ['adminFlatAll', 'AdminFlatAll', '/admin/all'],
  ])
})

test('in a list routes bring their names, and routers add nothing to them', async () => {
  const { routes } = await api(`[
    route({ name: 'chat', path: '/chat' }),
    router({ prefix: '/admin', routes: [route({ name: 'users', path: '/users' })] }),
    router({ prefix: '/more', routes: { extra: route({ path: '/extra', name: 'extra' }) } }),
  ]`)
  expect(routes.map(({ name, path }) => [name, path])).toEqual([
    ['chat', '/chat'],
    ['users', '/admin/users'],
    ['extra', '/more/extra'],
  ])
})

test('a route that stands in two routers is two routes', async () => {
  const { routes, schemas } = await api(
    `{ a: router({ prefix: '/a', routes: { chat } }), b: router({ prefix: '/b', routes: { chat } }) }`,
    `const chat = route({ path: '/chat', clientToServer: { say: event({ data: Type.String() }) } })`,
  )
  expect(routes.map((route) => route.path)).toEqual(['/a/chat', '/b/chat'])
  expect(schemas.map((schema) => schema.name)).toEqual(['AChatSay', 'BChatSay'])
})

test('routers of other files are put together', async () => {
  const folder = createFolder({
    'schema.ts': `import { defineApi } from '@wirepact/schema'
import { admin } from './admin/router.js'
export default defineApi({ title: 'T', version: '1', routes: [admin] })`,
    'admin/router.ts': `import { param, router, Type } from '@wirepact/schema'
import { users } from './users.js'
export const admin = router({ prefix: '/{teamId}', params: Type.Object({ teamId: param.uuid() }), routes: [users] })`,
    'admin/users.ts': `import { route } from '@wirepact/schema'
export const users = route({ name: 'users', path: '/users' })`,
  })
  const compiled = await compile(await loadApi(join(folder, 'schema.ts')))
  expect(compiled).toMatchObject({ ok: true, api: { routes: [{ name: 'users', path: '/{teamId}/users' }] } })
})

test('params, headers and cookies of routers become the routes’ own, and what each asks for adds up', async () => {
  const { routes, schemas } = await api(`{ admin: router({
    prefix: '/{teamId}', params: Type.Object({ teamId: param.uuid({ description: 'The team.' }) }),
    headers: Type.Object({ 'x-trace': Type.Optional(Type.String()) }), cookies: Type.Object({ sid: Type.String() }),
    auth: ['admin'],
    routes: {
      plain: route({ path: '/plain' }),
      users: route({ path: '/users/{page}', params: Type.Object({ page: param.integer() }, { minProperties: 1 }),
        headers: Type.Object({ 'x-app': Type.Integer() }, { additionalProperties: false }), auth: ['users', 'admin'] }),
      known: route({ path: '/known', auth: 'required' }),
    } }) }`)
  const [plain, users, known] = routes
  const schemaOf = (name: string | undefined) => schemas.find((schema) => schema.name === name)?.schema
  const teamId = { type: 'string', format: 'uuid', description: 'The team.' }
  expect(plain).toMatchObject({ auth: ['admin'], params: { schema: 'AdminPlainParams' } })
  expect(plain?.headers).toEqual({
    schema: 'AdminPlainHeaders',
    convert: [{ name: 'x-trace', to: 'string', repeated: false }],
  })
  expect(schemaOf('AdminPlainParams')).toEqual({
    type: 'object',
    required: ['teamId'],
    properties: { teamId },
  })
  expect(users?.auth).toEqual(['admin', 'users'])
  expect(known?.auth).toEqual(['admin'])
  expect(users?.params?.convert).toEqual([
    { name: 'teamId', to: 'string', repeated: false },
    { name: 'page', to: 'integer', repeated: false },
  ])
  expect(schemaOf('AdminUsersParams')).toEqual({
    type: 'object',
    required: ['teamId', 'page'],
    properties: { teamId, page: { type: 'integer' } },
    allOf: [{ minProperties: 1 }],
  })
  expect(users?.headers?.convert.map(({ name, to }) => [name, to])).toEqual([
    ['x-app', 'integer'],
    ['x-trace', 'string'],
  ])
  expect(schemaOf('AdminUsersHeaders')).toMatchObject({
    required: ['x-app'],
    additionalProperties: false,
  })
  expect(users?.cookies).toMatchObject({ schema: 'AdminUsersCookies', convert: [{ name: 'sid' }] })
})

test('what opens a connection comes along: headers, cookies, subprotocols, state and auth', async () => {
  const { routes, schemas } = await lowerSource(
    routeSource(`path: '/', headers: Type.Object({ 'x-count': Type.Integer() }), cookies: Type.Object({ sid: Type.String() }),
      subprotocols: ['soap', 'mqtt'], state: Type.Object({ user: Type.String() }), auth: 'required', wire: 'wirepact'`),
  )
  expect(routes[0]).toMatchObject({
    headers: { schema: 'ChatHeaders', convert: [{ name: 'x-count', to: 'integer', repeated: false }] },
    cookies: { schema: 'ChatCookies' },
    subprotocols: ['soap', 'mqtt'],
    state: 'ChatState',
    auth: 'required',
  })
  expect(routes[0]).not.toHaveProperty('wire')
  expect(schemas.map((schema) => schema.name)).toEqual(['ChatCookies', 'ChatHeaders', 'ChatState'])
})

test('converters are schemas of the text that they stand for', async () => {
  const { routes, schemas } = await lowerSource(
    routeSource(`path: '/{a}/{b}/{c}/{d}/{e}/{f}/{g}/{h}/{i*}', params: Type.Object({
      a: param.string({ maxLength: 5 }), b: param.integer({ minimum: 1 }), c: param.number(), d: param.uuid(),
      e: param.slug({ description: 'A slug.' }), f: param.pattern(/^v\\d+$/u), g: param.oneOf(['x', 'y']),
      h: param.oneOf([1, 2]), i: param.rest() })`),
  )
  expect(routes[0]?.path).toBe('/{a}/{b}/{c}/{d}/{e}/{f}/{g}/{h}/{i*}')
  expect(routes[0]?.params?.convert.map(({ to }) => to).join(' ')).toBe(
    'string integer number string string string string number string',
  )
  expect(schemas[0]?.schema).toMatchObject({
    properties: {
      a: { type: 'string', maxLength: 5 },
      b: { type: 'integer', minimum: 1 },
      d: { format: 'uuid' },
      e: { pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$', description: 'A slug.' },
      f: { pattern: '^v\\d+$' },
      g: { enum: ['x', 'y'] },
      i: { type: 'string', minLength: 1 },
    },
  })
})

test('a route with a rest parameter is another one than that with one segment', async () => {
  const { routes } = await api(`{
    one: route({ path: '/files/{name}', params: Type.Object({ name: Type.String() }) }),
    all: route({ path: '/files/{path*}', params: Type.Object({ path: param.rest() }) }) }`)
  expect(routes).toHaveLength(2)
})

test('a channel has types for the parameters of its name, with those of the route', async () => {
  const { routes, schemas } = await lowerSource(
    routeSource(`path: '/{roomId}/{other}', params: Type.Object({ roomId: param.slug(), other: param.integer() }),
      channels: {
        thread: channel({ name: 'room/{roomId}/{threadId}', params: Type.Object({ threadId: param.integer() }), messages: {} }),
        own: channel({ name: 'own/{roomId}', params: Type.Object({ roomId: param.uuid() }), messages: {} }),
        plain: channel({ name: 'plain/{roomId}', messages: {} }),
      }`),
  )
  const [thread, own, plain] = routes[0]?.channels ?? []
  expect(thread?.paramTypes).toEqual({
    schema: 'ChatThreadParams',
    convert: [
      { name: 'roomId', to: 'string', repeated: false },
      { name: 'threadId', to: 'integer', repeated: false },
    ],
  })
  expect(thread?.params).toEqual([
    { name: 'roomId', fromRoute: true },
    { name: 'threadId', fromRoute: false },
  ])
  const schemaOf = (name: string) => schemas.find((schema) => schema.name === name)?.schema
  expect(schemaOf('ChatThreadParams')).toMatchObject({
    required: ['roomId', 'threadId'],
    properties: { roomId: { pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$' }, threadId: { type: 'integer' } },
  })
  expect(schemaOf('ChatThreadParams')).not.toHaveProperty('properties.other')
  expect(schemaOf('ChatOwnParams')).toMatchObject({ properties: { roomId: { format: 'uuid' } } })
  expect(own?.paramTypes?.convert).toEqual([{ name: 'roomId', to: 'string', repeated: false }])
  expect(plain).not.toHaveProperty('paramTypes')
})

test('functions that build schemas make one type for each use, or one for all with an $id', async () => {
  const { schemas } = await lowerSource(
    routeSource(
      `path: '/', clientToServer: { a: event({ data: Page(Type.String()) }), b: event({ data: Page(Type.Integer()) }),
        c: event({ data: named('Line') }), d: event({ data: Type.Array(named('Line')) }) }`,
      `const Page = <T extends import('typebox').TSchema>(item: T) => Type.Object({ items: Type.Array(item), more: Type.Boolean() })
const named = (name: string) => Type.Object({ text: Type.String() }, { $id: name })`,
    ),
  )
  expect(schemas.map((schema) => schema.name)).toEqual(['ChatA', 'ChatB', 'ChatD', 'Line'])
  expect(schemas[2]?.schema).toEqual({ type: 'array', items: { $ref: '#/$defs/Line' } })
})

test('a list that a query requires is empty when a URL has none of it; one that it does not is not there', async () => {
  const { routes } = await api(`{ a: route({ path: '/a', query: Type.Object({
    all: Type.Array(Type.Integer()), some: Type.Optional(Type.Array(Type.String())), one: Type.String() }) }) }`)
  expect(routes[0]?.query?.convert).toEqual([
    { name: 'all', to: 'integer', repeated: true, required: true },
    { name: 'one', to: 'string', repeated: false },
    { name: 'some', to: 'string', repeated: true },
  ])
})

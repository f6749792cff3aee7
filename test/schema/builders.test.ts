import {
  binary,
  channel,
  defineApi,
  event,
  param,
  request,
  route,
  router,
  SITE,
  stream,
  Type,
  text as textPayload,
} from '@wirepact/schema'
import { expect, test } from 'vitest'

const text = Type.Object({ text: Type.String() })

test('builders make plain objects that say what kind they are', () => {
  expect(event()).toEqual({ kind: 'event' })
  expect(event({ data: text, description: 'd' })).toEqual({ kind: 'event', data: text, description: 'd' })
  expect(request({ input: text })).toEqual({ kind: 'request', input: text })
  expect(channel({ name: 'room', messages: { said: text } })).toMatchObject({ kind: 'channel', name: 'room' })
  expect(route({ path: '/' })).toEqual({ kind: 'route', path: '/' })
  expect(stream({ item: text })).toEqual({ kind: 'stream', item: text })
  expect(binary({ maxBytes: 5 })).toEqual({ kind: 'binary', maxBytes: 5 })
  expect(textPayload()).toEqual({ kind: 'text' })
  expect(router({ routes: [] })).toEqual({ kind: 'router', routes: [] })
  expect(defineApi({ title: 'T', version: '1', routes: {} }).kind).toBe('api')
})

test('converters are plain schemas of TypeBox', () => {
  const plain = (schema: object) => JSON.parse(JSON.stringify(schema))
  expect(plain(param.uuid({ description: 'd' }))).toEqual({
    type: 'string',
    format: 'uuid',
    description: 'd',
  })
  expect(plain(param.oneOf(['a', 'b']))).toEqual({ enum: ['a', 'b'] })
  expect(plain(param.integer({ minimum: 1 }))).toEqual({ type: 'integer', minimum: 1 })
  expect(plain(param.rest())).toEqual({ type: 'string', minLength: 1 })
  const tab: 'a' | 'b' = null as never as Type.Static<ReturnType<typeof param.oneOf<['a', 'b']>>>
  expect(tab).toBeNull()
})

test.each([
  ['aa-b1', true],
  ['a', true],
  ['-a', false],
  ['a--b', false],
  ['A', false],
  ['', false],
])('a slug is words and hyphens: %j is one: %s', (value, isSlug) => {
  expect(new RegExp((param.slug() as unknown as { readonly pattern: string }).pattern, 'u').test(value)).toBe(
    isSlug,
  )
})

test('builders note the line that called them', () => {
  const here = new Error('here').stack?.split('\n')[1] ?? ''
  const built = event() as unknown as Record<symbol, { file: string; line: number; column: number }>
  const line = Number(/:(\d+):\d+\)?$/.exec(here)?.[1])
  expect(built[SITE]?.file).toContain('builders.test.ts')
  expect(Math.abs((built[SITE]?.line ?? 0) - line)).toBeLessThanOrEqual(2)
})

test('the call site is neither enumerable nor serialized, and is found under a registered symbol', () => {
  const built = event({ data: text })
  expect(Object.keys(built)).toEqual(['data', 'kind'])
  expect(JSON.parse(JSON.stringify(built))).toEqual({ kind: 'event', data: JSON.parse(JSON.stringify(text)) })
  expect(SITE).toBe(Symbol.for('wirepact.site'))
  expect(Object.getOwnPropertySymbols({ ...built })).toEqual([])
})

test('a builder does not change the options that it is given', () => {
  const options = Object.freeze({ description: 'frozen' })
  expect(event(options)).not.toBe(options)
})

test('a wrong name or value of an option is a compile error, and every form of schema is accepted', () => {
  event({ data: { type: 'object', properties: { a: { type: 'string', minLength: 1 } } } })
  event({ data: Type.Unsafe<string>({ type: 'string' }) })
  event({ data: Type.Refine(Type.String(), () => true) })
  event({ data: Type.Cyclic({ Node: Type.Object({ next: Type.Optional(Type.Ref('Node')) }) }, 'Node') })
  event({ data: true })
  event({ data: binary(), auth: ['admin'], backpressure: 'latest', key: 'id', examples: [1] })
  request({ input: textPayload(), output: binary(), idempotent: true, rateLimit: { perSecond: 1, burst: 1 } })
  route({ path: '/', serverToClient: { ask: request(), watch: stream({ item: binary() }) } })
  channel({
    name: 'a/{b}',
    params: Type.Object({ b: param.integer() }),
    messages: { c: binary() },
    auth: 'required',
  })
  defineApi({ title: 'T', version: '1', routes: [route({ name: 'a', path: '/' }), router({ routes: {} })] })
  const document = { type: 'object', properties: { a: { type: 'string' } }, 'x-more': 1 }
  event({ data: document })
  // @ts-expect-error an event has data, not input
  event({ input: text })
  // @ts-expect-error a misspelt keyword of JSON Schema
  event({ data: { type: 'string', minLenght: 1 } })
  // @ts-expect-error a function is no schema
  event({ data: () => true })
  // @ts-expect-error an event is no schema
  event({ data: event() })
  // @ts-expect-error a channel is no message
  route({ path: '/', serverToClient: { ask: channel({ name: 'a', messages: {} }) } })
  // @ts-expect-error a misspelt option
  route({ path: '/', clientToSever: {} })
  // @ts-expect-error a channel has a name
  channel({ messages: {} })
  // @ts-expect-error one of three words
  channel({ name: 'a', messages: {}, join: 'guard' })
  // @ts-expect-error an api has a version
  defineApi({ title: 'T', routes: {} })
  // @ts-expect-error a stream has an item
  stream({ input: text })
  // @ts-expect-error a stream has no output
  stream({ item: text, output: text })
  // @ts-expect-error bytes are no part of a schema
  event({ data: { type: 'object', properties: { image: binary() } } })
  // @ts-expect-error presence is JSON
  channel({ name: 'a', messages: {}, presence: binary() })
  // @ts-expect-error a size is a number
  binary({ maxBytes: '1kb' })
  // @ts-expect-error text has no format
  textPayload({ format: 'email' })
  // @ts-expect-error one of two words
  event({ delivery: 'exactly-once' })
  // @ts-expect-error one of three words
  event({ backpressure: 'newest' })
  // @ts-expect-error both numbers are needed
  event({ rateLimit: { perSecond: 5 } })
  // @ts-expect-error requests and streams have no delivery
  request({ delivery: 'acknowledged' })
  // @ts-expect-error an event answers nothing that could be asked twice
  event({ idempotent: true })
  // @ts-expect-error scopes come as a list
  event({ auth: 'admin' })
  // @ts-expect-error examples come as a list
  event({ data: text, examples: { text: 'a' } })
  // @ts-expect-error one of two words
  route({ path: '/', wire: 'raw' })
  // @ts-expect-error headers are an object schema
  route({ path: '/', headers: { 'x-a': 'string' } })
  // @ts-expect-error a router has routes
  router({ prefix: '/a' })
  // @ts-expect-error an event is no route
  router({ routes: { say: event() } })
  // @ts-expect-error a router has no path
  router({ path: '/a', routes: [] })
  // @ts-expect-error one of each kind
  param.oneOf(['a', 1])
  // @ts-expect-error nothing is one of none
  param.oneOf([])
  // @ts-expect-error a number has no pattern
  param.integer({ pattern: 'a' })
  expect(event({ data: document }).data).toBe(document)
})

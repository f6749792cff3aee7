import { channel, defineApi, event, request, route, SITE, Type } from '@wirepact/schema'
import { expect, test } from 'vitest'

const text = Type.Object({ text: Type.String() })

test('builders make plain objects that say what kind they are', () => {
  expect(event()).toEqual({ kind: 'event' })
  expect(event({ data: text, description: 'd' })).toEqual({ kind: 'event', data: text, description: 'd' })
  expect(request({ input: text })).toEqual({ kind: 'request', input: text })
  expect(channel({ name: 'room', messages: { said: text } })).toMatchObject({ kind: 'channel', name: 'room' })
  expect(route({ path: '/' })).toEqual({ kind: 'route', path: '/' })
  expect(defineApi({ title: 'T', version: '1', routes: {} }).kind).toBe('api')
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
  expect(event({ data: document }).data).toBe(document)
})

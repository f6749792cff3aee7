import {
  type ApiDefinition,
  type ApiOptions,
  type Auth,
  type Backpressure,
  type BinaryDefinition,
  type BinaryOptions,
  binary,
  type CallSite,
  type ChannelDefinition,
  type ChannelOptions,
  channel,
  type DocsOptions,
  defineApi,
  type EventDefinition,
  type EventOptions,
  event,
  type HistoryOptions,
  type JsonSchemaObject,
  type LatestOptions,
  type MessageDefinition,
  type MessageOptions,
  type NumberParamOptions,
  type ParamOptions,
  type Payload,
  type PresenceDefinition,
  type PresenceOptions,
  param,
  presence,
  type QuestionOptions,
  type RateLimit,
  type RequestDefinition,
  type RequestOptions,
  type RouteDefinition,
  type RouteOptions,
  type RouterDefinition,
  type RouterOptions,
  type Routes,
  request,
  route,
  router,
  type Schema,
  type Schemas,
  SITE,
  type StreamDefinition,
  type StreamOptions,
  stream,
  type TextDefinition,
  type TextOptions,
  type TextParamOptions,
  Type,
  type TypeBoxSchema,
  text,
} from '@wirepact/schema'
import { describe, expectTypeOf, it } from 'vitest'

type Static<Make extends (...args: never[]) => Type.TSchema> = Type.Static<ReturnType<Make>>

describe('the types of builders', () => {
  it('take options, and say what they build', () => {
    expectTypeOf(defineApi).toEqualTypeOf<(options: ApiOptions) => ApiDefinition>()
    expectTypeOf(route).toEqualTypeOf<(options: RouteOptions) => RouteDefinition>()
    expectTypeOf(router).toEqualTypeOf<(options: RouterOptions) => RouterDefinition>()
    expectTypeOf(channel).toEqualTypeOf<(options: ChannelOptions) => ChannelDefinition>()
    expectTypeOf(event).toEqualTypeOf<(options?: EventOptions) => EventDefinition>()
    expectTypeOf(request).toEqualTypeOf<(options?: RequestOptions) => RequestDefinition>()
    expectTypeOf(stream).toEqualTypeOf<(options: StreamOptions) => StreamDefinition>()
    expectTypeOf(presence).toEqualTypeOf<(options: PresenceOptions) => PresenceDefinition>()
    expectTypeOf(binary).toEqualTypeOf<(options?: BinaryOptions) => BinaryDefinition>()
    expectTypeOf(text).toEqualTypeOf<(options?: TextOptions) => TextDefinition>()
    expectTypeOf<CallSite>().toEqualTypeOf<{
      readonly file: string
      readonly line: number
      readonly column: number
    }>()
    expectTypeOf(SITE).toExtend<symbol>()
  })

  it('are told from one another by their kind', () => {
    expectTypeOf<MessageDefinition['kind']>().toEqualTypeOf<'event' | 'request' | 'stream'>()
    type Built = ApiDefinition | RouteDefinition | RouterDefinition | ChannelDefinition | PresenceDefinition
    expectTypeOf<Built['kind']>().toEqualTypeOf<'api' | 'route' | 'router' | 'channel' | 'presence'>()
    expectTypeOf<Exclude<Payload, Schema>['kind']>().toEqualTypeOf<'binary' | 'text'>()
  })

  it('declare errors with the schema of what each carries, or nothing', () => {
    type Errors = Readonly<Record<string, Schema | undefined>> | undefined
    expectTypeOf<RequestOptions['errors']>().toEqualTypeOf<Errors>()
    expectTypeOf<StreamOptions['errors']>().toEqualTypeOf<Errors>()
    expectTypeOf<{ READ_ONLY: undefined; NAME_TAKEN: Type.TObject }>().toExtend<Errors>()
  })

  it('share what they say about themselves, and who may use them', () => {
    expectTypeOf<RouteOptions>().toExtend<DocsOptions>()
    expectTypeOf<EventOptions>().toExtend<DocsOptions & MessageOptions>()
    expectTypeOf<RequestOptions>().toExtend<QuestionOptions>()
    expectTypeOf<StreamOptions>().toExtend<QuestionOptions>()
    expectTypeOf<MessageOptions['auth']>().toEqualTypeOf<Auth | undefined>()
    expectTypeOf<Auth>().toEqualTypeOf<'required' | readonly string[]>()
    expectTypeOf<Backpressure>().toEqualTypeOf<'close' | 'drop' | 'latest'>()
    expectTypeOf<RateLimit>().toEqualTypeOf<{ readonly perSecond: number; readonly burst: number }>()
    expectTypeOf<ChannelOptions['history']>().toEqualTypeOf<HistoryOptions | undefined>()
    expectTypeOf<ChannelOptions['latest']>().toEqualTypeOf<true | LatestOptions | undefined>()
    expectTypeOf<RouteDefinition[]>().toExtend<Routes>()
    expectTypeOf<{ chat: RouteDefinition; admin: RouterDefinition }>().toExtend<Routes>()
  })

  it('take schemas of TypeBox and plain JSON Schema, and nothing that another builder built', () => {
    expectTypeOf(Type.Object({ a: Type.String() })).toExtend<TypeBoxSchema>()
    expectTypeOf(Type.Unsafe<Date>({ type: 'string' })).toExtend<Schema>()
    expectTypeOf<boolean>().toExtend<Schema>()
    expectTypeOf<{ type: 'object'; properties: { a: { type: 'string' } } }>().toExtend<JsonSchemaObject>()
    expectTypeOf<Schemas>().toEqualTypeOf<Readonly<Record<string, Schema>>>()
    expectTypeOf<EventDefinition>().not.toExtend<Schema>()
    expectTypeOf<BinaryDefinition>().not.toExtend<Schema>()
    expectTypeOf<PresenceDefinition>().not.toExtend<Schema>()
  })
})

describe('the types of converters', () => {
  it('are those of what handlers are given', () => {
    expectTypeOf<Static<typeof param.string>>().toEqualTypeOf<string>()
    expectTypeOf<Static<typeof param.uuid>>().toEqualTypeOf<string>()
    expectTypeOf<Static<typeof param.slug>>().toEqualTypeOf<string>()
    expectTypeOf<Static<typeof param.rest>>().toEqualTypeOf<string>()
    expectTypeOf<Static<typeof param.integer>>().toEqualTypeOf<number>()
    expectTypeOf<Static<typeof param.number>>().toEqualTypeOf<number>()
    const tab = param.oneOf(['a', 'b'])
    expectTypeOf<Type.Static<typeof tab>>().toEqualTypeOf<'a' | 'b'>()
    const page = param.oneOf([1, 2])
    expectTypeOf<Type.Static<typeof page>>().toEqualTypeOf<1 | 2>()
    const params = Type.Object({ team: param.uuid(), page: Type.Optional(param.integer()) })
    expectTypeOf<Type.Static<typeof params>>().toEqualTypeOf<{ team: string; page?: number }>()
  })

  it('take the options of their kind', () => {
    expectTypeOf(param.string).parameters.toEqualTypeOf<[options?: TextParamOptions | undefined]>()
    expectTypeOf(param.integer).parameters.toEqualTypeOf<[options?: NumberParamOptions | undefined]>()
    expectTypeOf(param.uuid).parameters.toEqualTypeOf<[options?: ParamOptions | undefined]>()
    expectTypeOf(param.pattern).parameter(0).toEqualTypeOf<string | RegExp>()
  })
})

/** Compiled with the tests, and never run: what is wrong is wrong in the line below each remark. */
export function neverRun() {
  const schema = Type.Object({ name: Type.String() })
  // @ts-expect-error: an API has a version
  defineApi({ title: 'A', routes: {} })
  // @ts-expect-error: a channel is no route
  defineApi({ title: 'A', version: '1', routes: { room: channel({ name: 'room', messages: {} }) } })
  // @ts-expect-error: a route has a path
  route({})
  // @ts-expect-error: a message is built, a schema alone is not one
  route({ path: '/', clientToServer: { say: schema } })
  // @ts-expect-error: there is no such wire
  route({ path: '/', wire: 'raw' })
  // @ts-expect-error: a channel has messages, if only none
  channel({ name: 'room' })
  // @ts-expect-error: a request is not published
  channel({ name: 'room', messages: { rename: request() } })
  // @ts-expect-error: the newest is kept or it is not said
  channel({ name: 'room', messages: {}, latest: false })
  // @ts-expect-error: nobody joins by invitation
  channel({ name: 'room', messages: {}, join: 'invited' })
  // @ts-expect-error: bytes say nothing about a member
  channel({ name: 'room', messages: {}, presence: binary() })
  // @ts-expect-error: members are told apart by connection or user
  presence({ data: schema, by: 'session' })
  // @ts-expect-error: a time is a number of milliseconds
  presence({ data: schema, graceMs: '1s' })
  // @ts-expect-error: an event has data and no input
  event({ input: schema })
  // @ts-expect-error: there is no such delivery
  event({ data: schema, delivery: 'exactly-once' })
  // @ts-expect-error: a limit says how many at once
  event({ data: schema, rateLimit: { perSecond: 1 } })
  // @ts-expect-error: an error carries no bytes
  request({ errors: { BROKEN: binary() } })
  // @ts-expect-error: a stream has items
  stream({ input: schema })
  // @ts-expect-error: bytes have no length in characters
  binary({ maxLength: 1 })
  // @ts-expect-error: one of nothing is nothing
  param.oneOf([])
  // @ts-expect-error: all of them are strings, or all of them numbers
  param.oneOf(['a', 1])
  // @ts-expect-error: a number has no length
  param.integer({ maxLength: 1 })
  // @ts-expect-error: a router has routes
  router({ prefix: '/admin' })
}

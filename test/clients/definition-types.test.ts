import type {
  AnswerDefinition,
  AnswerKind,
  ApiClient,
  BareEvent,
  CallKind,
  ChannelDefinition,
  ClientOptions,
  ConnectArguments,
  Debug,
  Environment,
  Feature,
  ReconnectOptions,
  RouteDefinition,
  Signals,
  Status,
  Stop,
  WebSocketConstructor,
  WebSocketLike,
  WirepactError,
} from '@wirepact/client'
import {
  acknowledged,
  answers,
  bare,
  binary,
  channels,
  counts,
  idempotent,
  refresh,
  streams,
  subscriptions,
} from '@wirepact/client'
import { type CheckedChannel, type CheckedRoute, createChecks } from '@wirepact/client/checks'
import {
  type ClientDebug,
  createDebug,
  type DebugEvent,
  type DebugOptions,
  type FrameEvent,
} from '@wirepact/client/debug'
import type { Clock, MaybePromise, Random } from '@wirepact/protocol'
import { describe, expectTypeOf, it } from 'vitest'
import { WebSocket } from 'ws'

const route: RouteDefinition = { path: '/a', calls: {}, channels: {} }

describe('the types of what the generator writes for a client', () => {
  it('name the kinds of messages, in both directions', () => {
    expectTypeOf<CallKind>().toEqualTypeOf<
      'event' | 'acknowledged' | 'text' | 'request' | 'idempotent' | 'stream'
    >()
    expectTypeOf<AnswerKind>().toEqualTypeOf<'request' | 'stream'>()
    expectTypeOf<RouteDefinition['calls'][string]>().toEqualTypeOf<CallKind>()
    expectTypeOf<AnswerDefinition>().toEqualTypeOf<{
      readonly kind: AnswerKind
      readonly errors?: readonly string[]
    }>()
    expectTypeOf<ChannelDefinition['join']>().toEqualTypeOf<'guarded' | 'open' | undefined>()
    expectTypeOf<ChannelDefinition['presence']>().toEqualTypeOf<true | 'count' | undefined>()
    expectTypeOf<BareEvent>().toEqualTypeOf<
      { readonly is: string | number | boolean | null } | 'text' | 'binary' | 'json'
    >()
  })

  it('name the parts of the client that a route may use', () => {
    const parts = [
      acknowledged,
      answers,
      bare,
      binary,
      channels,
      counts,
      idempotent,
      refresh,
      streams,
      subscriptions,
    ]
    expectTypeOf(parts).toExtend<readonly Feature[]>()
    expectTypeOf<ReturnType<NonNullable<RouteDefinition['checks']>>>().toEqualTypeOf<
      Promise<{ readonly checks: Feature }>
    >()
    const checked: CheckedRoute = { events: { notice: 'Notice' }, calls: {}, answers: {}, channels: {} }
    expectTypeOf(createChecks({ Notice: { type: 'string' } }, checked)).toExtend<Feature>()
    expectTypeOf<CheckedRoute['channels'][string]>().toEqualTypeOf<CheckedChannel>()
    expectTypeOf<keyof CheckedChannel>().toEqualTypeOf<'messages' | 'presence'>()
    expectTypeOf<ApiClient['connect']>().parameters.toEqualTypeOf<
      [route: RouteDefinition, args?: ConnectArguments | undefined]
    >()
  })

  it('refuse what is none', () => {
    // @ts-expect-error: there is no such kind
    const kind: RouteDefinition = { ...route, calls: { say: 'message' } }
    // @ts-expect-error: nobody answers an event
    const answer: RouteDefinition = { ...route, answers: { say: 'event' } }
    // @ts-expect-error: a part is no name
    const part: RouteDefinition = { ...route, uses: ['channels'] }
    // @ts-expect-error: a bare event is told apart by a value
    const tag: BareEvent = { is: {} }
    // @ts-expect-error: nobody joins by asking nicely
    const join: ChannelDefinition = { name: 'a', join: 'polite', presence: false }
    expectTypeOf([kind, answer, part, tag, join]).toBeArray()
  })
})

describe('the types of what a client is given', () => {
  it('take any WebSocket with the face of the platform, and a credential now or later', () => {
    expectTypeOf<typeof globalThis.WebSocket>().toExtend<WebSocketConstructor>()
    expectTypeOf(WebSocket).toExtend<WebSocketConstructor>()
    expectTypeOf<InstanceType<typeof globalThis.WebSocket>>().toExtend<WebSocketLike>()
    expectTypeOf<ClientOptions['auth']>().toEqualTypeOf<
      (() => MaybePromise<string | undefined>) | undefined
    >()
    expectTypeOf<ClientOptions['reconnect']>().toEqualTypeOf<ReconnectOptions | false | undefined>()
    expectTypeOf<ReconnectOptions>().toEqualTypeOf<{
      readonly minDelayMs?: number
      readonly maxDelayMs?: number
      readonly factor?: number
    }>()
  })

  it('take surroundings of one’s own, a part at a time', () => {
    expectTypeOf<Environment>().toEqualTypeOf<{
      readonly clock?: Clock
      readonly random?: Pick<Random, 'next'>
      readonly signals?: Signals
      readonly report?: (thrown: unknown) => void
    }>()
    expectTypeOf<Signals['listen']>().toEqualTypeOf<(wake: () => void) => Stop>()
  })

  it('refuse what is none', () => {
    // @ts-expect-error: a credential is a text
    const auth: ClientOptions = { auth: () => 7 }
    // @ts-expect-error: to reconnect is the default, and `false` the other choice
    const always: ClientOptions = { reconnect: true }
    // @ts-expect-error: a class is wanted, not a socket
    const socket: ClientOptions = { WebSocket: {} }
    // @ts-expect-error: limits are numbers
    const limit: ClientOptions = { maxPendingCalls: '256' }
    // @ts-expect-error: a clock can do more than tell the time
    const clock: Environment = { clock: { now: () => 0 } }
    expectTypeOf([auth, always, socket, limit, clock]).toBeArray()
  })
})

describe('the types of debug', () => {
  it('tell the events apart by their type', () => {
    expectTypeOf(createDebug).toEqualTypeOf<(options?: DebugOptions) => ClientDebug>()
    expectTypeOf<ClientDebug>().toExtend<Debug>()
    expectTypeOf<DebugEvent['type']>().toEqualTypeOf<
      'attempt' | 'status' | 'frame' | 'recovery' | 'end' | 'error'
    >()
    expectTypeOf<Extract<DebugEvent, { type: 'frame' }>>().toExtend<FrameEvent>()
    expectTypeOf<FrameEvent['payload']>().toEqualTypeOf<unknown>()
    expectTypeOf<Extract<DebugEvent, { type: 'status' }>['status']>().toEqualTypeOf<Status>()
    expectTypeOf<Extract<DebugEvent, { type: 'error' }>['error']>().toEqualTypeOf<WirepactError>()
    expectTypeOf<ClientDebug['log']>().toEqualTypeOf<(to?: Pick<Console, 'debug'>) => Stop>()
    // @ts-expect-error: there is no such option
    expectTypeOf(createDebug({ payload: true })).toEqualTypeOf<ClientDebug>()
  })
})

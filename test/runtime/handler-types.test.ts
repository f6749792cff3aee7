import type {
  App,
  Ask,
  AskError,
  AskOptions,
  Channel,
  ChannelHooks,
  ConnectionStatus,
  ConnectionTarget,
  Context,
  Disconnect,
  ErrorCode,
  ErrorFactories,
  Grant,
  JoinRequest,
  LatestHooks,
  Logger,
  MessagesOptions,
  Outcome,
  ReadOptions,
  RequestDetails,
  UserTarget,
  WirepactError,
} from '@wirepact/runtime'
import { describe, expectTypeOf, it } from 'vitest'
import type { RoomContext, RoomState } from '../nexios/api/generated/server.js'
import type { LabAddContext, LabContext, LabHandlers } from './api/generated/server.js'
import type { HallHandlers } from './hall/generated/server.js'
import type {
  AdminStudioContext,
  AdminStudioHandlers,
  AdminStudioSlidesContext,
  RobotContext,
  RobotHandlers,
} from './studio/generated/server.js'

type Busy = { BUSY: { until: number } }

describe('the types of what handlers are given', () => {
  it('say who connected, to where, and with what', () => {
    expectTypeOf<AdminStudioContext>().toExtend<Context>()
    expectTypeOf<AdminStudioContext['params']>().toEqualTypeOf<{ path: string }>()
    expectTypeOf<AdminStudioContext['headers']>().toEqualTypeOf<{ 'x-tenant': number }>()
    expectTypeOf<AdminStudioContext['cookies']>().toEqualTypeOf<{ theme: string }>()
    expectTypeOf<AdminStudioContext['query']>().toEqualTypeOf<Record<never, never>>()
    expectTypeOf<LabContext['query']>().toEqualTypeOf<{ name: string; level?: number; tags?: string[] }>()
    expectTypeOf<LabContext>().not.toHaveProperty('headers')
    expectTypeOf<Context['request']>().toEqualTypeOf<RequestDetails>()
    expectTypeOf<Context['user']>().toEqualTypeOf<string | undefined>()
    expectTypeOf<Context['app']>().toEqualTypeOf<App>()
    expectTypeOf<Context['log']>().toEqualTypeOf<Logger>()
    expectTypeOf<Context['status']>().toEqualTypeOf<ConnectionStatus>()
    expectTypeOf<ConnectionStatus>().toEqualTypeOf<'connecting' | 'open' | 'closing' | 'closed'>()
    expectTypeOf<Grant>().toEqualTypeOf<{
      readonly user?: string
      readonly scopes?: readonly string[]
      readonly expiresAt?: number
    }>()
  })

  it('have a state that is what the schema says, or whatever handlers put there', () => {
    expectTypeOf<LabContext['state']>().toExtend<Record<string, unknown>>()
    type State = Context<{ seen: number; name: string }, 'seen'>['state']
    expectTypeOf<State['seen']>().toEqualTypeOf<number>()
    expectTypeOf<State['name']>().toEqualTypeOf<string | undefined>()
    expectTypeOf<RoomContext['state']>().toEqualTypeOf<Partial<RoomState> & Pick<RoomState, 'said'>>()
  })

  it('have errors exactly where the message declares some', () => {
    expectTypeOf<LabAddContext['errors']>().toEqualTypeOf<ErrorFactories<{ TOO_LARGE: { max: number } }>>()
    expectTypeOf<LabAddContext['errors']['TOO_LARGE']>().toEqualTypeOf<
      (data: { max: number }, message?: string) => WirepactError<'TOO_LARGE', { max: number }>
    >()
    expectTypeOf<AdminStudioSlidesContext['errors']>().toHaveProperty('EMPTY')
    expectTypeOf<LabContext>().not.toHaveProperty('errors')
    type Without = ErrorFactories<{ GONE: undefined }>['GONE']
    expectTypeOf<Parameters<Without>>().toEqualTypeOf<[data?: undefined, message?: string]>()
  })

  it('ask the client, and know its errors', () => {
    type Peer = AdminStudioContext['client']
    expectTypeOf<Peer['confirm']>().toEqualTypeOf<Ask<{ question: string }, boolean, Busy>>()
    expectTypeOf<Peer['confirm']>().parameter(1).toEqualTypeOf<AskOptions | undefined>()
    expectTypeOf<Peer['confirm']['safe']>().returns.toEqualTypeOf<Promise<Outcome<boolean, Busy>>>()
    expectTypeOf<Extract<Outcome<boolean, Busy>, { ok: false }>['error']>().toEqualTypeOf<AskError<Busy>>()
    expectTypeOf<AskError<Busy>>().toEqualTypeOf<
      WirepactError<'BUSY', { until: number }> | WirepactError<ErrorCode, undefined>
    >()
    expectTypeOf<Peer['record']>().returns.toEqualTypeOf<AsyncIterableIterator<Uint8Array>>()
    expectTypeOf<Parameters<Peer['record']>[1]>().toEqualTypeOf<ReadOptions | undefined>()
    expectTypeOf<Peer['picture']>().toEqualTypeOf<(data: Uint8Array) => void>()
  })

  it('reach others: a user by events, one connection by questions too', () => {
    expectTypeOf<LabContext['to']>().toEqualTypeOf<
      (target: ConnectionTarget | UserTarget) => { notice(data: { text: string }): Promise<number> }
    >()
    expectTypeOf<ReturnType<AdminStudioContext['to']>>().toHaveProperty('picture')
  })

  it('read the messages of a bare route one by one', () => {
    expectTypeOf<Parameters<RobotContext['messages']>[0]>().toEqualTypeOf<MessagesOptions | undefined>()
    type Incoming = RobotContext extends { messages(): AsyncIterableIterator<infer One> } ? One : never
    expectTypeOf<Incoming>().toEqualTypeOf<
      | { readonly name: 'move'; readonly data: { op: 'move'; x: number } }
      | { readonly name: 'stop'; readonly data: { op: 'stop' } }
      | { readonly name: 'frame'; readonly data: Uint8Array }
    >()
    expectTypeOf<AdminStudioContext>().not.toHaveProperty('messages')
  })
})

describe('the types of handlers', () => {
  it('answer what the message says, now or later', () => {
    expectTypeOf<LabHandlers['add']>().returns.toEqualTypeOf<{ sum: number } | Promise<{ sum: number }>>()
    expectTypeOf<LabHandlers['say']>().returns.toEqualTypeOf<void | Promise<void>>()
    expectTypeOf<LabHandlers['tree']>().parameter(1).toEqualTypeOf<unknown>()
    expectTypeOf<AdminStudioHandlers['slides']>().returns.toEqualTypeOf<AsyncIterable<{ number: number }>>()
    expectTypeOf<NonNullable<LabHandlers['disconnect']>>().parameter(1).toEqualTypeOf<Disconnect>()
    expectTypeOf<Disconnect>().toEqualTypeOf<{
      readonly code: number
      readonly reason: string
      readonly wasClean: boolean
    }>()
  })

  it('are optional only where nothing is owed', () => {
    type Optional<T> = { [Key in keyof T]-?: object extends Pick<T, Key> ? Key : never }[keyof T]
    expectTypeOf<Optional<LabHandlers>>().toEqualTypeOf<'connect' | 'disconnect' | 'channels'>()
    expectTypeOf<Optional<AdminStudioHandlers>>().toEqualTypeOf<
      'connect' | 'disconnect' | 'refresh' | 'channels'
    >()
    expectTypeOf<Optional<RobotHandlers>>().toEqualTypeOf<keyof RobotHandlers>()
    expectTypeOf<LabHandlers>().not.toHaveProperty('refresh')
  })

  it('decide about memberships, with what was asked for', () => {
    type Asked = Parameters<LabHandlers['authorize']['vault']>[1]
    expectTypeOf<Asked>().toEqualTypeOf<JoinRequest<{ key: string }, { name: string }>>()
    expectTypeOf<Asked['params']>().toEqualTypeOf<{ key: string }>()
    expectTypeOf<keyof HallHandlers['authorize']>().toEqualTypeOf<'people'>()
  })

  it('see the lives of channels, and the lack of newest values where those are kept', () => {
    type Hooks = NonNullable<HallHandlers['channels']>
    type Values = { phase: string; score: number }
    expectTypeOf<NonNullable<Hooks['state']>>().toEqualTypeOf<
      LatestHooks<Channel<Values>, { hallId: string }>
    >()
    expectTypeOf<NonNullable<Hooks['crowd']>>().toEqualTypeOf<
      ChannelHooks<Channel<{ cheered: number }, never, 'count'>, { hallId: string }>
    >()
    expectTypeOf<keyof ChannelHooks<never, never>>().toEqualTypeOf<'firstJoin' | 'lastLeave'>()
    expectTypeOf<keyof LatestHooks<never, never>>().toEqualTypeOf<'firstJoin' | 'lastLeave' | 'missing'>()
  })
})

/** Compiled with the tests, and never run: what is wrong is wrong in the line below each remark. */
export function neverRun(lab: LabContext, studio: AdminStudioContext, robot: RobotContext) {
  // @ts-expect-error: who it is is granted, not written
  lab.user = 'ada'
  // @ts-expect-error: a user is a text
  lab.grant({ user: 7 })
  // @ts-expect-error: there are no roles, but scopes
  lab.grant({ roles: ['admin'] })
  // @ts-expect-error: a parameter is a text
  lab.params.roomId.toFixed()
  // @ts-expect-error: a level may be missing
  lab.query.level.toFixed()
  // @ts-expect-error: a session is no target of a message
  lab.to({ session: lab.session })
  // @ts-expect-error: a user of many connections gives no one answer
  void studio.to({ user: 'ada' }).confirm({ question: '' })
  // @ts-expect-error: a stream is read from the own client alone
  studio.to({ connection: 'a' }).record()
  // @ts-expect-error: a question has no time to live
  void studio.client.confirm({ question: '' }, { ttlMs: 1 })
  // @ts-expect-error: nothing is asked with
  studio.client.record({ from: 0 })
  // @ts-expect-error: a line is a text
  robot.client.line({ text: 'a' })
  // @ts-expect-error: there is nothing to wait for
  robot.messages({ timeoutMs: 1 })
  const hooks: HallHandlers['channels'] = {
    // @ts-expect-error: there is no such channel
    rooms: {},
  }
  const noHistory: HallHandlers['channels'] = {
    // @ts-expect-error: nothing can be missing where no newest values are kept
    seats: { missing: () => undefined },
  }
  return [hooks, noHistory]
}

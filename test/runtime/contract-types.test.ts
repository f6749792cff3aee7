import type { GapReason, MaybePromise, Validator } from '@wirepact/protocol'
import type {
  ApiDefinition,
  Appended,
  AuthRequirement,
  Backpressure,
  ChannelDefinition,
  ChannelMessageDefinition,
  Conversion,
  Conversions,
  Disconnect,
  Draft,
  Engine,
  EngineListener,
  EnginePosition,
  EnteringEntry,
  EventDefinition,
  HistoryDefinition,
  LatestDefinition,
  ListConversion,
  MembersQuery,
  MessageDefinition,
  ObservedChannel,
  ObservedConnection,
  ObservedFailure,
  ObservedMessage,
  ObservedPublication,
  ObservedServer,
  ObservedStart,
  Observer,
  Once,
  Page,
  ParametersDefinition,
  PresenceCount,
  PresenceEntry,
  PresenceEvent,
  PresentEntry,
  PresentUser,
  Publication,
  RateLimit,
  ReadQuery,
  RequestDefinition,
  Retention,
  RosterDefinition,
  RouteDefinition,
  Span,
  StreamDefinition,
  UserEntry,
} from '@wirepact/runtime'
import {
  type SqliteDatabase,
  type SqliteDriver,
  type SqliteEngineOptions,
  type SqliteStatement,
  type SqliteValue,
  sqliteEngine,
} from '@wirepact/runtime/sqlite'
import { describe, expectTypeOf, it } from 'vitest'

type Answer<Method extends keyof Engine> = ReturnType<NonNullable<Engine[Method]>>
type Listening<Name extends keyof EngineListener> = Parameters<NonNullable<EngineListener[Name]>>
type Told<Name extends keyof Observer> = Parameters<NonNullable<Observer[Name]>>
const nothing: Validator = { check: () => true, explain: () => [] }

describe('the contract of engines', () => {
  it('answers at once or later', () => {
    expectTypeOf<Answer<'append'>>().toEqualTypeOf<MaybePromise<Appended>>()
    expectTypeOf<Answer<'read'>>().toEqualTypeOf<MaybePromise<Page>>()
    expectTypeOf<Answer<'members'>>().toEqualTypeOf<MaybePromise<readonly PresentEntry[]>>()
    expectTypeOf<Answer<'users'>>().toEqualTypeOf<MaybePromise<readonly PresentUser[]>>()
    expectTypeOf<Answer<'count'>>().toEqualTypeOf<MaybePromise<PresenceCount>>()
    expectTypeOf<Answer<'isLocal'>>().toEqualTypeOf<boolean>()
    expectTypeOf<Appended>().toExtend<EnginePosition>()
    expectTypeOf<Page>().toExtend<EnginePosition>()
  })

  it('is asked with drafts, queries and entries', () => {
    expectTypeOf<Parameters<Engine['append']>>().toEqualTypeOf<
      [channel: string, draft: Draft, retention: Retention]
    >()
    expectTypeOf<Draft['once']>().toEqualTypeOf<Once | undefined>()
    expectTypeOf<Parameters<Engine['read']>[1]>().toEqualTypeOf<ReadQuery>()
    expectTypeOf<Parameters<Engine['enter']>[1]>().toEqualTypeOf<EnteringEntry>()
    expectTypeOf<EnteringEntry>().toExtend<PresenceEntry>()
    expectTypeOf<Parameters<Engine['members']>[1]>().toEqualTypeOf<MembersQuery | undefined>()
  })

  it('tells its node what happens, and who the user is then', () => {
    expectTypeOf<Listening<'publication'>>().toEqualTypeOf<[channel: string, publication: Publication]>()
    expectTypeOf<Listening<'presence'>>().toEqualTypeOf<[channel: string, event: PresenceEvent]>()
    expectTypeOf<PresenceEvent['change']>().toEqualTypeOf<'join' | 'update' | 'leave'>()
    expectTypeOf<PresenceEvent['user']>().toEqualTypeOf<UserEntry | undefined>()
    expectTypeOf<PresentUser>().toExtend<UserEntry>()
    expectTypeOf<
      keyof { [Name in keyof EngineListener as undefined extends EngineListener[Name] ? Name : never]: 0 }
    >().toEqualTypeOf<'cleared' | 'interrupted'>()
  })

  it('is kept by SQLite, with any driver that looks like the one of Node', () => {
    expectTypeOf(sqliteEngine).toEqualTypeOf<(file: string, options?: SqliteEngineOptions) => Engine>()
    expectTypeOf<SqliteEngineOptions['durability']>().toEqualTypeOf<'process' | 'power' | undefined>()
    expectTypeOf<InstanceType<SqliteDriver['DatabaseSync']>>().toEqualTypeOf<SqliteDatabase>()
    expectTypeOf<ReturnType<SqliteDatabase['prepare']>>().toEqualTypeOf<SqliteStatement<unknown>>()
    expectTypeOf<Parameters<SqliteStatement<unknown>['run']>>().toEqualTypeOf<SqliteValue[]>()
    // @ts-expect-error: there is no such durability
    const wrong: SqliteEngineOptions = { durability: 'none' }
    // @ts-expect-error: a page is read from one side
    const both: ReadQuery = { limit: 1 }
    expectTypeOf([wrong, both]).toBeArray()
  })
})

describe('the contract of observers', () => {
  it('is optional in all of its parts', () => {
    const observer: Observer = {}
    expectTypeOf(observer).toEqualTypeOf<Observer>()
  })

  it('names what is observed, never a payload', () => {
    expectTypeOf<Told<'watch'>>().toEqualTypeOf<[server: ObservedServer]>()
    expectTypeOf<Told<'closed'>>().toEqualTypeOf<[connection: ObservedConnection, end: Disconnect]>()
    expectTypeOf<Told<'received'>>().toEqualTypeOf<[message: ObservedMessage]>()
    expectTypeOf<Told<'failed'>>().toEqualTypeOf<[failure: ObservedFailure]>()
    expectTypeOf<Told<'delivered'>>().toEqualTypeOf<[publication: ObservedPublication, members: number]>()
    expectTypeOf<Told<'started'>>().toEqualTypeOf<[channel: ObservedChannel, start: ObservedStart]>()
    expectTypeOf<ObservedStart>().toEqualTypeOf<'fresh' | 'recovered' | GapReason>()
    expectTypeOf<ObservedMessage['kind']>().toEqualTypeOf<
      'connect' | 'disconnect' | 'refresh' | 'event' | 'request' | 'stream'
    >()
    expectTypeOf<ObservedMessage>().not.toHaveProperty('data')
    expectTypeOf<ObservedPublication>().not.toHaveProperty('data')
  })

  it('surrounds what takes time with a span', () => {
    expectTypeOf<ReturnType<NonNullable<Observer['handling']>>>().toEqualTypeOf<Span | undefined>()
    expectTypeOf<Parameters<Span['ended']>>().toEqualTypeOf<[error?: unknown]>()
    // @ts-expect-error: a span has an end
    const span: Span = {}
    expectTypeOf(span).toEqualTypeOf<Span>()
  })
})

describe('what the generator writes for a server', () => {
  it('names every part of an API', () => {
    expectTypeOf<ApiDefinition['routes']>().toEqualTypeOf<readonly RouteDefinition[]>()
    expectTypeOf<MessageDefinition>().toEqualTypeOf<EventDefinition | RequestDefinition | StreamDefinition>()
    expectTypeOf<MessageDefinition['rateLimit']>().toEqualTypeOf<RateLimit | undefined>()
    expectTypeOf<RouteDefinition['auth']>().toEqualTypeOf<AuthRequirement | undefined>()
    expectTypeOf<RouteDefinition['cookies']>().toEqualTypeOf<ParametersDefinition | undefined>()
    expectTypeOf<ParametersDefinition['convert']>().toEqualTypeOf<Conversions>()
    expectTypeOf<Conversions[string]>().toEqualTypeOf<Conversion | ListConversion>()
    expectTypeOf<Conversion>().toEqualTypeOf<'string' | 'number' | 'integer' | 'boolean'>()
    expectTypeOf<ChannelDefinition['messages'][string]>().toEqualTypeOf<ChannelMessageDefinition>()
    expectTypeOf<ChannelDefinition['history']>().toEqualTypeOf<HistoryDefinition | undefined>()
    expectTypeOf<ChannelDefinition['latest']>().toEqualTypeOf<LatestDefinition | undefined>()
    expectTypeOf<ChannelDefinition['roster']>().toEqualTypeOf<RosterDefinition | undefined>()
  })

  it('refuses what is none', () => {
    // @ts-expect-error: only the newest has a key
    const policy: Backpressure = { policy: 'drop', key: 'symbol' }
    // @ts-expect-error: an event has no reply
    const event: EventDefinition = { kind: 'event', data: nothing, output: nothing }
    // @ts-expect-error: declared errors are named, if only to say that there are none
    const request: RequestDefinition = { kind: 'request', input: nothing, output: nothing }
    // @ts-expect-error: lists are told from single values by their form
    const list: ListConversion = ['string', 'optional']
    expectTypeOf([policy, event, request, list]).toBeArray()
  })
})

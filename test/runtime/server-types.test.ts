import type { createServer as createHttpServer, RequestListener as HttpListener } from 'node:http'
import type { Position } from '@wirepact/protocol'
import {
  type ApiServer,
  type Channel,
  type ChannelMember,
  type CloseAllOptions,
  type CloseOptions,
  type CompressionOptions,
  type Counters,
  createLogObserver,
  defaultLimits,
  type Engine,
  type Environment,
  type Explanation,
  type Health,
  type HealthListener,
  type HealthListenerOptions,
  type HealthOptions,
  type History,
  type HistoryOptions,
  type JoinArguments,
  type JoinOptions,
  type KeptPublication,
  type Limits,
  type ListenOptions,
  type Logger,
  type MemberChannel,
  type MemberOf,
  type MembersOptions,
  type MembersPage,
  type Mount,
  memoryEngine,
  type Observer,
  type Origins,
  type PresenceKind,
  type Published,
  type PublishOptions,
  type RequestDetails,
  type RequestListener,
  type RevokeOptions,
  type ServerArguments,
  type ServerOptions,
  type SessionTarget,
  type TrustedProxies,
  type TrustProxy,
  type UpgradeListener,
  type UpgradeSource,
  type UserMember,
} from '@wirepact/runtime'
import { describe, expectTypeOf, it } from 'vitest'
import type { Handlers, LabHandlers, Routes, Server } from './api/generated/server.js'
import { createServer } from './api/generated/server.js'
import type { HallServerChannels, HallStateMember } from './hall/generated/server.js'
import { labHandlers } from './lab.js'

type Said = { said: { text: string }; typing: { name: string } }
type Person = { name: string }
type Room = ReturnType<Routes['lab']['channels']['room']>

describe('the types of a channel on the server', () => {
  it('publish what the channel has, with options that say for whom', () => {
    expectTypeOf<Room>().toEqualTypeOf<Channel<Said, Person>>()
    expectTypeOf<Parameters<Room['publish']>[2]>().toEqualTypeOf<PublishOptions | undefined>()
    expectTypeOf<ReturnType<Room['publish']>>().toEqualTypeOf<Promise<Published>>()
    expectTypeOf<Published>().toEqualTypeOf<{
      readonly position: Position | undefined
      readonly repeated?: true
      readonly delivered?: number
    }>()
    expectTypeOf<Parameters<Routes['lab']['channels']['room']>>().toEqualTypeOf<
      [params: { roomId: string }]
    >()
  })

  it('read who is here, all at once or in pages, and what was said', () => {
    type Page = {
      (): Promise<readonly ChannelMember<Person>[]>
      (page: MembersOptions): Promise<MembersPage<ChannelMember<Person>>>
    }
    expectTypeOf<Room['members']>().toEqualTypeOf<Page>()
    expectTypeOf<Room['history']>().toEqualTypeOf<(options?: HistoryOptions) => Promise<History<Said>>>()
    expectTypeOf<History<Said>['publications'][number]>().toEqualTypeOf<KeptPublication<Said>>()
    type People = ReturnType<HallServerChannels['people']>
    expectTypeOf<People>().toEqualTypeOf<Channel<{ waved: string }, Person, 'users'>>()
    expectTypeOf<MemberOf<Person, 'users'>>().toEqualTypeOf<UserMember<Person>>()
    expectTypeOf<MemberOf<never, 'count'>>().toEqualTypeOf<ChannelMember<null>>()
    expectTypeOf<PresenceKind>().toEqualTypeOf<'connections' | 'users' | 'count'>()
  })

  it('join with presence exactly where members tell something', () => {
    expectTypeOf<JoinArguments<never>>().toEqualTypeOf<[options?: JoinOptions]>()
    expectTypeOf<JoinArguments<Person>>().toEqualTypeOf<
      [options: JoinOptions & { readonly presence: Person }]
    >()
    expectTypeOf<HallStateMember>().toEqualTypeOf<MemberChannel<{ phase: string; score: number }>>()
    expectTypeOf<MemberChannel<Said, Person>['update']>().toEqualTypeOf<
      (presence: Person) => Promise<boolean>
    >()
    expectTypeOf<Room>().not.toHaveProperty('join')
  })
})

describe('the types of a server', () => {
  it('are those of its API', () => {
    expectTypeOf<Server>().toEqualTypeOf<ApiServer<Routes>>()
    expectTypeOf<Handlers['lab']>().toEqualTypeOf<LabHandlers | (new () => LabHandlers)>()
    expectTypeOf<typeof createServer>().parameters.toEqualTypeOf<[Handlers, ServerOptions?]>()
    expectTypeOf<ServerArguments>().toEqualTypeOf<[options?: ServerOptions]>()
    expectTypeOf<keyof Routes>().toEqualTypeOf<'lab' | 'plain'>()
    expectTypeOf<ReturnType<Routes['lab']['to']>>().toHaveProperty('notice')
    expectTypeOf<Routes['plain']>().not.toHaveProperty('to')
  })

  it('say how it is, and where it goes', () => {
    expectTypeOf<Server['counters']>().toEqualTypeOf<Counters>()
    expectTypeOf<Server['health']>().toEqualTypeOf<(options?: HealthOptions) => Promise<Health>>()
    expectTypeOf<Health['status']>().toEqualTypeOf<'ok' | 'failing' | 'closing'>()
    expectTypeOf<Server['healthListener']>().toEqualTypeOf<
      (options?: HealthListenerOptions) => HealthListener
    >()
    expectTypeOf<HealthListener>().toExtend<HttpListener>()
    expectTypeOf<Server['routeListener']>().toEqualTypeOf<() => RequestListener>()
    expectTypeOf<RequestListener>().toExtend<HttpListener>()
    expectTypeOf<Server['explain']>().toEqualTypeOf<(path: string) => Explanation>()
    expectTypeOf<Explanation['asked'][number]['matches']>().toEqualTypeOf<boolean>()
    expectTypeOf<Parameters<Server['listen']>>().toEqualTypeOf<[options?: ListenOptions | undefined]>()
    expectTypeOf<Server['close']>().toEqualTypeOf<(options?: CloseOptions) => Promise<void>>()
    expectTypeOf<CloseOptions['code']>().toEqualTypeOf<1001 | 1012 | undefined>()
    expectTypeOf<Parameters<Server['closeAll']>[2]>().toEqualTypeOf<CloseAllOptions | undefined>()
    expectTypeOf<Parameters<Server['revoke']>[1]>().toEqualTypeOf<RevokeOptions | undefined>()
    expectTypeOf<SessionTarget>().toExtend<Parameters<Server['revoke']>[0]>()
  })

  it('attach to whatever hands on upgrades', () => {
    expectTypeOf<Parameters<Server['attach']>>().toEqualTypeOf<[httpServer: UpgradeSource]>()
    expectTypeOf<ReturnType<typeof createHttpServer>>().toExtend<UpgradeSource>()
    expectTypeOf<Parameters<UpgradeSource['on']>>().toEqualTypeOf<
      [event: 'upgrade', listener: UpgradeListener]
    >()
  })

  it('take options one by one', () => {
    expectTypeOf(memoryEngine).returns.toExtend<Engine>()
    expectTypeOf<ServerOptions['limits']>().toEqualTypeOf<Partial<Limits> | undefined>()
    expectTypeOf(defaultLimits).toEqualTypeOf<Limits>()
    expectTypeOf<Limits[keyof Limits]>().toEqualTypeOf<number>()
    expectTypeOf<ServerOptions['compression']>().toEqualTypeOf<boolean | CompressionOptions | undefined>()
    expectTypeOf<ServerOptions['environment']>().toEqualTypeOf<Partial<Environment> | undefined>()
    expectTypeOf<Environment['logger']>().toEqualTypeOf<Logger>()
    expectTypeOf<typeof console>().toExtend<Logger>()
    expectTypeOf(createLogObserver).toEqualTypeOf<(logger: Logger) => Observer>()
    expectTypeOf<Origins>().toEqualTypeOf<
      'same' | 'any' | readonly string[] | ((origin: string, request: RequestDetails) => boolean)
    >()
    expectTypeOf<TrustedProxies>().toEqualTypeOf<number | readonly string[]>()
    expectTypeOf<TrustedProxies>().toExtend<TrustProxy>()
    expectTypeOf<true>().not.toExtend<TrustProxy>()
    expectTypeOf<string>().toExtend<Mount>()
  })
})

/** Compiled with the tests, and never run: what is wrong is wrong in the line below each remark. */
export async function neverRun(server: Server, room: Room, member: MemberChannel<Said, Person>) {
  const plain = { ping: () => 'pong' } as const
  class Lab implements Pick<LabHandlers, 'fail'> {
    fail() {
      return
    }
  }
  // @ts-expect-error: a class that handles too little
  createServer({ lab: Lab, plain })
  // @ts-expect-error: a class is handed over, not one of its instances
  createServer({ lab: new Lab(), plain })
  // @ts-expect-error: there is no such route
  createServer({ lab: labHandlers(), plain, other: {} })
  // @ts-expect-error: the answer is one word, and another one
  createServer({ lab: labHandlers(), plain: { ping: () => 'ping' } })
  // @ts-expect-error: there is no such limit
  createServer({ lab: labHandlers(), plain }, { limits: { maxRooms: 1 } })
  // @ts-expect-error: whom to trust has to be said
  createServer({ lab: labHandlers(), plain }, { trustProxy: true })
  // @ts-expect-error: an engine can do more
  createServer({ lab: labHandlers(), plain }, { engine: { open: () => undefined } })
  // @ts-expect-error: an observer is told nothing of that name
  createServer({ lab: labHandlers(), plain }, { observers: [{ published: () => undefined }] })
  // @ts-expect-error: there is no such channel
  server.routes.lab.channels.rooms({ roomId: 'a' })
  // @ts-expect-error: outside of a connection nothing fills in the room
  server.routes.lab.channels.room()
  // @ts-expect-error: a session is no target of a message
  server.routes.lab.to({ session: 'a' })
  // @ts-expect-error: a client is sent no such message
  void server.routes.lab.to({ user: 'ada' }).said({ text: 'a' })
  // @ts-expect-error: nobody is named
  void server.revoke({})
  // @ts-expect-error: a server that closes says 1001 or 1012
  void server.close({ code: 1000 })
  // @ts-expect-error: a port is a number
  void server.listen({ port: '80' })
  // @ts-expect-error: the payload of another message
  void room.publish('said', { name: 'Ada' })
  // @ts-expect-error: only what clients send is answered
  void room.publish('said', { text: 'a' }, { timeoutMs: 1 })
  // @ts-expect-error: connections are listed
  void room.publish('said', { text: 'a' }, { to: 'a' })
  // @ts-expect-error: a page of members is no list
  ;(await room.members({ limit: 1 })).map
  // @ts-expect-error: only one connection can join
  void room.join({ presence: { name: 'Ada' } })
  // @ts-expect-error: presence is due
  void member.join({ replay: 1 })
  // @ts-expect-error: the name is no number
  void member.update({ name: 7 })
}

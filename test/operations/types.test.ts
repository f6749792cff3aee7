import type { RequestListener } from 'node:http'
import type { Clock } from '@wirepact/protocol'
import type { Counters, Health, Observer } from '@wirepact/runtime'
import {
  type Admin,
  type AdminAccess,
  type AdministeredServer,
  type AdminListenOptions,
  type AdminOptions,
  createAdmin,
} from '@wirepact/runtime/admin'
import {
  type AdminClient,
  type AdminClientOptions,
  type components,
  createAdminClient,
  type paths,
} from '@wirepact/runtime/admin-client'
import { createMetrics, type Metrics, type MetricsOptions } from '@wirepact/runtime/metrics'
import {
  FakeClock,
  type KickOptions,
  type MemoryDirection,
  type MemoryNetwork,
  type MemoryNetworkOptions,
  type MemorySocket,
  TestWorld,
  type WaitOptions,
  type WorldClientOptions,
  type WorldServerOptions,
} from '@wirepact/runtime/testing'
import { createTracing, type MessageTraces, type TracingOptions } from '@wirepact/runtime/tracing'
import type { Registry } from 'prom-client'
import { describe, expectTypeOf, it } from 'vitest'
import { type Client, type ClientOptions, createClient } from '../runtime/api/generated/client.js'
import { createServer, type Handlers, type Server } from '../runtime/api/generated/server.js'

type Schemas = components['schemas']
/** The keys that have names of their own, beside whatever others there may be. */
type Named<T> = keyof { [Key in keyof T as string extends Key ? never : Key]: 0 }

describe('the types of observing', () => {
  it('make observers, for the options of a server', () => {
    expectTypeOf(createMetrics).toEqualTypeOf<(options?: MetricsOptions) => Metrics>()
    expectTypeOf<Metrics>().toEqualTypeOf<{
      readonly observer: Observer
      readonly registry: Registry
      readonly listener: RequestListener
    }>()
    expectTypeOf(createTracing).toEqualTypeOf<(options?: TracingOptions) => Observer>()
    expectTypeOf<TracingOptions['messages']>().toEqualTypeOf<MessageTraces | undefined>()
    expectTypeOf<MessageTraces>().toEqualTypeOf<'children' | 'linked'>()
  })

  it('refuse what is no option', () => {
    // @ts-expect-error: a prefix is a text
    const prefix: MetricsOptions = { prefix: 1 }
    // @ts-expect-error: there is no such way to trace messages
    const messages: TracingOptions = { messages: 'siblings' }
    expectTypeOf([prefix, messages]).toBeArray()
  })
})

describe('the types of the admin API', () => {
  it('let nobody in without a token or a decision', () => {
    expectTypeOf(createAdmin).toEqualTypeOf<(server: AdministeredServer, options: AdminOptions) => Admin>()
    expectTypeOf<Server>().toExtend<AdministeredServer>()
    expectTypeOf<{ token: string }>().toExtend<AdminAccess>()
    expectTypeOf<{ verify: () => boolean }>().toExtend<AdminOptions>()
    expectTypeOf<{ prefix: string }>().not.toExtend<AdminOptions>()
    expectTypeOf<Parameters<Admin['listen']>>().toEqualTypeOf<[options?: AdminListenOptions | undefined]>()
    expectTypeOf<AdminListenOptions>().toEqualTypeOf<{ readonly port?: number; readonly host?: string }>()
  })

  it('describe what the server itself says', () => {
    expectTypeOf<Schemas['Health']>().toEqualTypeOf<{
      -readonly [Key in keyof Health]: Health[Key] extends object
        ? { -readonly [Inner in keyof Health[Key]]: Health[Key][Inner] }
        : Health[Key]
    }>()
    expectTypeOf<keyof Counters>().toEqualTypeOf<Named<Schemas['Counters']>>()
    expectTypeOf<Schemas['Connection']['status']>().toEqualTypeOf<
      'connecting' | 'open' | 'closing' | 'closed'
    >()
  })

  it('know paths, parameters, answers and refusals', () => {
    expectTypeOf(createAdminClient).toEqualTypeOf<(options: AdminClientOptions) => AdminClient>()
    expectTypeOf<AdminClientOptions['fetch']>().toEqualTypeOf<
      ((request: Request) => Promise<Response>) | undefined
    >()
    expectTypeOf<'/connections/{id}/disconnect'>().toExtend<keyof paths>()
    expectTypeOf<paths['/connections']>().toHaveProperty('get')
  })
})

/** Compiled with the tests, and never run. */
export async function useAdmin(admin: AdminClient) {
  const { data, error } = await admin.GET('/connections/{id}', { params: { path: { id: 'a' } } })
  expectTypeOf(data).toEqualTypeOf<Schemas['ConnectionDetails'] | undefined>()
  expectTypeOf(error).toEqualTypeOf<Schemas['Problem'] | undefined>()
  // @ts-expect-error: there is no such path
  await admin.GET('/rooms')
  // @ts-expect-error: nothing is posted there
  await admin.POST('/connections')
  // @ts-expect-error: which connection is missing
  await admin.GET('/connections/{id}')
  // @ts-expect-error: a client needs a token
  createAdminClient({ baseUrl: 'http://h' })
}

describe('the types of a test world', () => {
  it('are those of the server and the clients in it', () => {
    const world = null as never as TestWorld<Server>
    type Made = ReturnType<typeof world.client<Client>>
    expectTypeOf<Made>().toEqualTypeOf<Client>()
    expectTypeOf<TestWorld<Server>['server']>().toEqualTypeOf<Server>()
    expectTypeOf<TestWorld<Server>['clock']>().toEqualTypeOf<FakeClock>()
    expectTypeOf<TestWorld<Server>['network']>().toEqualTypeOf<MemoryNetwork>()
    expectTypeOf<FakeClock>().toExtend<Clock>()
    expectTypeOf<WorldClientOptions>().toExtend<WorldServerOptions>()
    expectTypeOf<WorldClientOptions>().toExtend<ClientOptions>()
    expectTypeOf<KickOptions['code']>().toEqualTypeOf<number | undefined>()
    expectTypeOf<Parameters<TestWorld<Server>['answer']>[1]>().toEqualTypeOf<WaitOptions | undefined>()
  })

  it('carry what is sent as they are told to', () => {
    type Carry = NonNullable<MemoryNetworkOptions['carry']>
    expectTypeOf<Parameters<Carry>>().toEqualTypeOf<
      [arrive: () => void, socket: MemorySocket, direction: MemoryDirection]
    >()
    expectTypeOf<MemoryDirection>().toEqualTypeOf<'to-server' | 'to-client'>()
    expectTypeOf<InstanceType<MemoryNetwork['WebSocket']>>().toEqualTypeOf<MemorySocket>()
    expectTypeOf<MemoryNetwork['WebSocket']>().toExtend<NonNullable<ClientOptions['WebSocket']>>()
  })
})

/** Compiled with the tests, and never run. */
export async function useWorld(handlers: Handlers) {
  const world = new TestWorld((options) => createServer(handlers, options))
  expectTypeOf(world).toEqualTypeOf<TestWorld<Server>>()
  const client = world.client(createClient)
  expectTypeOf(client).toEqualTypeOf<Client>()
  expectTypeOf(await world.answer(client.plain().ping())).toEqualTypeOf<'pong'>()
  expectTypeOf(await world.waitFor(() => world.server.connections)).toEqualTypeOf<number>()
  // @ts-expect-error: how long is a number
  await world.waitFor(() => true, { withinMs: '1' })
  // @ts-expect-error: one connection is named by its identifier
  world.kick({ connection: 7 })
  // @ts-expect-error: a server can be closed
  new TestWorld(() => ({}))
  // @ts-expect-error: time goes on by milliseconds
  await world.advance('1s')
  // @ts-expect-error: a clock begins with a time
  new FakeClock(new Date())
}

import type { Clock, WirepactError } from '@wirepact/protocol'
import {
  type CloseRefusal,
  type ConnectContext,
  type Context,
  type Grant,
  type Logger,
  type MessageContext,
  type Middleware,
  type MiddlewareScope,
  type Next,
  type Origins,
  type ReceivedMessage,
  type RequestDetails,
  refuse,
  type StatusRefusal,
  type UpgradeContext,
  type UpgradeMiddleware,
} from '@wirepact/runtime'
import {
  type AuthenticateOptions,
  authenticate,
  bearer,
  type CredentialSource,
  cookie,
  type LoggingOptions,
  logging,
  origin,
  query,
  type RateLimitOptions,
  rateLimit,
  ticket,
} from '@wirepact/runtime/middleware'
import { describe, expectTypeOf, it } from 'vitest'

type Stage<Name extends keyof Middleware> = Parameters<NonNullable<Middleware[Name]>>

describe('the types of middleware', () => {
  it('see at each stage what is known by then', () => {
    expectTypeOf<Stage<'upgrade'>>().toEqualTypeOf<[ctx: UpgradeContext, next: Next]>()
    expectTypeOf<Stage<'connect'>>().toEqualTypeOf<[ctx: ConnectContext, next: Next]>()
    expectTypeOf<Stage<'refresh'>>().toEqualTypeOf<
      [ctx: ConnectContext, token: string | undefined, next: Next]
    >()
    expectTypeOf<Stage<'message'>>().toEqualTypeOf<
      [ctx: MessageContext, message: ReceivedMessage, next: Next]
    >()
    expectTypeOf<ConnectContext>().toExtend<Context>()
    expectTypeOf<MessageContext>().toExtend<ConnectContext>()
    expectTypeOf<UpgradeContext>().not.toHaveProperty('id')
    expectTypeOf<UpgradeContext['request']>().toEqualTypeOf<RequestDetails>()
    expectTypeOf<UpgradeContext['granted']>().toEqualTypeOf<Grant | undefined>()
    expectTypeOf<ReceivedMessage['kind']>().toEqualTypeOf<'event' | 'request' | 'stream'>()
    expectTypeOf<ReceivedMessage['data']>().toEqualTypeOf<unknown>()
    expectTypeOf<Next>().toEqualTypeOf<() => Promise<unknown>>()
  })

  it('are for a route, for one message of it, or for a path', () => {
    type Scope = MiddlewareScope<'lab' | 'plain'>
    expectTypeOf<{ route: 'lab'; message: string }>().toExtend<Scope>()
    expectTypeOf<{ path: string }>().toExtend<Scope>()
    expectTypeOf<{ route: 'labs' }>().not.toExtend<Scope>()
    expectTypeOf<{ path: string; message: string }>().not.toExtend<Scope>()
    expectTypeOf<{ message: string }>().not.toExtend<Scope>()
  })

  it('refuse by a status or a close code', () => {
    expectTypeOf(refuse).toEqualTypeOf<(refusal: StatusRefusal | CloseRefusal) => WirepactError>()
    expectTypeOf(refuse({ status: 402, code: 'UNPAID' })).toEqualTypeOf<WirepactError>()
    expectTypeOf<CloseRefusal['code']>().toEqualTypeOf<number>()
    expectTypeOf<StatusRefusal['code']>().toEqualTypeOf<string | undefined>()
  })
})

describe('the types of ready-made middleware', () => {
  it('are middleware', () => {
    expectTypeOf(authenticate).toEqualTypeOf<(options: AuthenticateOptions) => Middleware>()
    expectTypeOf(rateLimit).toEqualTypeOf<(options: RateLimitOptions) => Middleware>()
    expectTypeOf(logging).toEqualTypeOf<(logger: Logger, options?: LoggingOptions) => Middleware>()
    expectTypeOf(origin).toEqualTypeOf<(rule: Origins) => UpgradeMiddleware>()
    expectTypeOf<LoggingOptions['clock']>().toEqualTypeOf<Clock | undefined>()
  })

  it('find a credential where it is', () => {
    expectTypeOf([bearer(), cookie('a'), query('a'), ticket()]).toEqualTypeOf<CredentialSource[]>()
    expectTypeOf<AuthenticateOptions['from']>().toEqualTypeOf<
      CredentialSource | readonly CredentialSource[]
    >()
    expectTypeOf<CredentialSource['stage']>().toEqualTypeOf<'upgrade' | 'connect'>()
  })
})

/** Compiled with the tests, and never run: what is wrong is wrong in the line below each remark. */
export function neverRun(upgrade: UpgradeContext, message: MessageContext) {
  // @ts-expect-error: there is no connection yet
  upgrade.close()
  // @ts-expect-error: a message that declares no errors has none
  message.errors.NAME_TAKEN()
  // @ts-expect-error: a refusal has a status or a code
  refuse({ reason: 'no' })
  // @ts-expect-error: a close code is a number
  refuse({ code: 'UNPAID' })
  // @ts-expect-error: true says nothing of who it is
  authenticate({ from: bearer(), verify: () => true })
  // @ts-expect-error: a source is made, not named
  authenticate({ from: 'bearer', verify: () => undefined })
  // @ts-expect-error: how much at once is missing
  rateLimit({ per: 'user', perSecond: 1 })
  // @ts-expect-error: nobody is counted by route
  rateLimit({ per: 'route', perSecond: 1, burst: 1 })
  // @ts-expect-error: a rule is a word, a list or a function
  origin(true)
  // @ts-expect-error: a stage of that name there is not
  const stage: Middleware = { disconnect: () => undefined }
  return stage
}

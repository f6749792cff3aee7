import {
  type Bye,
  type ClientFrame,
  type Clock,
  closeCodes,
  decodeBinaryFrame,
  decodeClientFrame,
  decodeServerFrame,
  type ErrorBody,
  type ErrorCode,
  type ErrorDetails,
  encodeFrame,
  errorCodes,
  type Frame,
  type GapReason,
  type Hello,
  type HistoryPage,
  type HistoryQuery,
  type Joined,
  type JsonLimits,
  type Kept,
  lookUpErrorCode,
  type MaybePromise,
  type Member,
  type MembersPage,
  type MembersQuery,
  type Position,
  type PresenceChange,
  type Problem,
  parseJson,
  parseTemplate,
  type Random,
  type ServerFrame,
  type SUBPROTOCOL,
  type SubscribeOptions,
  type Template,
  type TemplateValues,
  type Timer,
  toWirepactError,
  type Validator,
  type Welcome,
  WirepactError,
} from '@wirepact/protocol'
import {
  type BytesOptions,
  bytes,
  type Explain,
  explain,
  fits,
  formats,
  isBoolean,
  isDate,
  isDateTime,
  isDuration,
  isEmail,
  isHostname,
  isIdnEmail,
  isIdnHostname,
  isIpv4,
  isIpv6,
  isIri,
  isIriReference,
  isJsonPointer,
  isRegex,
  isRelativeJsonPointer,
  isString,
  isTime,
  isUri,
  isUriReference,
  isUriTemplate,
  isUuid,
  type JsonSchema,
  knownFormats,
  lazyExplain,
  noData,
  type Root,
  type Problem as SameProblem,
  type Validator as SameValidator,
} from '@wirepact/protocol/validation'
import { describe, expect, expectTypeOf, it, test } from 'vitest'

type FrameOf<F extends Frame, Name extends F[0]> = Extract<F, readonly [Name, ...unknown[]]>

describe('the types of frames', () => {
  it('are told apart by their first element', () => {
    expectTypeOf<Frame>().toEqualTypeOf<ClientFrame | ServerFrame>()
    expectTypeOf<FrameOf<ClientFrame, 'hello'>[1]>().toEqualTypeOf<Hello>()
    expectTypeOf<FrameOf<ClientFrame, 'subscribe'>[3]>().toEqualTypeOf<SubscribeOptions>()
    expectTypeOf<FrameOf<ClientFrame, 'history'>[3]>().toEqualTypeOf<HistoryQuery>()
    expectTypeOf<FrameOf<ClientFrame, 'members'>[3]>().toEqualTypeOf<MembersQuery>()
    expectTypeOf<FrameOf<ServerFrame, 'welcome'>[1]>().toEqualTypeOf<Welcome>()
    expectTypeOf<FrameOf<ServerFrame, 'joined'>[3]>().toEqualTypeOf<Joined>()
    expectTypeOf<FrameOf<ServerFrame, 'error'>[1]>().toEqualTypeOf<number | null>()
    expectTypeOf<FrameOf<ServerFrame, 'error'>[2]>().toEqualTypeOf<ErrorBody>()
    expectTypeOf<FrameOf<ServerFrame, 'presence'>[2]>().toEqualTypeOf<readonly PresenceChange[]>()
    expectTypeOf<FrameOf<ServerFrame, 'bye'>[1]>().toEqualTypeOf<Bye>()
    expectTypeOf<Extract<ClientFrame[0], 'welcome' | 'publication' | 'ping'>>().toBeNever()
    expectTypeOf<Extract<ServerFrame[0], 'hello' | 'subscribe' | 'pong'>>().toBeNever()
  })

  it('carry positions, members and pages', () => {
    expectTypeOf<Position>().toEqualTypeOf<readonly [epoch: string, offset: number]>()
    expectTypeOf<Joined['reason']>().toEqualTypeOf<GapReason | undefined>()
    expectTypeOf<Joined['presence']>().toEqualTypeOf<readonly Member[] | undefined>()
    expectTypeOf<HistoryPage['publications']>().toEqualTypeOf<readonly Kept[]>()
    expectTypeOf<MembersPage['members']>().toEqualTypeOf<readonly Member[]>()
    expectTypeOf<PresenceChange[0]>().toEqualTypeOf<'join' | 'update' | 'leave' | 'count'>()
    expectTypeOf<GapReason>().toEqualTypeOf<
      'no-history' | 'epoch-changed' | 'trimmed' | 'too-many' | 'ahead'
    >()
  })

  it('are read and written by the side that they belong to', () => {
    expectTypeOf(encodeFrame).toEqualTypeOf<(frame: Frame) => string>()
    expectTypeOf(decodeClientFrame).toEqualTypeOf<(text: string, limits: JsonLimits) => ClientFrame>()
    expectTypeOf(decodeServerFrame).toEqualTypeOf<(text: string, limits: JsonLimits) => ServerFrame>()
    expectTypeOf(decodeBinaryFrame<ClientFrame>).returns.toEqualTypeOf<ClientFrame>()
    expectTypeOf(parseJson).returns.toEqualTypeOf<unknown>()
    expectTypeOf<typeof SUBPROTOCOL>().toEqualTypeOf<'wirepact.v1.json'>()
  })
})

describe('the types of errors', () => {
  it('know the codes of the tables', () => {
    expectTypeOf<ErrorCode>().toEqualTypeOf<keyof typeof errorCodes>()
    expectTypeOf<'TIMEOUT' | 'INTERNAL'>().toExtend<ErrorCode>()
    expectTypeOf(closeCodes.NORMAL).toEqualTypeOf<1000>()
    expectTypeOf(errorCodes.UNAUTHENTICATED.close).toEqualTypeOf<4501>()
    expectTypeOf(lookUpErrorCode).returns.toEqualTypeOf<{ readonly http?: number; readonly close?: number }>()
  })

  it('carry the data of their code', () => {
    type Taken = WirepactError<'NAME_TAKEN', { suggestion: string }>
    expectTypeOf<Taken['code']>().toEqualTypeOf<'NAME_TAKEN'>()
    expectTypeOf<Taken['data']>().toEqualTypeOf<{ suggestion: string }>()
    expectTypeOf<Taken>().toExtend<WirepactError>()
    expectTypeOf<Taken>().toExtend<Error>()
    expectTypeOf<WirepactError['problems']>().toEqualTypeOf<readonly Problem[]>()
    expectTypeOf<ConstructorParameters<typeof WirepactError>>().toEqualTypeOf<
      [code: string, message?: string | undefined, details?: ErrorDetails | undefined]
    >()
    expectTypeOf(toWirepactError).toEqualTypeOf<(thrown: unknown) => WirepactError>()
  })
})

describe('the types of what both sides share', () => {
  it('are the ports', () => {
    expectTypeOf<MaybePromise<number>>().toEqualTypeOf<number | Promise<number>>()
    expectTypeOf<Timer>().toEqualTypeOf<unknown>()
    expectTypeOf<ReturnType<Clock['startTimer']>>().toEqualTypeOf<Timer>()
    expectTypeOf<Random>().toEqualTypeOf<{ next(): number; id(): string }>()
  })

  it('are templates', () => {
    expectTypeOf(parseTemplate).toEqualTypeOf<(source: string) => Template>()
    expectTypeOf<Template['fill']>().toEqualTypeOf<(values: TemplateValues) => string>()
    expectTypeOf<Template['match']>().returns.toEqualTypeOf<Readonly<Record<string, string>> | undefined>()
  })

  it('are validators, and what generated checks call', () => {
    expectTypeOf<ReturnType<Validator['explain']>>().toEqualTypeOf<MaybePromise<readonly Problem[]>>()
    expectTypeOf(bytes).toEqualTypeOf<(options?: BytesOptions) => Validator>()
    expectTypeOf(noData).toEqualTypeOf<Validator>()
    expectTypeOf<SameProblem>().toEqualTypeOf<Problem>()
    expectTypeOf<SameValidator>().toEqualTypeOf<Validator>()
    expectTypeOf(explain).toEqualTypeOf<(schema: JsonSchema, root: Root, value: unknown) => Problem[]>()
    expectTypeOf(lazyExplain).returns.toEqualTypeOf<(name: string) => Explain>()
    expectTypeOf(fits).returns.toEqualTypeOf<boolean>()
    expectTypeOf([isString, isBoolean]).toEqualTypeOf<((value: unknown) => boolean)[]>()
    expectTypeOf(formats).toEqualTypeOf<ReadonlyMap<string, (text: string) => boolean>>()
    expectTypeOf(knownFormats).toEqualTypeOf<ReadonlySet<string>>()
  })
})

test('each function of a format is the one that the table has', () => {
  const functions = [
    isDate,
    isDateTime,
    isDuration,
    isTime,
    isEmail,
    isIdnEmail,
    isHostname,
    isIdnHostname,
    isIpv4,
    isIpv6,
    isJsonPointer,
    isRelativeJsonPointer,
    isRegex,
    isIri,
    isIriReference,
    isUri,
    isUriReference,
    isUriTemplate,
    isUuid,
  ]
  expectTypeOf(functions).toEqualTypeOf<((text: string) => boolean)[]>()
  expect(new Set(functions)).toEqual(new Set(formats.values()))
})

/** Compiled with the tests, and never run: what is wrong is wrong in the line below each remark. */
export function neverRun() {
  // @ts-expect-error: there is no such frame
  encodeFrame(['shout', 'a'])
  // @ts-expect-error: an event has a name
  encodeFrame(['event'])
  // @ts-expect-error: an acknowledgement is a number
  encodeFrame(['ack', '1'])
  // @ts-expect-error: a depth has to be said
  decodeClientFrame('[]', {})
  // @ts-expect-error: a code is a text
  new WirepactError(4501)
  // @ts-expect-error: there is no such code
  closeCodes.NOT_FOUND
  // @ts-expect-error: a value is a text, a number or a boolean
  parseTemplate('/a/{b}').fill({ b: null })
  // @ts-expect-error: a table is read
  errorCodes.INTERNAL.http = 501
}

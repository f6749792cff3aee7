import * as whole from '@wirepact/protocol'
import {
  type Bye,
  type ClientFrame,
  type Clock,
  type closeCodes,
  decodeBinaryFrame,
  type ErrorBody,
  type ErrorCode,
  encodeBinaryFrame,
  encodeFrame,
  type Frame,
  fillTemplate,
  fromErrorBody,
  type GapReason,
  type Hello,
  type HistoryPage,
  type HistoryQuery,
  type Joined,
  type Kept,
  type MaybePromise,
  type Member,
  type MembersPage,
  type MembersQuery,
  type Position,
  type PresenceChange,
  type Problem,
  type Random,
  type ServerFrame,
  SUBPROTOCOL,
  type SubscribeOptions,
  shouldReconnect,
  type TemplateValues,
  type Timer,
  toErrorBody,
  toWirepactError,
  type Welcome,
  WirepactError,
} from '@wirepact/protocol/client'
import { describe, expect, expectTypeOf, it } from 'vitest'

describe('what a client needs of the protocol', () => {
  it.each(
    Object.entries({
      decodeBinaryFrame,
      encodeBinaryFrame,
      encodeFrame,
      fillTemplate,
      fromErrorBody,
      shouldReconnect,
      SUBPROTOCOL,
      toErrorBody,
      toWirepactError,
      WirepactError,
    }),
  )('is the same %s as in the whole', (name, value) => {
    expect(value).toBe(new Map<string, unknown>(Object.entries(whole)).get(name))
  })

  it('has the same types as the whole', () => {
    expectTypeOf<Bye>().toEqualTypeOf<whole.Bye>()
    expectTypeOf<ClientFrame>().toEqualTypeOf<whole.ClientFrame>()
    expectTypeOf<Clock>().toEqualTypeOf<whole.Clock>()
    expectTypeOf<typeof closeCodes>().toEqualTypeOf<typeof whole.closeCodes>()
    expectTypeOf<ErrorBody>().toEqualTypeOf<whole.ErrorBody>()
    expectTypeOf<ErrorCode>().toEqualTypeOf<whole.ErrorCode>()
    expectTypeOf<Frame>().toEqualTypeOf<whole.Frame>()
    expectTypeOf<GapReason>().toEqualTypeOf<whole.GapReason>()
    expectTypeOf<Hello>().toEqualTypeOf<whole.Hello>()
    expectTypeOf<HistoryPage>().toEqualTypeOf<whole.HistoryPage>()
    expectTypeOf<HistoryQuery>().toEqualTypeOf<whole.HistoryQuery>()
    expectTypeOf<Joined>().toEqualTypeOf<whole.Joined>()
    expectTypeOf<Kept>().toEqualTypeOf<whole.Kept>()
    expectTypeOf<MaybePromise<1>>().toEqualTypeOf<whole.MaybePromise<1>>()
    expectTypeOf<Member>().toEqualTypeOf<whole.Member>()
    expectTypeOf<MembersPage>().toEqualTypeOf<whole.MembersPage>()
    expectTypeOf<MembersQuery>().toEqualTypeOf<whole.MembersQuery>()
    expectTypeOf<Position>().toEqualTypeOf<whole.Position>()
    expectTypeOf<PresenceChange>().toEqualTypeOf<whole.PresenceChange>()
    expectTypeOf<Problem>().toEqualTypeOf<whole.Problem>()
    expectTypeOf<Random>().toEqualTypeOf<whole.Random>()
    expectTypeOf<ServerFrame>().toEqualTypeOf<whole.ServerFrame>()
    expectTypeOf<SubscribeOptions>().toEqualTypeOf<whole.SubscribeOptions>()
    expectTypeOf<TemplateValues>().toEqualTypeOf<whole.TemplateValues>()
    expectTypeOf<Timer>().toEqualTypeOf<whole.Timer>()
    expectTypeOf<Welcome>().toEqualTypeOf<whole.Welcome>()
  })
})

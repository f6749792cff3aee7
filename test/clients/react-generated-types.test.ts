import type { ChannelMember } from '@wirepact/client'
import type { ChannelView, ClientProviderProps, MessageListOptions } from '@wirepact/client/react'
import type { FunctionComponent } from 'react'
import { describe, expectTypeOf, it } from 'vitest'
import type {
  Client,
  ClockConnection,
  HallArguments,
  HallConnection,
  HallFloorMessages,
  HallNewsMessages,
} from './react/api/generated/client.js'
import {
  ClientProvider,
  type HallFloorOptions,
  type HallNewsOptions,
  type HallSeatsOptions,
  useClient,
  useClock,
  useClockEvent,
  useHall,
  useHallEvent,
  useHallFloor,
  useHallNews,
  useHallSeats,
} from './react/api/generated/react.js'

describe('the types of generated hooks', () => {
  it('know the client of the API, and the arguments of its routes', () => {
    expectTypeOf(ClientProvider).toEqualTypeOf<FunctionComponent<ClientProviderProps<Client>>>()
    expectTypeOf(useClient).toEqualTypeOf<() => Client>()
    expectTypeOf(useHall).toEqualTypeOf<(args: HallArguments) => HallConnection>()
    expectTypeOf(useClock).toEqualTypeOf<() => ClockConnection>()
    expectTypeOf<HallArguments>().toEqualTypeOf<{ params: { hallId: string }; query: { name: string } }>()
  })

  it('know what each channel takes, and what it shows', () => {
    expectTypeOf(useHallFloor).returns.toEqualTypeOf<ChannelView<HallFloorMessages, { name: string }>>()
    expectTypeOf(useHallNews).returns.toEqualTypeOf<ChannelView<HallNewsMessages>>()
    expectTypeOf(useHallSeats)
      .returns.toHaveProperty('members')
      .toEqualTypeOf<readonly ChannelMember<{ seat: number }>[]>()
    expectTypeOf<HallFloorOptions>().toExtend<MessageListOptions<HallFloorMessages>>()
    expectTypeOf<HallFloorOptions['params']>().toEqualTypeOf<{ hallId?: string } | undefined>()
    expectTypeOf<HallNewsOptions['params']>().toEqualTypeOf<{ topic: string }>()
    expectTypeOf<HallSeatsOptions['presence']>().toEqualTypeOf<{ seat: number }>()
  })
})

/** A component that is compiled and never drawn. */
export function Page({ hall }: { hall: HallConnection }) {
  useHallEvent(hall, 'greeted', (data) => expectTypeOf(data).toEqualTypeOf<{ name: string }>())
  useClockEvent(useClock(), 'tick', (at) => expectTypeOf(at).toEqualTypeOf<number>())
  useHallFloor(hall)
  // @ts-expect-error: the route's parameters are due
  useHall({ query: { name: 'Ada' } })
  // @ts-expect-error: this route has no arguments
  useClock({})
  // @ts-expect-error: the topic is due
  useHallNews(hall)
  // @ts-expect-error: presence is due
  useHallSeats(hall, {})
  // @ts-expect-error: a seat has a number
  useHallSeats(hall, { presence: { seat: 'a' } })
  // @ts-expect-error: the server alone makes members of the floor
  useHallFloor(hall, { presence: { name: 'Ada' } })
  // @ts-expect-error: the connection of another route
  useClockEvent(hall, 'tick', () => undefined)
  // @ts-expect-error: an event of another route
  useHallEvent(hall, 'tick', () => undefined)
  return null
}

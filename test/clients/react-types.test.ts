import type {
  CallError,
  CallOptions,
  Channel,
  ChannelMember,
  ChannelStatus,
  Connection,
  Gap,
  History,
  Outcome,
  PublicationInfo,
  Status,
  UserMember,
} from '@wirepact/client'
import {
  type Ask,
  type ChannelOptions,
  type ChannelView,
  type ClientContext,
  type ClientProviderProps,
  createClientContext,
  type ListedMessage,
  type ListGap,
  type MessageList,
  type MessageListOptions,
  type MessageSource,
  type RequestState,
  useChannel,
  useChannelStatus,
  useEvent,
  useLastMessage,
  useMemberCount,
  useMessages,
  usePresence,
  useRequest,
  useStatus,
  useSubscription,
} from '@wirepact/client/react'
import { createElement, type FunctionComponent, type ReactNode } from 'react'
import { describe, expectTypeOf, it } from 'vitest'
import type { LabConnection } from '../runtime/api/generated/client.js'
import type { Client as HallClient, HallConnection } from '../runtime/hall/generated/client.js'

interface Quotes {
  quote: { symbol: string; price: number }
  halted: null
}
type Person = { name: string }
type Renamed = { NAME_TAKEN: { suggestion: string } }

describe('the types of hooks', () => {
  it('are those of a list of messages, of one name or of all', () => {
    type All = MessageList<Quotes, keyof Quotes>
    expectTypeOf<All['messages'][number]>().toEqualTypeOf<
      | {
          readonly key: number
          readonly name: 'quote'
          readonly data: Quotes['quote']
          readonly info: PublicationInfo
        }
      | { readonly key: number; readonly name: 'halted'; readonly data: null; readonly info: PublicationInfo }
    >()
    expectTypeOf<All['last']>().toEqualTypeOf<ListedMessage<Quotes, keyof Quotes> | undefined>()
    expectTypeOf<All['gap']>().toEqualTypeOf<ListGap | undefined>()
    expectTypeOf<ListGap>().toExtend<Gap>()
    expectTypeOf<ListGap['beforeKey']>().toEqualTypeOf<number>()
    expectTypeOf<MessageListOptions<Quotes>['initial']>().toEqualTypeOf<History<Quotes> | undefined>()
    expectTypeOf<Channel<Quotes, Person, 'users'>>().toExtend<MessageSource<Quotes>>()
  })

  it('are those of a channel with everything that is shown of it', () => {
    type View = ChannelView<Quotes, Person, 'users'>
    expectTypeOf<View>().toExtend<MessageList<Quotes, keyof Quotes>>()
    expectTypeOf<View['members']>().toEqualTypeOf<readonly UserMember<Person>[]>()
    expectTypeOf<View['count']>().toEqualTypeOf<number>()
    expectTypeOf<View['status']>().toEqualTypeOf<ChannelStatus>()
    expectTypeOf<View['channel']>().toEqualTypeOf<Channel<Quotes, Person, 'users'>>()
    expectTypeOf<ChannelOptions<Quotes, Person>['presence']>().toEqualTypeOf<Person | undefined>()
    expectTypeOf<ChannelOptions<Quotes>['presence']>().toEqualTypeOf<undefined>()
  })

  it('are those of a request, by its state and by the codes that it declares', () => {
    type State = RequestState<number, Renamed>
    expectTypeOf<State['state']>().toEqualTypeOf<'idle' | 'pending' | 'done' | 'failed'>()
    expectTypeOf<Extract<State, { state: 'done' }>['output']>().toEqualTypeOf<number>()
    type Failure = Extract<State, { state: 'failed' }>['error']
    expectTypeOf<Failure>().toEqualTypeOf<CallError<Renamed>>()
    expectTypeOf<Extract<Failure, { code: 'NAME_TAKEN' }>['data']>().toEqualTypeOf<{ suggestion: string }>()
    expectTypeOf<'TIMEOUT'>().toExtend<Failure['code']>()
    type Asking = Ask<{ name: string }, number, Renamed>
    expectTypeOf<Asking>().parameters.toEqualTypeOf<[{ name: string }, (CallOptions | undefined)?]>()
    expectTypeOf<Asking>().returns.toEqualTypeOf<Promise<Outcome<number, Renamed>>>()
    expectTypeOf<Asking['reset']>().toEqualTypeOf<() => void>()
  })

  it('are those of one API, which a provider hands down', () => {
    const { ClientProvider, useClient } = createClientContext<HallClient>()
    expectTypeOf(ClientProvider).toEqualTypeOf<FunctionComponent<ClientProviderProps<HallClient>>>()
    expectTypeOf(useClient).toEqualTypeOf<() => HallClient>()
    expectTypeOf<ClientContext<HallClient>['useConnection']>().returns.toExtend<Connection<object>>()
    expectTypeOf<ClientProviderProps<HallClient>>().toEqualTypeOf<{
      readonly client: HallClient
      readonly graceMs?: number | undefined
      readonly children?: ReactNode
    }>()
    // @ts-expect-error: the client is missing
    createElement(ClientProvider, { graceMs: 1 })
    // @ts-expect-error: a client of another API
    createElement(ClientProvider, { client: { close: () => undefined } })
  })
})

/** A component that is compiled and never drawn: the right use of each hook. */
export function Right({ hall, lab }: { hall: HallConnection; lab: LabConnection }) {
  const { people, crowd, quotes, seats } = hall.channels
  expectTypeOf(useChannel(people(), { presence: { name: 'Ada' } }).members).toEqualTypeOf<
    readonly UserMember<Person>[]
  >()
  expectTypeOf(useChannel(crowd())).toEqualTypeOf<ChannelView<{ cheered: number }, never, 'count'>>()
  expectTypeOf(useChannel(quotes(), { max: 5, history: 5 })).toEqualTypeOf<ChannelView<Quotes>>()
  expectTypeOf(useChannel(lab.channels.room()).members).toEqualTypeOf<readonly ChannelMember<Person>[]>()
  expectTypeOf(useMessages(quotes())).toEqualTypeOf<MessageList<Quotes, 'quote' | 'halted'>>()
  expectTypeOf(useMessages(quotes(), 'quote', { max: 1 })).toEqualTypeOf<MessageList<Quotes, 'quote'>>()
  expectTypeOf(useMessages(people()).last?.data).toEqualTypeOf<string | undefined>()
  expectTypeOf(useLastMessage(quotes(), 'quote')?.data).toEqualTypeOf<Quotes['quote'] | undefined>()
  expectTypeOf(useLastMessage(quotes())?.name).toEqualTypeOf<'quote' | 'halted' | undefined>()
  expectTypeOf(usePresence(seats())).toEqualTypeOf<readonly ChannelMember<Person>[]>()
  expectTypeOf(usePresence(people())).toEqualTypeOf<readonly UserMember<Person>[]>()
  expectTypeOf(useMemberCount(crowd())).toEqualTypeOf<number>()
  expectTypeOf(useMemberCount(people())).toEqualTypeOf<number>()
  expectTypeOf(useStatus(hall)).toEqualTypeOf<Status>()
  expectTypeOf(useChannelStatus(quotes())).toEqualTypeOf<ChannelStatus>()
  useSubscription(quotes(), { since: ['a', 1] })
  useSubscription(seats(), { presence: { name: 'Ada' } })
  useEvent(lab, 'notice', (data) => expectTypeOf(data).toEqualTypeOf<{ text: string }>())
  const [adding, add] = useRequest(lab.add)
  type Errors = { TOO_LARGE: { max: number } }
  expectTypeOf(adding).toEqualTypeOf<RequestState<{ sum: number }, Errors>>()
  expectTypeOf(add).toEqualTypeOf<Ask<{ a: number; b: number }, { sum: number }, Errors>>()
  return null
}

/** A component that is compiled and never drawn: what is wrong is wrong in the line below each remark. */
export function Wrong({ hall, lab }: { hall: HallConnection; lab: LabConnection }) {
  const { people, crowd, quotes, seats } = hall.channels
  // @ts-expect-error: who is counted is not listed
  usePresence(crowd())
  // @ts-expect-error: nobody tells who is here
  usePresence(quotes())
  // @ts-expect-error: nobody tells how many are here
  useMemberCount(quotes())
  // @ts-expect-error: a channel without presence is told none
  useChannel(quotes(), { presence: { name: 'Ada' } })
  // @ts-expect-error: the name is no number
  useChannel(seats(), { presence: { name: 7 } })
  // @ts-expect-error: presence is due
  useSubscription(people())
  // @ts-expect-error: the server alone makes members of this channel
  useSubscription(lab.channels.room())
  // @ts-expect-error: there is no such message
  useMessages(quotes(), 'quotes')
  // @ts-expect-error: a page of another channel
  useMessages(quotes(), { initial: {} as History<{ said: string }> })
  // @ts-expect-error: there may be no message yet
  useLastMessage(quotes(), 'quote').data
  // @ts-expect-error: there is no such event
  useEvent(lab, 'noticed', () => undefined)
  // @ts-expect-error: a connection has no messages, its channels have
  useMessages(hall)
  // @ts-expect-error: an event is not answered
  useRequest(lab.say)
  // @ts-expect-error: one that waits has no output
  useRequest(lab.add)[0].output
  // @ts-expect-error: what is asked with is missing
  void useRequest(lab.add)[1]()
  const [adding] = useRequest(lab.add)
  // @ts-expect-error: a code that this request does not declare
  if (adding.state === 'failed' && adding.error.code === 'TOO_SMALL') return null
  // @ts-expect-error: an error of Wirepact's own has no data
  if (adding.state === 'failed' && adding.error.code === 'TIMEOUT') return adding.error.data.max
  return null
}

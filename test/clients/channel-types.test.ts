import type {
  Channel,
  ChannelMember,
  ChannelPublication,
  ChannelStatus,
  CountPresence,
  Gap,
  History,
  HistoryOptions,
  KeptPublication,
  MemberOf,
  MembersOptions,
  MembersPage,
  MessagesOptions,
  Presence,
  PresenceKind,
  PresenceOf,
  PublicationInfo,
  Stop,
  SubscribableChannel,
  SubscribeOptions,
  UserMember,
  UserPresence,
  WirepactError,
} from '@wirepact/client'
import type { GapReason, Position } from '@wirepact/protocol'
import { describe, expectTypeOf, it } from 'vitest'
import type { LabConnection } from '../runtime/api/generated/client.js'
import type { HallConnection, HallPeoplePresence, HallQuotesQuote } from '../runtime/hall/generated/client.js'

type Hall = HallConnection['channels']
type Lab = LabConnection['channels']
type Of<Make extends (...args: never[]) => unknown> = ReturnType<Make>
type Quotes = Of<Hall['quotes']>
type State = Of<Hall['state']>
type People = Of<Hall['people']>
type Seats = Of<Hall['seats']>
type Crowd = Of<Hall['crowd']>
type Person = { name: string }

describe('who is in a channel', () => {
  it('is connections, users, or a number', () => {
    expectTypeOf<PresenceKind>().toEqualTypeOf<'connections' | 'users' | 'count'>()
    expectTypeOf<Seats['presence']>().toEqualTypeOf<Presence<Person>>()
    expectTypeOf<People['presence']>().toEqualTypeOf<UserPresence<Person>>()
    expectTypeOf<Crowd['presence']>().toEqualTypeOf<CountPresence>()
    expectTypeOf<Quotes['presence']>().toEqualTypeOf<undefined>()
    expectTypeOf<PresenceOf<Person, 'users'>>().toEqualTypeOf<UserPresence<Person>>()
    expectTypeOf<PresenceOf<never, 'count'>>().toEqualTypeOf<CountPresence>()
  })

  it('is listed with what each member told', () => {
    expectTypeOf<Seats['presence']['members']>().toEqualTypeOf<readonly ChannelMember<Person>[]>()
    expectTypeOf<ChannelMember<Person>>().toEqualTypeOf<{
      readonly connection: string
      readonly data: Person
    }>()
    expectTypeOf<People['presence']['members'][number]['connections']>().toEqualTypeOf<number>()
    expectTypeOf<People['presence']['members'][number]['user']>().toEqualTypeOf<string>()
    expectTypeOf<Crowd['presence']>().not.toHaveProperty('members')
  })

  it('is told after every change, in the form of its kind', () => {
    type Told<P extends { onChange(listener: never): Stop }> = Parameters<Parameters<P['onChange']>[0]>[0]
    expectTypeOf<Told<Seats['presence']>>().toEqualTypeOf<readonly ChannelMember<Person>[]>()
    expectTypeOf<Told<People['presence']>>().toEqualTypeOf<readonly UserMember<HallPeoplePresence>[]>()
    expectTypeOf<Told<Crowd['presence']>>().toEqualTypeOf<number>()
  })

  it('is asked for in pages, whose members are of the kind', () => {
    expectTypeOf<Parameters<Seats['members']>>().toEqualTypeOf<[options?: MembersOptions | undefined]>()
    expectTypeOf<Awaited<Of<Seats['members']>>>().toEqualTypeOf<MembersPage<ChannelMember<Person>>>()
    expectTypeOf<Awaited<Of<People['members']>>>().toEqualTypeOf<MembersPage<UserMember<Person>>>()
    expectTypeOf<Awaited<Of<Crowd['members']>>>().toEqualTypeOf<MembersPage<ChannelMember<null>>>()
    expectTypeOf<MemberOf<Person, 'connections'>>().toEqualTypeOf<ChannelMember<Person>>()
    expectTypeOf<Awaited<Of<Crowd['count']>>>().toEqualTypeOf<number>()
    expectTypeOf<MembersPage<UserMember<Person>>['next']>().toEqualTypeOf<string | undefined>()
    expectTypeOf<MembersOptions>().toEqualTypeOf<{ readonly limit?: number; readonly after?: string }>()
  })
})

describe('what a channel says', () => {
  it('is known by the names of its messages, also where the newest is kept alone', () => {
    expectTypeOf<Of<Quotes['messages']>>().toEqualTypeOf<
      AsyncIterableIterator<
        | { readonly name: 'quote'; readonly data: HallQuotesQuote; readonly info: PublicationInfo }
        | { readonly name: 'halted'; readonly data: null; readonly info: PublicationInfo }
      >
    >()
    type States = { phase: string; score: number }
    expectTypeOf<Of<State['messages']>>().toEqualTypeOf<AsyncIterableIterator<ChannelPublication<States>>>()
    expectTypeOf<Parameters<Seats['on']>[0]>().toEqualTypeOf<never>()
    expectTypeOf<PublicationInfo>().toEqualTypeOf<{
      readonly offset: number | null
      readonly replayed: boolean
    }>()
    expectTypeOf<MessagesOptions['overflow']>().toEqualTypeOf<'fail' | 'drop-oldest' | undefined>()
    expectTypeOf<MessagesOptions['signal']>().toEqualTypeOf<AbortSignal | undefined>()
  })

  it('is read from history page by page, each with the position that it belongs to', () => {
    type Page = Awaited<Of<Quotes['history']>>
    expectTypeOf<Page['position']>().toEqualTypeOf<Position>()
    expectTypeOf<Page['publications'][number]>().toEqualTypeOf<
      | {
          readonly name: 'quote'
          readonly data: HallQuotesQuote
          readonly offset: number
          readonly at: number
        }
      | { readonly name: 'halted'; readonly data: null; readonly offset: number; readonly at: number }
    >()
    expectTypeOf<History<{ said: string }>['publications']>().toEqualTypeOf<
      readonly KeptPublication<{ said: string }>[]
    >()
    expectTypeOf<Parameters<Quotes['history']>>().toEqualTypeOf<[options?: HistoryOptions | undefined]>()
    type Bounds = { readonly limit?: number; readonly before?: number; readonly after?: number }
    expectTypeOf<HistoryOptions>().toEqualTypeOf<Bounds>()
  })

  it('may be missing, with the reason', () => {
    expectTypeOf<Gap>().toEqualTypeOf<{
      readonly reason: GapReason
      readonly from: Position
      readonly to: Position | undefined
    }>()
    expectTypeOf<Parameters<Quotes['onGap']>[0]>().toEqualTypeOf<(gap: Gap) => void>()
  })
})

describe('a membership', () => {
  it('is asked for with presence exactly where members tell something', () => {
    expectTypeOf<Parameters<Quotes['subscribe']>>().toEqualTypeOf<[options?: SubscribeOptions]>()
    expectTypeOf<Parameters<Crowd['subscribe']>>().toEqualTypeOf<[options?: SubscribeOptions]>()
    type Due = [options: SubscribeOptions & { readonly presence: Person }]
    expectTypeOf<Parameters<Seats['subscribe']>>().toEqualTypeOf<Due>()
    expectTypeOf<Parameters<People['subscribe']>>().toEqualTypeOf<Due>()
    expectTypeOf<SubscribeOptions>().toEqualTypeOf<{ readonly since?: Position }>()
  })

  it('is the own wish of clients only where the schema lets them', () => {
    expectTypeOf<Of<Lab['room']>>().toEqualTypeOf<
      Channel<{ said: { text: string }; typing: { name: string } }, { name: string }>
    >()
    expectTypeOf<Of<Lab['room']>>().not.toHaveProperty('subscribe')
    expectTypeOf<Of<Lab['log']>>().toEqualTypeOf<SubscribableChannel<{ line: { text: string } }>>()
  })

  it('carries in each state what belongs to it', () => {
    expectTypeOf<ChannelStatus>().toEqualTypeOf<
      | { readonly state: 'idle' }
      | { readonly state: 'joining' }
      | { readonly state: 'joined'; readonly position: Position | undefined }
      | { readonly state: 'refused'; readonly error: WirepactError }
    >()
    expectTypeOf<Of<Quotes['onStatus']>>().toEqualTypeOf<Stop>()
  })

  it('names parameters that the route has not, and may name those that it has', () => {
    expectTypeOf<Parameters<Lab['log']>>().toEqualTypeOf<[params: { topic: string }]>()
    expectTypeOf<Parameters<Lab['room']>>().toEqualTypeOf<[params?: { roomId?: string } | undefined]>()
  })
})

/** Compiled with the tests, and never run: what is wrong is wrong in the line below each remark. */
export function neverRun({ channels: hall }: HallConnection, { channels: lab }: LabConnection) {
  // @ts-expect-error: a position is an epoch and an offset
  void hall.quotes().subscribe({ since: 7 })
  // @ts-expect-error: there is no presence to tell
  void hall.quotes().subscribe({ presence: { name: 'Ada' } })
  // @ts-expect-error: who is counted tells nothing
  void hall.crowd().subscribe({ presence: { name: 'Ada' } })
  // @ts-expect-error: presence is due, whatever else is said
  void hall.people().subscribe({ since: ['a', 1] })
  // @ts-expect-error: the name is no number
  void hall.seats().subscribe({ presence: { name: 7 } })
  // @ts-expect-error: who is here is a number and no list
  hall.crowd().presence.members
  // @ts-expect-error: nobody tells who is here
  hall.quotes().presence.count
  // @ts-expect-error: a member that is a user has no connection of its own
  hall.people().presence.members[0]?.connection
  // @ts-expect-error: a member that is a connection has no user
  hall.seats().presence.members[0]?.user
  // @ts-expect-error: there is no such message
  hall.state().on('phases', () => undefined)
  // @ts-expect-error: a score has no letters
  hall.state().on('score', (score) => score.trim())
  // @ts-expect-error: a channel without messages says nothing
  hall.seats().on('said', () => undefined)
  // @ts-expect-error: a page has no offset to begin at
  void hall.quotes().history({ since: 1 })
  // @ts-expect-error: members follow a page, not a number
  void hall.seats().members({ after: 1 })
  // @ts-expect-error: what is not given is left out
  void hall.seats().members({ limit: undefined })
  // @ts-expect-error: clients publish nothing
  hall.quotes().publish('quote', { symbol: 'a', price: 1 })
  // @ts-expect-error: what is kept is read, not written
  hall.seats().presence.members.push({ connection: 'a', data: { name: 'Ada' } })
  // @ts-expect-error: the topic is missing
  lab.log()
  // @ts-expect-error: a parameter that the channel's name has not
  lab.log({ topic: 'a', roomId: 'b' })
}

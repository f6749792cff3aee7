import type { History } from '@wirepact/client'
import {
  useChannelStatus,
  useLastMessage,
  useMemberCount,
  useMessages,
  usePresence,
  useRequest,
  useStatus,
} from '@wirepact/client/react'
import { memo, type ReactNode, useEffect, useRef, useState } from 'react'
import type {
  HallCrowdMessages,
  HallFloorMessages,
  HallFloorPresence,
  HallNewsMessages,
  HallSeatsPresence,
} from './api/generated/client.js'
import {
  useClock,
  useClockEvent,
  useHall,
  useHallCrowd,
  useHallEvent,
  useHallFloor,
  useHallGate,
  useHallNews,
  useHallSeats,
} from './api/generated/react.js'

/** Who is looked as. Every component of these pages shows itself in an element with a name. */
const ada = { params: { hallId: 'main' }, query: { name: 'ada' } }

/** The same arguments in another order, in a new object every time. */
function useMain() {
  return useHall({ query: { name: 'ada' }, params: { hallId: 'main' } })
}

/** Notes at an element how often it was drawn. */
function useDrawn<T extends HTMLElement>() {
  const element = useRef<T>(null)
  useEffect(() => {
    if (element.current)
      element.current.dataset.drawn = String(Number(element.current.dataset.drawn ?? 0) + 1)
  })
  return element
}

/** Shows a value, and how often it was drawn. */
function Shown({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <p id={name} ref={useDrawn<HTMLParagraphElement>()}>
      {children}
    </p>
  )
}

export function StatusLine() {
  const { state } = useStatus(useHall(ada))
  return <Shown name="status">{state}</Shown>
}

export function Floor({ initial }: { readonly initial?: History<HallFloorMessages> | undefined }) {
  const floor = useMain().channels.floor()
  const { messages, gap, dropped, isLive } = useMessages(floor, 'counted', { max: 1000, initial })
  return (
    <section>
      <Shown name="live">{String(isLive)}</Shown>
      <Shown name="gap">{gap ? `${gap.reason} before ${gap.beforeKey}` : 'none'}</Shown>
      <Shown name="dropped">{dropped}</Shown>
      <ol id="values">
        {messages.map(({ key, data }) => (
          <li key={key}>{data.value}</li>
        ))}
      </ol>
    </section>
  )
}

/** The newest few, of every name. */
export function Newest() {
  const { messages, dropped, last } = useMessages(useMain().channels.floor(), { max: 3 })
  const texts = messages.map(({ name, data }) => (name === 'counted' ? data.value : data))
  return <Shown name="newest">{JSON.stringify([texts, dropped, last?.name])}</Shown>
}

export function LastValue() {
  const last = useLastMessage(useMain().channels.floor(), 'counted')
  return <Shown name="last">{last?.data.value ?? 'none'}</Shown>
}

export function People() {
  const members = usePresence(useMain().channels.floor())
  return (
    <ul id="people">
      {members.map(({ connection, data }) => (
        <Person key={connection} data={data} />
      ))}
    </ul>
  )
}

const Person = memo(function Person({ data }: { readonly data: HallFloorPresence | HallSeatsPresence }) {
  return <li ref={useDrawn<HTMLLIElement>()}>{'name' in data ? data.name : data.seat}</li>
})

/** News that go on from where a server has drawn them. */
function DrawnNews({ initial }: { readonly initial: History<HallNewsMessages> }) {
  const news = useMain().channels.news({ topic: 'sport' })
  const { messages, gap } = useMessages(news, { initial })
  const texts = messages.map(({ data }) => data.text)
  return <Shown name="drawn-news">{`${gap?.reason ?? 'all'}: ${texts.join(', ')}`}</Shown>
}

/** All of a channel at once, through the generated hook. */
export function Overview() {
  const { messages, members, status, count } = useHallFloor(useMain(), { max: 2 })
  return <Shown name="overview">{[messages.length, members.length, count, status.state].join(' ')}</Shown>
}

export function News({ topic }: { readonly topic: string }) {
  const { messages, status } = useHallNews(useMain(), { params: { topic } })
  const texts = messages.map(({ data }) => data.text)
  return <Shown name="news">{`${status.state}: ${texts.join(', ')}`}</Shown>
}

/** News of the past, for who comes late. */
export function OldNews({ topic }: { readonly topic: string }) {
  const news = useMain().channels.news({ topic })
  const { messages } = useMessages(news, 'headline', { history: 5, max: 50 })
  return <Shown name="old-news">{messages.map(({ data }) => data.text).join(', ')}</Shown>
}

export function Seats({ seat }: { readonly seat: number }) {
  const { members, status } = useHallSeats(useMain(), { presence: { seat } })
  const seats = members.map(({ data }) => data.seat)
  return <Shown name="seats">{`${status.state}: ${seats.join(', ')}`}</Shown>
}

/** Members are only counted. A server may have drawn what was cheered. */
export function Crowd({ initial }: { readonly initial?: History<HallCrowdMessages> | undefined }) {
  const { messages, members, count, status, gap } = useHallCrowd(useMain(), { initial })
  const texts = messages.map(({ data }) => data.text)
  return (
    <>
      <Shown name="crowd">{`${status.state}: ${count} ${members.length}`}</Shown>
      <Shown name="cheers">{`${gap?.reason ?? 'all'}: ${texts.join(', ')}`}</Shown>
    </>
  )
}

/** The number alone, of whoever else is in it. */
export function CrowdSize() {
  return <Shown name="crowd-size">{useMemberCount(useMain().channels.crowd())}</Shown>
}

export function Gate() {
  const { count, status } = useHallGate(useMain())
  return <Shown name="gate">{`${status.state}: ${count}`}</Shown>
}

export function SeatStatus() {
  const { state } = useChannelStatus(useMain().channels.seats())
  return <Shown name="seat-status">{state}</Shown>
}

/** A person who goes away, and comes back. */
export function Switch() {
  const hall = useMain()
  return (
    <section>
      <button type="button" id="close" onClick={() => hall.close()}>
        close
      </button>
      <button type="button" id="connect" onClick={() => hall.connect()}>
        connect
      </button>
    </section>
  )
}

/** Somebody who takes another name, with what a channel of theirs says of how many are there. */
export function Guest() {
  const [name, setName] = useState('eve')
  const hall = useHall({ params: { hallId: 'side' }, query: { name } })
  const count = useMemberCount(hall.channels.floor())
  const { state } = useStatus(hall)
  return (
    <section>
      <Shown name="guest">{`${name}: ${state}, ${count}`}</Shown>
      <button type="button" id="mallory" onClick={() => setName('mallory')}>
        mallory
      </button>
    </section>
  )
}

export function Greetings() {
  const [names, setNames] = useState<readonly string[]>([])
  const hall = useMain()
  useHallEvent(hall, 'greeted', ({ name }) => setNames([...names, name]))
  return <Shown name="greetings">{names.join(', ')}</Shown>
}

export function Clock() {
  const [ticks, setTicks] = useState(0)
  useClockEvent(useClock(), 'tick', (tick) => setTicks(ticks + tick))
  return <Shown name="clock">{ticks}</Shown>
}

export function Rename() {
  const [state, rename] = useRequest(useMain().rename)
  const shown =
    state.state === 'failed' && state.error.code === 'NAME_TAKEN'
      ? `taken, try ${state.error.data.suggestion}`
      : state.state === 'done'
        ? `now ${state.output.name}`
        : state.state === 'failed'
          ? state.error.code
          : state.state
  const ask = async (name: string) => {
    const outcome = await rename({ name })
    settled.push(`${name} ${outcome.ok ? 'ok' : outcome.error.code}`)
  }
  return (
    <section>
      <Shown name="rename">{shown}</Shown>
      {['taken', 'slow', 'quick'].map((name) => (
        <button key={name} type="button" id={`rename-${name}`} onClick={() => void ask(name)}>
          {name}
        </button>
      ))}
      <button type="button" id="rename-reset" onClick={() => rename.reset()}>
        reset
      </button>
    </section>
  )
}

/** How the requests of {@link Rename} ended. */
export const settled: string[] = []

export interface Drawn {
  readonly floor?: History<HallFloorMessages>
  readonly news?: History<HallNewsMessages>
  readonly crowd?: History<HallCrowdMessages>
}

/** What a server draws, and a browser takes over. */
export function Site({ floor, news, crowd }: Drawn) {
  return (
    <>
      {news && <DrawnNews initial={news} />}
      {crowd && <Crowd initial={crowd} />}
      <StatusLine />
      <Floor initial={floor} />
      <People />
      <Overview />
      <Rename />
    </>
  )
}

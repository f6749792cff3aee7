import { useMessages } from '@wirepact/client/react'
import { type ReactNode, StrictMode, startTransition, useLayoutEffect, useState, version } from 'react'
import { createRoot, hydrateRoot, type Root } from 'react-dom/client'
import { createClient } from './api/generated/client.js'
import { ClientProvider, useHall } from './api/generated/react.js'
import {
  Clock,
  Crowd,
  CrowdSize,
  type Drawn,
  Floor,
  Gate,
  Greetings,
  Guest,
  LastValue,
  Newest,
  News,
  OldNews,
  Overview,
  People,
  Rename,
  SeatStatus,
  Seats,
  Site,
  StatusLine,
  Switch,
  settled,
} from './hall-app.js'

const client = createClient('/', { reconnect: { minDelayMs: 20, maxDelayMs: 50 } })

/** What a page can show, by name. */
const parts: Readonly<Record<string, ReactNode>> = {
  status: <StatusLine />,
  floor: <Floor />,
  newest: <Newest />,
  last: <LastValue />,
  people: <People />,
  overview: <Overview />,
  news: <News topic="sport" />,
  weather: <News topic="weather" />,
  'old-news': <OldNews topic="sport" />,
  seats: <Seats seat={7} />,
  crowd: <Crowd />,
  'crowd-size': <CrowdSize />,
  gate: <Gate />,
  'seat-status': <SeatStatus />,
  greetings: <Greetings />,
  clock: <Clock />,
  rename: <Rename />,
  switch: <Switch />,
  guest: <Guest />,
}

let root: Root | undefined

/** Shows these parts, in StrictMode as in development, and nothing else. */
function show(names: readonly string[], graceMs = 100): void {
  root ??= createRoot(document.body.appendChild(document.createElement('main')))
  const shown = names.map((name) => <div key={name}>{parts[name]}</div>)
  root.render(
    <StrictMode>
      <ClientProvider client={client} graceMs={graceMs}>
        {shown}
      </ClientProvider>
    </StrictMode>,
  )
}

const torn: string[] = []
let looks = 0

/**
 * Two counters with much to draw between them, shown and hidden by transitions. While they are drawn nobody else
 * listens, so nothing but what they do themselves keeps them together. Notes when they differ.
 */
function Transitions() {
  const [round, setRound] = useState(0)
  useLayoutEffect(() => {
    const texts = ['left', 'right'].map((id) => document.getElementById(id)?.textContent)
    looks += 1
    if (texts[0] !== texts[1]) torn.push(texts.join(' and '))
    const timer = setTimeout(() => startTransition(() => setRound(round + 1)), 20)
    return () => clearTimeout(timer)
  })
  if (round % 2 === 0) return null
  return (
    <>
      <Counter id="left" />
      {Array.from({ length: 40 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike.
        <Slow key={index} />
      ))}
      <Counter id="right" />
    </>
  )
}

function Counter({ id }: { readonly id: string }) {
  const floor = useHall({ params: { hallId: 'main' }, query: { name: 'ada' } }).channels.floor()
  return <b id={id}>{useMessages(floor, 'counted', { max: 100_000 }).messages.length}</b>
}

function Slow() {
  const until = performance.now() + 1
  while (performance.now() < until);
  return <i />
}

function pour(): void {
  createRoot(document.body.appendChild(document.createElement('main'))).render(
    <ClientProvider client={client}>
      <Transitions />
    </ClientProvider>,
  )
}

const recovered: string[] = []

declare global {
  /** What the server has drawn the page with. */
  var drawn: Drawn
}

/** Takes over what the server has drawn. */
function hydrate(): void {
  const main = document.querySelector('main') as HTMLElement
  hydrateRoot(
    main,
    <StrictMode>
      <ClientProvider client={client}>
        <Site {...globalThis.drawn} />
      </ClientProvider>
    </StrictMode>,
    { onRecoverableError: (error) => recovered.push(String(error)) },
  )
}

/** What the tests do on the page, and what they look at. */
const page = {
  version,
  show,
  pour,
  hydrate,
  recovered,
  settled,
  torn,
  looks: () => looks,
  unmount: () => root?.unmount(),
}
export type HallPage = typeof page
Object.assign(globalThis, { page })

import type { WrongUse } from './types-table.js'

/** What every use of the hooks starts with. The API is `language`. */
export const hooksPrelude = `
import { useChannel, useChannelStatus, useEvent, useLastMessage, useMemberCount, useMessages, usePresence, useRequest, useStatus, useSubscription } from '@wirepact/client/react'
import { type ReactNode, createElement } from 'react'
import { type Client, type StudioConnection, WirepactError } from './client.js'
import { ClientProvider, useClient, useShell, useShellEvent, useStudio, useStudioEvent, useStudioLayer, useTicker, useTickerEvent } from './react.js'
declare const client: Client
declare const studio: StudioConnection
const layer = studio.channels.layer({ layer: 1 })
const presence = { name: 'ada' }
export { ClientProvider, client, createElement, layer, presence, studio, useChannel, useChannelStatus, useClient, useEvent, useLastMessage, useMemberCount, useMessages, usePresence, useRequest, useShell, useShellEvent, useStatus, useStudio, useStudioEvent, useStudioLayer, useSubscription, useTicker, useTickerEvent, WirepactError }
export type { ReactNode }
`

export const rightHooks = `
export function App({ children }: { children: ReactNode }) {
  return createElement(ClientProvider, { client, graceMs: 1 }, children)
}
export function Studio() {
  const studio = useStudio({ params: { size: 1, file: 'a' } })
  useClient().studio({ params: { size: 1, file: 'a' } }).close()
  const status = useStatus(studio)
  if (status.state === 'waiting') console.log(status.until.toFixed(), status.cause.code)
  useStudioEvent(studio, 'frame', (bytes) => bytes.byteLength)
  const { messages, members, count, gap, last, isLive, dropped } = useStudioLayer(studio, {
    params: { layer: 1 },
    presence: { name: 'ada' },
    max: 10,
    history: 10,
  })
  for (const { key, name, data, info } of messages) {
    if (name === 'moved') data.x?.toFixed()
    else if (name === 'pixels') data.byteLength.toFixed()
    console.log(key.toFixed(), info.replayed)
  }
  const texts: string[] = members.map(({ connection, data }) => connection + data.name)
  if (last?.name === 'pixels') last.data.byteLength.toFixed()
  console.log(texts, count + dropped, gap?.reason, gap?.beforeKey.toFixed(), isLive)
  return null
}
export function Parts() {
  const moved = useMessages(layer, 'moved', { max: 5 })
  moved.messages.map(({ data }) => data.id)
  const all = useMessages(layer, { max: 5 })
  for (const message of all.messages) if (message.name === 'moved') message.data.id.trim()
  const bytes: Uint8Array | undefined = useLastMessage(layer, 'pixels')?.data
  const names: string[] = usePresence(layer).map(({ data }) => data.name)
  const here: number = useMemberCount(layer)
  const { state } = useChannelStatus(layer)
  useSubscription(layer, { presence })
  useEvent(studio, 'frame', (frame) => frame.byteLength)
  const told: string[] = useChannel(layer, { presence }).members.map(({ data }) => data.name)
  console.log(told, bytes?.byteLength, names, here, state)
  return null
}
export function Asking() {
  const [saving, save] = useRequest(studio.save)
  if (saving.state === 'done') saving.output.revision.toFixed()
  else if (saving.state === 'failed' && saving.error.code === 'READ_ONLY') saving.error.message.trim()
  const [, upload] = useRequest(studio.upload)
  void upload(new Uint8Array(1), { timeoutMs: 1 }).then((outcome) => outcome.ok)
  void save().then((outcome) => outcome.output?.revision.toFixed())
  save.reset()
  useTickerEvent(useTicker(), 'priced', ({ price }) => price.toFixed())
  useShellEvent(useShell(), 'screen', (bytes) => bytes.byteLength)
  return null
}
`

export const wrongHooks: readonly WrongUse[] = [
  { name: 'a connection without its arguments', error: 'TS2554', code: 'useStudio() // here' },
  {
    name: 'a parameter of another type',
    error: 'TS2322',
    code: `useStudio({ params: { size: 'big', file: 'a' } }) // here`,
  },
  { name: 'arguments that a route has not', error: 'TS2554', code: 'useTicker({ params: {} }) // here' },
  {
    name: 'a client of something else',
    error: 'TS2769',
    code: `createElement(ClientProvider, { client: { close() {} } }) // here`,
  },
  {
    name: 'an event that the server does not send',
    error: 'TS2345',
    code: `useStudioEvent(studio, 'framed', () => {}) // here`,
  },
  {
    name: 'an event with other data',
    error: 'TS2339',
    code: `useStudioEvent(studio, 'frame', (bytes) => bytes.text) // here`,
  },
  {
    name: 'the connection of another route',
    error: 'TS2740',
    code: `useStudioEvent(useTicker(), 'frame', () => {}) // here`,
  },
  {
    name: 'an event of another connection',
    error: 'TS2345',
    code: `useEvent(useTicker(), 'frame', () => {}) // here`,
  },
  {
    name: 'presence where the channel has another',
    error: 'TS2353',
    code: `useChannel(layer, { presence: { title: 'x' } }) // here`,
  },
  {
    name: 'a channel without a parameter that it needs',
    error: 'TS2741',
    code: `useStudioLayer(studio, { presence, params: {} }) // here`,
  },
  {
    name: 'a channel without the presence that is due',
    error: 'TS2741',
    code: `useStudioLayer(studio, { params: { layer: 1 } }) // here`,
  },
  {
    name: 'presence of another form',
    error: 'TS2353',
    code: `useSubscription(layer, { presence: { title: 'x' } }) // here`,
  },
  { name: 'a subscription without presence', error: 'TS2554', code: 'useSubscription(layer) // here' },
  {
    name: 'messages that a channel has not',
    error: 'TS2769',
    code: `useMessages(layer, 'moves') // here`,
  },
  {
    name: 'data of one message read from another',
    error: 'TS2339',
    code: `useMessages(layer, 'moved').messages.map(({ data }) => data.byteLength) // here`,
  },
  {
    name: 'an option that does not exist',
    error: 'TS2353',
    code: `useMessages(layer, 'moved', { limit: 5 }) // here`,
  },
  {
    name: 'a member with other data',
    error: 'TS2339',
    code: 'usePresence(layer).map(({ data }) => data.title) // here',
  },
  { name: 'a request of another input', error: 'TS2345', code: `useRequest(studio.upload)[1]('x') // here` },
  {
    name: 'output before there is any',
    error: 'TS2339',
    code: 'useRequest(studio.save)[0].output // here',
  },
  {
    name: 'an error that is not declared',
    error: 'TS2367',
    code: `const [state] = useRequest(studio.save)
if (state.state === 'failed') state.error.code === 'WRITE_ONLY' // here`,
  },
  { name: 'an event that is no request', error: 'TS2741', code: 'useRequest(studio.draw) // here' },
  { name: 'a stream that is no request', error: 'TS2741', code: 'useRequest(studio.transcript) // here' },
]

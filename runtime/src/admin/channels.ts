import { compareTemplates, WirepactError } from '@wirepact/protocol'
import type { ChannelRef } from '../channel/channel-ref.js'
import { decodeBytes, isBinary } from '../channel/encode.js'
import { createChannel } from '../channel/handle.js'
import type { Core } from '../core/core.js'
import { findChannel } from '../core/find-channel.js'
import { accepts, refusePayload } from '../core/payload.js'
import type { RouteChannel } from '../core/route.js'
import { type AdminAnswer, type AdminCall, readBody, readLimit, readPage, readWhole } from './call.js'
import { takePage } from './page.js'

export function listChannels({ core, query }: AdminCall): AdminAnswer {
  const { items, next } = takePage(core.channels.hubs.all, readPage(query))
  const channels = items.map(({ ref, size }) => ({ ...name(ref), connections: size }))
  return { status: 200, body: { channels, ...next } }
}

export async function getChannel(call: AdminCall): Promise<AdminAnswer> {
  const [ref] = await findRefs(call)
  const { hasPresence, messages, retention } = ref.channel
  const connections = call.core.channels.hubs.find(ref.name)?.size ?? 0
  const body = {
    ...name(ref),
    connections,
    messages: [...messages.keys()],
    hasHistory: retention !== undefined,
    hasPresence,
  }
  return { status: 200, body }
}

/** Those with presence are known on every node; others have to be members here. */
export async function listMembers(call: AdminCall): Promise<AdminAnswer> {
  const { core, query } = call
  const [ref] = await findRefs(call)
  const { limit, after } = readPage(query)
  if (!ref.channel.hasPresence) return { status: 200, body: pageHere(core, ref, { limit, after }) }
  const page = await core.channels.attendance.page(ref, {
    limit,
    ...(after > 0 && { after: String(after) }),
  })
  const members = page.members.map(([id, data, connections]) =>
    connections === undefined ? { connection: id, data } : { user: id, data, connections },
  )
  return { status: 200, body: { members, ...(page.next !== undefined && { next: page.next }) } }
}

function pageHere(core: Core, ref: ChannelRef, { limit, after }: { limit: number; after: number }): object {
  const all = [...(core.channels.hubs.find(ref.name)?.members ?? [])]
  const members = all.slice(after, after + limit).map(({ connection }) => ({ connection: connection.id }))
  return { members, ...(after + limit < all.length && { next: String(after + limit) }) }
}

/** Throws `NO_HISTORY`. */
export async function getHistory(call: AdminCall): Promise<AdminAnswer> {
  const { core, query } = call
  const ref = await findKept(call)
  const limit = readLimit(query)
  const [before, after] = [readWhole(query, 'before'), readWhole(query, 'after')]
  if (before !== undefined && after !== undefined)
    throw new WirepactError('INVALID_QUERY', 'History is read before an offset or after one.')
  const { epoch, publications, more } = await core.channels.history(ref, {
    limit,
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  })
  const kept = publications.map(([offset, message, data, at, encoding]) => ({
    offset,
    name: message,
    data,
    at,
    ...(encoding !== undefined && { encoding }),
  }))
  return { status: 200, body: { epoch, publications: kept, more } }
}

export async function clearHistory(call: AdminCall): Promise<AdminAnswer> {
  const ref = await findKept(call)
  await call.core.channels.clear(ref.name)
  return { status: 204 }
}

/** The payload is checked whatever the server checks of its own. Throws `UNKNOWN_MESSAGE` and `INVALID_PAYLOAD`. */
export async function publish(call: AdminCall): Promise<AdminAnswer> {
  const refs = await findRefs(call)
  const { message, data = null, key } = await readBody(call)
  if (typeof message !== 'string' || (key !== undefined && typeof key !== 'string'))
    throw new WirepactError('INVALID_JSON', 'message is the name of a message, and key is text.')
  const ref = refs.find(({ channel }) => channel.messages.has(message))
  if (ref === undefined)
    throw new WirepactError('UNKNOWN_MESSAGE', 'The channel has no message of this name.')
  const payload = await readPayload(ref.channel, message, data)
  const options = key === undefined ? undefined : { key }
  const { position, repeated = false } = await createChannel(call.core, ref).publish(
    message,
    payload,
    options,
  )
  const [epoch, offset] = position ?? []
  return { status: 201, body: { repeated, ...(position !== undefined && { position: { epoch, offset } }) } }
}

async function readPayload(channel: RouteChannel, message: string, data: unknown): Promise<unknown> {
  const isText = typeof data === 'string'
  const payload = isBinary(channel, message) && isText ? decodeBytes(data) : data
  const validator = channel.messages.get(message)?.data
  if (validator !== undefined && !accepts(validator, payload))
    await refusePayload(validator, payload, message)
  return payload
}

/** Every channel of the schema that the name belongs to, one of each route at most, the most specific one first. */
async function findRefs({ core, params }: AdminCall): Promise<[ChannelRef, ...ChannelRef[]]> {
  const full = params.name ?? ''
  const refs: ChannelRef[] = []
  for (const route of core.routes) {
    const found = await findChannel(route, full, core.limits.maxChannelName).catch(() => undefined)
    if (found !== undefined) refs.push({ channel: found.channel, name: full })
  }
  const [first, ...more] = refs.sort((a, b) => compareTemplates(a.channel.template, b.channel.template))
  if (first === undefined) throw new WirepactError('UNKNOWN_CHANNEL', 'There is no channel of this name.')
  return [first, ...more]
}

async function findKept(call: AdminCall): Promise<ChannelRef> {
  const kept = (await findRefs(call)).find(({ channel }) => channel.retention !== undefined)
  if (kept !== undefined) return kept
  throw new WirepactError('NO_HISTORY', 'The channel keeps no history.')
}

function name(ref: ChannelRef): { readonly name: string; readonly template: string } {
  return { name: ref.name, template: ref.channel.definition.name }
}

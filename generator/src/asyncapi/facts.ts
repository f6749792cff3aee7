import { closeCodes, errorCodes, shouldReconnect } from '@wirepact/protocol'
import type { ChannelIr, Docs, EventIr, MessageIr, RouteIr } from '../ir.js'
import { type Json, schemaRef, toKey } from './json.js'

/** What a description says of a part that AsyncAPI has no word for. */
export function docsFacts({ deprecated }: Docs): Json {
  return deprecated === true ? { 'x-wirepact-deprecated': true } : {}
}

/** The policies of a message. */
export function messageFacts(message: MessageIr | (EventIr & { readonly history: boolean })): Json {
  const { auth, ...facts } = { ...policiesOf(message), auth: message.auth }
  return {
    'x-wirepact-kind': message.kind,
    ...(message.kind !== 'event' && message.errors.length > 0 && { 'x-wirepact-errors': errorsOf(message) }),
    ...(auth !== undefined && { 'x-wirepact-auth': auth }),
    ...(Object.keys(facts).length > 0 && { 'x-wirepact-policies': facts }),
    ...docsFacts(message),
  }
}

function policiesOf(message: MessageIr | (EventIr & { readonly history: boolean })): Json {
  const event = message.kind === 'event' ? message : undefined
  const all = {
    delivery: event?.delivery,
    backpressure: event?.backpressure,
    rateLimit: 'rateLimit' in message ? message.rateLimit : undefined,
    idempotent: message.kind === 'request' ? message.idempotent : undefined,
    history: event !== undefined && 'history' in event ? event.history : undefined,
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}

function errorsOf(message: Exclude<MessageIr, EventIr>): Json {
  return Object.fromEntries(
    message.errors.map(({ code, data }) => [code, data === null ? null : schemaRef(data)]),
  )
}

/** What a route is beyond a path: how it is spoken, and the channels that its connections may join. */
export function routeFacts(route: RouteIr): Json {
  return {
    'x-wirepact-wire': route.wire ?? 'wirepact',
    ...(route.discriminator !== undefined && { 'x-wirepact-discriminator': route.discriminator }),
    ...(route.subprotocols !== undefined && { 'x-wirepact-subprotocols': route.subprotocols }),
    ...(route.auth !== undefined && { 'x-wirepact-auth': route.auth }),
    ...(route.cookies !== undefined && { 'x-wirepact-cookies': schemaRef(route.cookies.schema) }),
    ...(route.channels.length > 0 && { 'x-wirepact-channels': channelFacts(route) }),
    ...docsFacts(route),
  }
}

function channelFacts(route: RouteIr): Json {
  return Object.fromEntries(route.channels.map((channel) => [channel.key, channelFact(route, channel)]))
}

function channelFact(route: RouteIr, channel: ChannelIr): Json {
  const messages = channel.messages.map(({ name }) => [
    name,
    { $ref: `#/channels/${toKey(route.name)}/messages/${toKey(`${channel.key}.${name}`)}` },
  ])
  return {
    name: channel.name,
    ...(channel.description !== undefined && { description: channel.description }),
    join: channel.join,
    ...(channel.paramTypes !== undefined && { params: schemaRef(channel.paramTypes.schema) }),
    ...(channel.auth !== undefined && { auth: channel.auth }),
    history: channel.history,
    ...(channel.latest !== undefined && { latest: channel.latest }),
    presence: channel.presence === null ? null : schemaRef(channel.presence),
    ...(channel.roster !== undefined && { roster: channel.roster }),
    messages: Object.fromEntries(messages),
    ...docsFacts(channel),
  }
}

/** What is true of every API: how connections end, and what they are refused with. */
export function protocolFacts(): Json {
  const closes = Object.entries(closeCodes).map(([name, code]) => [
    code,
    { name, comesBack: shouldReconnect(code) },
  ])
  return { 'x-wirepact-close-codes': Object.fromEntries(closes), 'x-wirepact-errors': errorCodes }
}

import { parseTemplate } from '@wirepact/protocol'
import type { ApiIr, ChannelIr, RosterIr, RouteIr } from '../ir.js'
import type { ApiModel, ChannelModel, Options, RouteModel } from '../model/model.js'
import { authOf, docsOf } from './common-options.js'
import { contractOf } from './contract.js'
import { discriminate } from './discriminate.js'
import type { Lowered } from './lowered.js'
import { toEvent, toMessage } from './to-messages.js'
import { toParameters } from './to-parameters.js'
import { toSchemas } from './to-schemas.js'

/** The intermediate form of a model that no rule has anything against. */
export function toIr(model: ApiModel, lowered: Lowered): ApiIr {
  const routes = model.routes.map((route) => toRoute(route, lowered))
  const schemas = toSchemas(routes, lowered.definitions)
  return {
    title: String(model.options.title),
    version: String(model.options.version),
    ...docsOf(model.options),
    routes,
    schemas,
    contract: contractOf(routes, schemas),
  }
}

function toRoute(route: RouteModel, lowered: Lowered): RouteIr {
  const path = route.template ?? '/'
  const names = parseTemplate(path).names
  return {
    name: route.name,
    typeName: route.typeName,
    ...docsOf(route.options),
    path,
    params: toParameters(route.params, lowered, names),
    query: toParameters(route.query, lowered),
    ...openingOf(route, lowered),
    ...wireOf(route, lowered),
    clientToServer: route.clientToServer.map((message) => toMessage(message, lowered)),
    serverToClient: route.serverToClient.map((message) => toMessage(message, lowered)),
    channels: route.channels.map((channel) => toChannel(channel, names, lowered)),
  }
}

type Opening = Pick<RouteIr, 'headers' | 'cookies' | 'subprotocols' | 'state' | 'auth'>

/** What is decided about a connection before its first message. */
function openingOf({ options, routers, headers, cookies, state }: RouteModel, lowered: Lowered): Opening {
  const [ofHeaders, ofCookies] = [toParameters(headers, lowered), toParameters(cookies, lowered)]
  return {
    ...(ofHeaders !== null && { headers: ofHeaders }),
    ...(ofCookies !== null && { cookies: ofCookies }),
    ...(Array.isArray(options.subprotocols) && { subprotocols: options.subprotocols as string[] }),
    ...(state !== null && { state: lowered.nameOf(state) }),
    ...authOf([...routers.map((router) => router.options), options]),
  }
}

function wireOf(route: RouteModel, lowered: Lowered): Pick<RouteIr, 'wire' | 'discriminator'> {
  if (!route.isBare) return {}
  const discriminator = discriminate(route, lowered).property
  return { wire: 'bare', ...(discriminator !== undefined && { discriminator }) }
}

function toChannel(channel: ChannelModel, routeNames: readonly string[], lowered: Lowered): ChannelIr {
  const { options } = channel
  const name = String(options.name)
  const { names } = parseTemplate(name)
  const paramTypes = toParameters(channel.params, lowered, names)
  return {
    key: channel.name,
    typeName: channel.typeName,
    ...docsOf(options),
    name,
    params: names.map((param) => ({ name: param, fromRoute: routeNames.includes(param) })),
    ...(paramTypes !== null && { paramTypes }),
    ...authOf([options]),
    join: (options.join ?? 'handler') as ChannelIr['join'],
    messages: channel.messages.map((message) => ({
      ...toEvent(message, lowered),
      history: isKept(options) && message.options.history !== false,
    })),
    history: (options.history ?? null) as ChannelIr['history'],
    ...latestOf(options),
    presence: lowered.nameOf(channel.presence),
    ...rosterOf(channel),
  }
}

function isKept({ history, latest }: Options): boolean {
  return history !== undefined || latest !== undefined
}

function latestOf({ latest }: Options): Pick<ChannelIr, 'latest'> {
  if (latest === undefined) return {}
  return {
    latest: latest === true ? {} : (JSON.parse(JSON.stringify(latest)) as ChannelIr['latest'] & object),
  }
}

/** What differs from the plain way. */
function rosterOf({ presenceOptions }: ChannelModel): Pick<ChannelIr, 'roster'> {
  const { by, show, graceMs } = presenceOptions ?? {}
  const roster: RosterIr = {
    ...(by === 'user' && { by }),
    ...(show === 'count' && { show }),
    ...(typeof graceMs === 'number' && graceMs > 0 && { graceMs }),
  }
  return Object.keys(roster).length === 0 ? {} : { roster }
}

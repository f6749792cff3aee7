import type { ChannelIr, MessageIr, ParametersIr, RouteIr } from '../ir.js'
import { type Content, type Html, html } from './html.js'
import { authText, description, messageSection } from './message-section.js'
import { anchorOf, type PageContext } from './page-context.js'
import { payloadSection } from './payload-section.js'
import { schemaTable } from './schema-table.js'

/** A route with everything that goes over it. */
export function routeSection(route: RouteIr, context: PageContext): Html {
  const search = `${route.name} ${route.path} ${route.description ?? ''}`
  return html`<section class="route" id="${anchorOf(route.name)}">
<div class="intro" data-search="${search}">
<h2><a class="anchor" href="#${anchorOf(route.name)}">${route.name}</a></h2>
<p class="path">${pathOf(route.path)}</p>
<p class="tags">${routeFacts(route)}</p>
${description(route.description)}
${parameters(route, context)}
</div>
${messages('What clients send', route.clientToServer, { route, from: 'client', context })}
${messages('What the server sends', route.serverToClient, { route, from: 'server', context })}
${route.channels.length > 0 && html`<h3>Channels</h3>`}${route.channels.map((channel) => channelSection(channel, route, context))}
</section>`
}

/** A path with its parameters set off. */
function pathOf(path: string): Content {
  return path.split(/(\{[^}]*\})/).map((part) => (part.startsWith('{') ? html`<b>${part}</b>` : part))
}

function routeFacts({ auth, wire, discriminator, subprotocols, deprecated }: RouteIr): Content {
  const texts = [
    auth === undefined ? undefined : authText(auth),
    wire === 'bare' ? 'bare: messages go without an envelope' : undefined,
    discriminator === undefined ? undefined : `told apart by ${discriminator}`,
    subprotocols === undefined ? undefined : `subprotocols ${subprotocols.join(', ')}`,
  ]
  const tags = texts.flatMap((text) =>
    text === undefined ? [] : [html`<span class="tag fact">${text}</span>`],
  )
  return [deprecated === true && html`<span class="tag warn">deprecated</span>`, tags]
}

function parameters(route: RouteIr, { schemas }: PageContext): Content {
  const kinds: readonly (readonly [title: string, given: ParametersIr | null | undefined])[] = [
    ['Path parameters', route.params],
    ['Query parameters', route.query],
    ['Headers', route.headers],
    ['Cookies', route.cookies],
  ]
  return kinds.map(([title, given]) => {
    const schema = given ? schemas.get(given.schema)?.schema : undefined
    return schema !== undefined && html`<div class="payload"><h5>${title}</h5>${schemaTable(schema)}</div>`
  })
}

interface Side {
  readonly route: RouteIr
  readonly from: 'client' | 'server'
  readonly context: PageContext
}

function messages(title: string, list: readonly MessageIr[], { route, from, context }: Side): Content {
  const sections = list.map((message) =>
    messageSection({ message, names: [route.name, message.name], from }, context),
  )
  return list.length > 0 && [html`<h3>${title}</h3>`, sections]
}

const joins = {
  handler: 'the server makes members',
  guarded: 'clients ask, the server decides',
  open: 'any connection that asks',
} as const

function channelSection(channel: ChannelIr, route: RouteIr, context: PageContext): Html {
  const anchor = anchorOf(route.name, channel.key, 'channel')
  const search = `${route.name} ${channel.key} ${channel.name} channel ${channel.description ?? ''}`
  const sections = channel.messages.map((message) =>
    messageSection({ message, names: [route.name, channel.key, message.name], from: 'server' }, context),
  )
  return html`<div class="channel"><div class="intro" id="${anchor}" data-search="${search}">
<header><h4><a class="anchor" href="#${anchor}">${channel.key}</a></h4><span class="tag kind">channel</span>
<code class="name">${pathOf(channel.name)}</code>${channelFacts(channel)}</header>
${description(channel.description)}
${channelParts(channel, context)}
</div>${sections}</div>`
}

function channelFacts({ join, auth, history, latest, roster, deprecated }: ChannelIr): Content {
  const kept = latest === undefined ? listFacts('history', history) : listFacts('newest values', latest)
  const told = roster === undefined ? [] : [listFacts('presence', roster)]
  const texts = [joins[join], ...(auth === undefined ? [] : [authText(auth)]), kept, ...told]
  const tags = texts.map((text) => html`<span class="tag fact">${text}</span>`)
  return [deprecated === true && html`<span class="tag warn">deprecated</span>`, tags]
}

function listFacts(what: string, facts: object | null): string {
  const limits = Object.entries(facts ?? {}).map(([limit, value]) => `${limit} ${value}`)
  return facts === null ? `no ${what}` : [what, ...limits].join(' · ')
}

function channelParts({ paramTypes, presence }: ChannelIr, context: PageContext): Content {
  const schema = paramTypes === undefined ? undefined : context.schemas.get(paramTypes.schema)?.schema
  const params =
    schema !== undefined &&
    html`<div class="payload"><h5>Parameters of the name</h5>${schemaTable(schema)}</div>`
  const title = 'Members tell about themselves'
  return [params, presence !== null && payloadSection({ title, name: presence }, context)]
}

import type { RouteIr } from '../ir.js'
import { type Content, type Html, html } from './html.js'
import { anchorOf, type PageContext } from './page-context.js'

/** The list of everything on the page, and the field that searches it. */
export function navigation({ api, schemas }: PageContext): Html {
  const types = [...schemas.keys()].sort().map((name) => link(anchorOf('type', name), name, 'type'))
  return html`<nav aria-label="Contents">
<p class="brand"><a href="#top">${api.title}</a> <span>${api.version}</span></p>
<div class="search" hidden><input id="search" type="search" placeholder="Search" aria-label="Search" autocomplete="off" spellcheck="false"><kbd>/</kbd></div>
<p id="found" role="status"></p>
${api.routes.map(routeLinks)}
${types.length > 0 && html`<h6><a href="#types">Types</a></h6><ul>${types}</ul>`}
<h6><a href="#codes">Codes</a></h6>
</nav>`
}

function routeLinks(route: RouteIr): Content {
  const messages = [
    ...route.clientToServer.map((message) =>
      link(anchorOf(route.name, message.name), message.name, 'client'),
    ),
    ...route.serverToClient.map((message) =>
      link(anchorOf(route.name, message.name), message.name, 'server'),
    ),
    ...route.channels.flatMap((channel) => [
      link(anchorOf(route.name, channel.key, 'channel'), channel.key, 'channel'),
      ...channel.messages.map((message) =>
        link(anchorOf(route.name, channel.key, message.name), `${channel.key}.${message.name}`, 'server'),
      ),
    ]),
  ]
  return html`<h6><a href="#${anchorOf(route.name)}">${route.name}</a></h6><ul>${messages}</ul>`
}

function link(anchor: string, text: string, kind: string): Html {
  return html`<li class="to-${kind}"><a href="#${anchor}">${text}</a></li>`
}

import { closeCodes, errorCodes, shouldReconnect } from '@wirepact/protocol'
import type { SchemaIr } from '../ir.js'
import { type Html, html } from './html.js'
import { anchorOf, type PageContext } from './page-context.js'
import { payloadSection } from './payload-section.js'

/** Every named type, sorted, with the places that use it. */
export function typesSection(context: PageContext): Html {
  const sorted = [...context.schemas.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  return html`<section id="types"><h2><a class="anchor" href="#types">Types</a></h2>${sorted.map((schema) => typeSection(schema, context))}</section>`
}

function typeSection({ name }: SchemaIr, context: PageContext): Html {
  const anchor = anchorOf('type', name)
  const uses = context.uses.get(name) ?? []
  const links = uses.map(({ title, anchor: to }) => html` <a href="#${to}">${title}</a>`)
  return html`<article class="type-card" id="${anchor}" data-search="${name} type">
${payloadSection({ title: '', name }, context)}
${uses.length > 0 && html`<p class="uses">Used by${links}</p>`}
</article>`
}

/** What every API of Wirepact has alike: the codes of errors and of closing. */
export function codesSection(): Html {
  const errors = Object.entries(errorCodes).map(
    ([code, { http, close }]: [string, { http?: number; close?: number }]) => {
      return html`<tr data-search="${code} error"><td><code>${code}</code></td><td>${http}</td><td>${close}</td></tr>`
    },
  )
  const closes = Object.entries(closeCodes).map(([name, code]) => {
    const back = shouldReconnect(code) ? 'comes back' : 'stays away'
    return html`<tr data-search="${name} ${code} close"><td><code>${code}</code></td><td>${name}</td><td>${back}</td></tr>`
  })
  return html`<section id="codes"><h2><a class="anchor" href="#codes">Codes</a></h2>
<h3>Errors of the protocol</h3>
<table><thead><tr><th>Code</th><th>HTTP status</th><th>Close code</th></tr></thead><tbody>${errors}</tbody></table>
<h3>Close codes</h3>
<table><thead><tr><th>Code</th><th>Name</th><th>The client</th></tr></thead><tbody>${closes}</tbody></table>
</section>`
}

import type { EventIr, MessageIr, RequestIr, StreamIr } from '../ir.js'
import { type Content, type Html, html } from './html.js'
import { anchorOf, type PageContext } from './page-context.js'
import { payloadSection } from './payload-section.js'

/** A message of a route, or of a channel of it. */
export interface MessagePlace {
  readonly message: MessageIr | (EventIr & { readonly history: boolean })
  /** The names that lead to it, such as `['chat', 'say']`. */
  readonly names: readonly string[]
  readonly from: 'client' | 'server'
}

export function messageSection({ message, names, from }: MessagePlace, context: PageContext): Html {
  const arrow = from === 'client' ? 'client → server' : 'server → client'
  return html`<article class="message from-${from}" id="${anchorOf(...names)}" data-search="${searchText(message, names)}">
<header><h4><a class="anchor" href="#${anchorOf(...names)}">${message.name}</a></h4>
<span class="tag kind">${message.kind}</span><span class="tag">${arrow}</span>${facts(message)}</header>
${description(message.description)}
${payloads(message, context)}
</article>`
}

export function description(text: string | undefined): Content {
  const paragraphs = text?.split(/\n\s*\n/) ?? []
  return paragraphs.map((paragraph) => html`<p>${paragraph}</p>`)
}

function searchText(message: MessageIr, names: readonly string[]): string {
  const errors = message.kind === 'event' ? [] : message.errors.map(({ code }) => code)
  return [...names, message.kind, message.description ?? '', ...errors, ...payloadNames(message)].join(' ')
}

function payloadNames(message: MessageIr): readonly string[] {
  const names =
    message.kind === 'event'
      ? [message.data]
      : [message.input, message.kind === 'request' ? message.output : message.item]
  return names.filter((name) => name !== null)
}

function payloads(message: MessageIr, context: PageContext): Content {
  const { examples } = message
  if (message.kind === 'event')
    return payloadSection({ title: 'Carries', name: message.data, examples }, context)
  const back =
    message.kind === 'request'
      ? { title: 'Answered with', name: message.output }
      : { title: 'Answered with many', name: message.item }
  return [
    payloadSection({ title: 'Asks with', name: message.input, examples }, context),
    payloadSection(back, context),
    errorsSection(message, context),
  ]
}

function errorsSection({ errors }: RequestIr | StreamIr, context: PageContext): Content {
  return errors.map(({ code, data }) => {
    const title = `Or refused with ${code}`
    return html`<div class="error">${payloadSection({ title, name: data }, context)}</div>`
  })
}

/** What holds for a message beyond its form. */
function facts(message: MessagePlace['message']): Content {
  const texts = [
    message.auth === undefined ? undefined : authText(message.auth),
    'rateLimit' in message && message.rateLimit !== undefined
      ? `${message.rateLimit.perSecond} a second, ${message.rateLimit.burst} at once`
      : undefined,
    ...(message.kind === 'event' ? eventFacts(message) : []),
    message.kind === 'request' && message.idempotent === true ? 'idempotent' : undefined,
  ]
  const tags = texts.flatMap((text) =>
    text === undefined ? [] : [html`<span class="tag fact">${text}</span>`],
  )
  return [message.deprecated === true && html`<span class="tag warn">deprecated</span>`, tags]
}

function eventFacts(
  message: EventIr | (EventIr & { readonly history: boolean }),
): readonly (string | undefined)[] {
  const { backpressure } = message
  const key =
    backpressure?.policy === 'latest' && backpressure.key !== undefined ? ` by ${backpressure.key}` : ''
  return [
    message.delivery === undefined ? undefined : 'acknowledged',
    backpressure === undefined ? undefined : `when slow: ${backpressure.policy}${key}`,
    'history' in message && message.history ? 'kept in history' : undefined,
  ]
}

export function authText(auth: 'required' | readonly string[]): string {
  return auth === 'required' ? 'needs authentication' : `needs ${auth.join(', ')}`
}

import { createHash } from 'node:crypto'
import type { ApiIr } from '../ir.js'
import { Html, html } from './html.js'
import { description } from './message-section.js'
import { navigation } from './navigation.js'
import { createContext, type PageContext } from './page-context.js'
import { pageScript } from './page-script.js'
import { pageStyle } from './page-style.js'
import { codesSection, typesSection } from './reference-sections.js'
import { routeSection } from './route-section.js'

/**
 * An API as one HTML page to read, search and print. It loads nothing, and its Content-Security-Policy lets run
 * nothing but its own script. The same API gives the same bytes.
 */
export function writeDocs(api: ApiIr): string {
  const context = createContext(api)
  return `<!doctype html>\n${page(context).text}\n`
}

function page(context: PageContext): Html {
  const { api } = context
  return html`<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${api.title} ${api.version}</title>
<style>${new Html(pageStyle)}</style>
</head>
<body>
${navigation(context)}
<main id="top">
${masthead(api)}
${api.routes.map((route) => routeSection(route, context))}
${context.schemas.size > 0 && typesSection(context)}
${codesSection()}
</main>
<script>${new Html(pageScript)}</script>
</body>
</html>`
}

function masthead(api: ApiIr): Html {
  const tags = [`version ${api.version}`, `contract ${api.contract}`].map(
    (text) => html`<span class="tag">${text}</span>`,
  )
  return html`<div class="masthead"><h1>${api.title}</h1>${description(api.description)}
<p class="tags">${api.deprecated === true && html`<span class="tag warn">deprecated</span>`}${tags}</p></div>`
}

function policy(): string {
  const allow = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  const sources = [`style-src ${allow(pageStyle)}`, `script-src ${allow(pageScript)}`]
  return ["default-src 'none'", ...sources, "base-uri 'none'", "form-action 'none'"].join('; ')
}

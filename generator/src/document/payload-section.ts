import type { SchemaIr } from '../ir.js'
import { exampleOf } from './example.js'
import { type Html, html } from './html.js'
import { anchorOf, type PageContext } from './page-context.js'
import { meaning, schemaTable } from './schema-table.js'

/** What a message carries: its type, the table of its properties, and an example. */
export interface Payload {
  readonly title: string
  readonly name: string | null
  /** Declared values; without them one is made from the schema. */
  readonly examples?: readonly unknown[] | undefined
}

export function payloadSection({ title, name, examples }: Payload, context: PageContext): Html {
  if (name === null)
    return html`<div class="payload"><h5>${title}</h5><p class="quiet">carries nothing</p></div>`
  const schema = context.schemas.get(name)
  if (schema === undefined || schema.content === 'binary') return bytesSection(title, schema)
  return html`<div class="payload">
<h5>${title} <a class="type" href="#${anchorOf('type', name)}">${name}</a></h5>
<div class="columns"><div>${introduction(schema)}${schemaTable(schema.schema)}</div>
${exampleBlock(examples ?? [exampleOf(schema.schema, context.schemas)], examples !== undefined)}</div>
</div>`
}

function introduction({ schema, content }: SchemaIr): Html {
  const text =
    typeof schema === 'object' && typeof schema.description === 'string' ? schema.description : undefined
  const plain = content === 'text' && html`<p class="quiet">The message is the text itself.</p>`
  return html`${plain}${text !== undefined && html`<p>${text}</p>`}`
}

function bytesSection(title: string, schema: SchemaIr | undefined): Html {
  const limit =
    schema?.maxBytes === undefined ? '' : `, at most ${schema.maxBytes.toLocaleString('en-US')} bytes`
  const note = typeof schema?.schema === 'object' ? meaning(schema.schema) : ''
  return html`<div class="payload"><h5>${title}</h5><p>Raw bytes${limit}${schema?.mediaType !== undefined && html`, <code>${schema.mediaType}</code>`}. ${note}</p></div>`
}

function exampleBlock(examples: readonly unknown[], areDeclared: boolean): Html {
  const label = areDeclared ? 'Example' : 'Example, made from the schema'
  return html`<div class="examples">${examples.map(
    (example) =>
      html`<figure><figcaption>${label}</figcaption><pre tabindex="0"><code>${JSON.stringify(example, null, 2) ?? 'null'}</code></pre></figure>`,
  )}</div>`
}

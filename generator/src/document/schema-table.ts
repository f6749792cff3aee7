import type { JsonSchema } from '../ir.js'
import { type Content, type Html, html } from './html.js'
import { refName, typeLabel, variantsOf } from './type-label.js'

type ObjectSchema = Exclude<JsonSchema, boolean>

/** How deep a table goes into schemas that have no name of their own. */
const maxDepth = 8

/** Keywords that are shown with their values; the others are in the label, or make rows of their own. */
const shown = [
  'minLength',
  'maxLength',
  'pattern',
  'minimum',
  'exclusiveMinimum',
  'maximum',
  'exclusiveMaximum',
  'multipleOf',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minContains',
  'maxContains',
  'minProperties',
  'maxProperties',
  'dependentRequired',
  'default',
]

interface Row {
  readonly name: string
  readonly schema: JsonSchema
  readonly depth: number
  readonly mark?: 'required' | 'optional'
}

/** A schema as a table: a row for each property, those of unnamed objects indented below. */
export function schemaTable(schema: JsonSchema): Html {
  const rows = [...rowsIn(schema, 0)]
  const own = rows.length === 0 ? [{ name: '', schema, depth: 0 }] : rows
  return html`<table class="schema">
<thead><tr><th>Name</th><th>Type</th><th>Meaning</th></tr></thead>
<tbody>${own.map(tableRow)}</tbody>
</table>`
}

function tableRow({ name, schema, depth, mark }: Row): Html {
  const deprecated = typeof schema === 'object' && schema.deprecated === true
  return html`<tr class="depth-${Math.min(depth, 6)}${deprecated ? ' gone' : ''}">
<td>${name === '' ? html`<i>value</i>` : html`<code>${name}</code>`}${mark === 'required' && html` <b class="required" title="required">required</b>`}</td>
<td>${typeLabel(schema)}</td>
<td>${meaning(schema)}</td>
</tr>`
}

/** What a person wrote about a schema, and its limits. */
export function meaning(schema: JsonSchema): Content {
  if (typeof schema === 'boolean') return ''
  const limits = [...shown.filter((keyword) => keyword in schema), ...closedNote(schema)]
  return [
    typeof schema.description === 'string' && html`<span class="text">${schema.description}</span> `,
    schema.deprecated === true && html`<span class="tag warn">deprecated</span> `,
    limits.map((keyword) => html`<span class="limit">${limitText(keyword, schema)}</span> `),
  ]
}

function closedNote(schema: ObjectSchema): readonly string[] {
  return schema.additionalProperties === false || schema.unevaluatedProperties === false ? ['closed'] : []
}

function limitText(keyword: string, schema: ObjectSchema): string {
  if (keyword === 'closed') return 'no other properties'
  const value = schema[keyword]
  return `${keyword} ${typeof value === 'string' && keyword === 'pattern' ? value : JSON.stringify(value)}`
}

function* rowsIn(schema: JsonSchema, depth: number): Iterable<Row> {
  if (typeof schema === 'boolean' || depth > maxDepth || refName(schema) !== undefined) return
  yield* propertyRows(schema, depth)
  for (const [keyword, inner] of Object.entries(mapOf(schema, 'patternProperties'))) {
    yield* rowAndInner({ name: `/${keyword}/`, schema: inner, depth })
  }
  const { additionalProperties, items } = schema
  if (isSchema(additionalProperties))
    yield* rowAndInner({ name: '[any name]', schema: additionalProperties, depth })
  if (isSchema(items)) yield* rowsIn(items, depth)
  yield* listRows(schema, depth)
}

function* propertyRows(schema: ObjectSchema, depth: number): Iterable<Row> {
  const required = Array.isArray(schema.required) ? (schema.required as string[]) : []
  for (const [name, inner] of Object.entries(mapOf(schema, 'properties'))) {
    yield* rowAndInner({
      name,
      schema: inner,
      depth,
      mark: required.includes(name) ? 'required' : 'optional',
    })
  }
}

function* rowAndInner(row: Row): Iterable<Row> {
  yield row
  yield* rowsIn(row.schema, row.depth + 1)
}

/** The parts of tuples, intersections and unions that have something to say beyond their label. */
function* listRows(schema: ObjectSchema, depth: number): Iterable<Row> {
  for (const inner of listOf(schema.allOf)) yield* rowsIn(inner, depth)
  for (const [index, inner] of listOf(schema.prefixItems).entries()) {
    if (hasMore(inner, depth)) yield* rowAndInner({ name: `[${index}]`, schema: inner, depth })
  }
  const variants = variantsOf(schema) ?? []
  for (const [index, inner] of variants.entries()) {
    if (hasMore(inner, depth)) yield* rowAndInner({ name: `variant ${index + 1}`, schema: inner, depth })
  }
}

/** Whether a schema has something to say that its label does not. */
function hasMore(schema: JsonSchema, depth: number): boolean {
  if (typeof schema === 'boolean') return false
  const notes = [...shown, 'description', 'deprecated']
  return notes.some((keyword) => keyword in schema) || [...rowsIn(schema, depth + 1)].length > 0
}

function mapOf(schema: ObjectSchema, keyword: string): Readonly<Record<string, JsonSchema>> {
  const value = schema[keyword]
  return typeof value === 'object' && value !== null ? (value as Record<string, JsonSchema>) : {}
}

function listOf(value: unknown): readonly JsonSchema[] {
  return Array.isArray(value) ? (value as JsonSchema[]) : []
}

function isSchema(value: unknown): value is ObjectSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

import type { JsonSchema } from '../ir.js'
import { type Html, html } from './html.js'
import { anchorOf } from './page-context.js'

/** A schema in a few words, with links to the types that it names. */
export function typeLabel(schema: JsonSchema): Html {
  if (typeof schema === 'boolean') return html`<i>${schema ? 'anything' : 'nothing'}</i>`
  const name = refName(schema)
  if (name !== undefined) return html`<a href="#${anchorOf('type', name)}">${name}</a>`
  if ('const' in schema) return html`<code>${JSON.stringify(schema.const)}</code>`
  if (Array.isArray(schema.enum))
    return join(schema.enum.map((value) => html`<code>${JSON.stringify(value)}</code>`))
  const variants = variantsOf(schema)
  if (variants !== undefined) return join(variants.map(typeLabel))
  if (Array.isArray(schema.allOf) && schema.type === undefined) {
    return join((schema.allOf as JsonSchema[]).map(typeLabel), ' & ')
  }
  const types = Array.isArray(schema.type) ? (schema.type as string[]) : [schema.type ?? impliedType(schema)]
  return join(types.map((type) => oneType(String(type), schema)))
}

function impliedType(schema: Exclude<JsonSchema, boolean>): string {
  if ('properties' in schema || 'patternProperties' in schema) return 'object'
  return 'items' in schema || 'prefixItems' in schema ? 'array' : 'anything'
}

function oneType(type: string, schema: Exclude<JsonSchema, boolean>): Html {
  if (type === 'array') return arrayLabel(schema)
  if (type === 'string' && typeof schema.format === 'string') return html`string <i>${schema.format}</i>`
  return html`${type}`
}

function arrayLabel({ items, prefixItems }: Exclude<JsonSchema, boolean>): Html {
  if (Array.isArray(prefixItems)) return html`[${join((prefixItems as JsonSchema[]).map(typeLabel), ', ')}]`
  if (items === undefined || items === true) return html`array`
  return html`array of ${typeLabel(items as JsonSchema)}`
}

function join(parts: readonly Html[], by = ' | '): Html {
  return html`${parts.map((part, index) => (index === 0 ? part : html`${by}${part}`))}`
}

/** The members of a union; undefined when the schema is none. */
export function variantsOf(schema: Exclude<JsonSchema, boolean>): readonly JsonSchema[] | undefined {
  const variants = schema.anyOf ?? schema.oneOf
  return Array.isArray(variants) ? (variants as JsonSchema[]) : undefined
}

/** The name of the type that a schema refers to. */
export function refName(schema: JsonSchema): string | undefined {
  if (typeof schema !== 'object' || typeof schema.$ref !== 'string') return undefined
  return schema.$ref.slice('#/$defs/'.length)
}

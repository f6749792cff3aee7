import { createHash } from 'node:crypto'
import { keywordForm } from './keywords.js'

/** JSON text with sorted keys: equal values have equal texts. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => (isPlain(inner) ? sorted(inner) : inner)) ?? 'null'
}

/** SHA-256 of a text, in hexadecimal digits. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** The schema without what is only for people: two schemas that accept the same values in the same way are equal. */
export function withoutDocs(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutDocs)
  if (!isPlain(schema)) return schema
  const kept = Object.entries(schema).filter(([keyword]) => keywordForm(keyword) !== 'docs')
  return Object.fromEntries(kept.map(([keyword, inner]) => [keyword, stripInner(keyword, inner)]))
}

function stripInner(keyword: string, inner: unknown): unknown {
  const form = keywordForm(keyword)
  if (form === 'value' || form === 'own') return inner
  if (form !== 'map' || !isPlain(inner)) return withoutDocs(inner)
  return Object.fromEntries(Object.entries(inner).map(([name, schema]) => [name, withoutDocs(schema)]))
}

function sorted(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return Object.fromEntries(entries)
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

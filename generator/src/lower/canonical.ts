import { createHash } from 'node:crypto'
import { keywordForm } from './keywords.js'

/** JSON text with sorted keys: equal values have equal texts. */
export function canonicalJson(value: unknown): string {
  return write(value) ?? 'null'
}

/** Written by hand, for this is what lowering does most: nothing for what JSON has no form for. */
function write(value: unknown): string | undefined {
  if (Array.isArray(value)) return `[${value.map((item) => write(item) ?? 'null').join(',')}]`
  if (!isPlain(value)) return JSON.stringify(value)
  const members: string[] = []
  for (const key of Object.keys(value).sort()) {
    const text = write(value[key])
    if (text !== undefined) members.push(`${JSON.stringify(key)}:${text}`)
  }
  return `{${members.join(',')}}`
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

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

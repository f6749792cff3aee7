import type { ApiIr } from '../../ir.js'
import { isRecord } from '../../model/reader.js'

/** What a file that holds a snapshot says of itself. */
const form = 'wirepact-snapshot-1'

/** An API as data, as JSON text, to be compared with later versions. The same API gives the same bytes. */
export function toSnapshot(api: ApiIr): string {
  return `${JSON.stringify({ form, api }, null, 2)}\n`
}

/** The API of a snapshot; undefined when the text is none. */
export function fromSnapshot(text: string): ApiIr | undefined {
  const value = parse(text)
  if (!isRecord(value) || value.form !== form || !isRecord(value.api)) return undefined
  const { routes, schemas } = value.api
  return Array.isArray(routes) && Array.isArray(schemas) ? (value.api as unknown as ApiIr) : undefined
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

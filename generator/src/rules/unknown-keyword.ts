import { closest } from '../diagnose/suggest.js'
import { keywordForm, keywords } from '../lower/keywords.js'
import { documentKeywords, isBuilt } from '../lower/lower-document.js'
import { isRecord } from '../model/part-kind.js'
import type { Rule } from './rule.js'

/** UNKNOWN_KEYWORD: a keyword that nobody checks would let everything pass. */
export const unknownKeyword: Rule = ({ nodes }) =>
  nodes.flatMap(({ schema, path }) => {
    if (!isRecord(schema) || 'kind' in schema || '~standard' in schema) return []
    const unknown = Object.keys(schema).filter((key) => schema[key] !== undefined && !isKnown(key, schema))
    return unknown.map((key) => {
      const isOfDocuments = documentKeywords.has(key)
      const suggestion = isOfDocuments ? undefined : closest(key, Object.keys(keywords))
      const message = isOfDocuments
        ? `"${key}" has a meaning in plain JSON Schema only, and not within what Type builds.`
        : `JSON Schema has no keyword "${key}".`
      const finding = { code: 'UNKNOWN_KEYWORD', message, path: [...path, key], at: 'name' as const }
      return { ...finding, ...(suggestion !== undefined && { suggestion }) }
    })
  })

/** TypeBox's own marks are no keywords, and what it adds to types that JSON does not have is reported with them. */
function isKnown(key: string, schema: Readonly<Record<string | symbol, unknown>>): boolean {
  if (key.startsWith('~') || keywordForm(key) !== undefined) return true
  if (documentKeywords.has(key) && !isBuilt(schema)) return true
  return schema.type === 'function' || schema.type === 'constructor'
}

import type { Finding, Path } from '../diagnose/diagnostic.js'
import { isRecord } from '../model/part-kind.js'
import type { Rule } from './rule.js'

/** INVALID_PATTERN: patterns are regular expressions with the flag u, and no other. */
export const invalidPattern: Rule = ({ nodes }) =>
  nodes.flatMap(({ schema, path }) => {
    if (!isRecord(schema)) return []
    const keys = isRecord(schema.patternProperties) ? Object.keys(schema.patternProperties) : []
    return [
      ...check(schema.pattern, [...path, 'pattern']),
      ...keys.flatMap((key) => check(key, [...path, 'patternProperties', key])),
    ]
  })

function check(pattern: unknown, path: Path): readonly Finding[] {
  const code = 'INVALID_PATTERN'
  if (pattern instanceof RegExp && pattern.flags.replace('u', '') !== '') {
    return [{ code, message: `The flags of ${String(pattern)} have no form in JSON Schema.`, path }]
  }
  const source = pattern instanceof RegExp ? pattern.source : pattern
  if (typeof source !== 'string') return []
  try {
    new RegExp(source, 'u')
    return []
  } catch (thrown) {
    const why = thrown instanceof Error ? (thrown.message.split(': ').at(-1) ?? '') : ''
    return [{ code, message: `${source} is no regular expression: ${why.toLowerCase()}.`, path }]
  }
}

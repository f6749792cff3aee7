import { knownFormats } from '@wirepact/protocol/validation'
import { closest } from '../diagnose/suggest.js'
import { isRecord } from '../model/part-kind.js'
import type { Rule } from './rule.js'

/** UNKNOWN_FORMAT: a format that no validator knows would let every text pass. */
export const unknownFormat: Rule = ({ nodes }) =>
  nodes.flatMap(({ schema, path }) => {
    const format = isRecord(schema) ? schema.format : undefined
    if (typeof format !== 'string' || knownFormats.has(format)) return []
    const suggestion = closest(format, knownFormats)
    const message = `No validator knows the format "${format}"; a pattern can say what is meant.`
    return [
      {
        code: 'UNKNOWN_FORMAT',
        message,
        path: [...path, 'format'],
        ...(suggestion !== undefined && { suggestion }),
      },
    ]
  })

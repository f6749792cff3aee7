import type { Finding } from '../diagnose/diagnostic.js'
import { isRecord } from '../model/part-kind.js'
import type { Rule } from './rule.js'

const functions = {
  '~refine': {
    code: 'REFINEMENT_NOT_COMPILABLE',
    message: 'A refinement is a function, and cannot be compiled: check it in the handler.',
  },
  '~codec': {
    code: 'CODEC_NOT_COMPILABLE',
    message: 'A codec is made of functions, and cannot be compiled: convert in the handler.',
  },
}

/** REFINEMENT_NOT_COMPILABLE and CODEC_NOT_COMPILABLE: functions stay behind when code is generated. */
export const refinement: Rule = ({ nodes }) =>
  nodes.flatMap(({ schema, path }): readonly Finding[] => {
    if (!isRecord(schema)) return []
    return Object.entries(functions)
      .filter(([mark]) => mark in schema)
      .map(([mark, finding]) => ({ ...finding, path: [...path, mark] }))
  })

import type { Finding } from '../diagnose/diagnostic.js'
import { closest } from '../diagnose/suggest.js'
import type { Part } from '../model/model.js'
import { either } from '../model/part-kind.js'
import type { Rule } from './rule.js'

const types: Readonly<Record<string, 'string' | 'boolean'>> = {
  title: 'string',
  version: 'string',
  description: 'string',
  deprecated: 'boolean',
  idempotent: 'boolean',
  path: 'string',
  prefix: 'string',
  name: 'string',
  discriminator: 'string',
  key: 'string',
  mediaType: 'string',
}

const words: Readonly<Record<string, readonly string[]>> = {
  join: ['handler', 'guarded', 'open'],
  wire: ['wirepact', 'bare'],
  delivery: ['at-most-once', 'acknowledged'],
  backpressure: ['close', 'drop', 'latest'],
  by: ['connection', 'user'],
  show: ['members', 'count'],
}

/** WRONG_VALUE: an option whose value is of the wrong type, or none of the words that it knows. */
export const optionValue: Rule = ({ model }) =>
  model.parts.flatMap((part) => [
    ...wrongTypes(part),
    ...wrongWords(part),
    ...wrongHistory(part),
    ...wrongBytes(part),
  ])

function wrongTypes({ options, path }: Part): readonly Finding[] {
  return Object.keys(types)
    .filter((option) => options[option] !== undefined)
    .flatMap((option) => {
      const value = options[option]
      if (typeof value === types[option] && value !== '') return []
      const message = value === '' ? `${option} is empty.` : `${option} is a ${types[option]}.`
      return [{ code: 'WRONG_VALUE', message, path: [...path, option] }]
    })
}

function wrongWords({ options, path }: Part): readonly Finding[] {
  return Object.entries(words).flatMap(([option, known]) => {
    const value = options[option]
    if (value === undefined || known.some((word) => word === value)) return []
    const suggestion = typeof value === 'string' ? closest(value, known) : undefined
    const message = `${option} is ${either(known.map((word) => `"${word}"`))}.`
    const finding = { code: 'WRONG_VALUE', message, path: [...path, option] }
    return [{ ...finding, ...(suggestion !== undefined && { suggestion }) }]
  })
}

function wrongBytes({ kind, options, path }: Part): readonly Finding[] {
  const { maxBytes } = options
  if (kind !== 'binary' || maxBytes === undefined) return []
  if (Number.isSafeInteger(maxBytes) && Number(maxBytes) > 0) return []
  const message = 'maxBytes is a positive whole number.'
  return [{ code: 'WRONG_VALUE', message, path: [...path, 'maxBytes'] }]
}

/** Of an event, `history` only says whether it is kept. */
function wrongHistory({ kind, options, path }: Part): readonly Finding[] {
  if (kind !== 'event' || options.history === undefined || typeof options.history === 'boolean') return []
  return [{ code: 'WRONG_VALUE', message: 'history of an event is a boolean.', path: [...path, 'history'] }]
}

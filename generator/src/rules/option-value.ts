import type { Finding } from '../diagnose/diagnostic.js'
import { closest } from '../diagnose/suggest.js'
import type { Part } from '../model/model.js'
import type { Rule } from './rule.js'

const types: Readonly<Record<string, 'string' | 'boolean'>> = {
  title: 'string',
  version: 'string',
  description: 'string',
  deprecated: 'boolean',
  path: 'string',
  name: 'string',
}

const joins = ['handler', 'guarded', 'open']

/** WRONG_VALUE: an option whose value is of the wrong type, or none of the words that it knows. */
export const optionValue: Rule = ({ model }) =>
  model.parts.flatMap((part) => [...wrongTypes(part), ...wrongJoin(part), ...wrongHistory(part)])

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

function wrongJoin({ kind, options, path }: Part): readonly Finding[] {
  const { join } = options
  if (kind !== 'channel' || join === undefined || joins.some((word) => word === join)) return []
  const suggestion = typeof join === 'string' ? closest(join, joins) : undefined
  const message = 'join is "handler", "guarded" or "open".'
  return [
    {
      code: 'WRONG_VALUE',
      message,
      path: [...path, 'join'],
      ...(suggestion !== undefined && { suggestion }),
    },
  ]
}

/** Of an event, `history` only says whether it is kept. */
function wrongHistory({ kind, options, path }: Part): readonly Finding[] {
  if (kind !== 'event' || options.history === undefined || typeof options.history === 'boolean') return []
  return [{ code: 'WRONG_VALUE', message: 'history of an event is a boolean.', path: [...path, 'history'] }]
}

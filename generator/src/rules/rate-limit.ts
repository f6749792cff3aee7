import type { Finding } from '../diagnose/diagnostic.js'
import { closest } from '../diagnose/suggest.js'
import type { Part } from '../model/model.js'
import { isRecord } from '../model/part-kind.js'
import type { Rule } from './rule.js'

const code = 'INVALID_RATE_LIMIT'
const parts = ['perSecond', 'burst']

/** INVALID_RATE_LIMIT: both numbers are there, and a message can be sent at all. */
export const rateLimit: Rule = ({ model }) => model.parts.flatMap(check)

function check({ options, path: of }: Part): readonly Finding[] {
  const limit = options.rateLimit
  const path = [...of, 'rateLimit']
  if (limit === undefined) return []
  if (!isRecord(limit)) {
    const suggestion = '{ perSecond: 5, burst: 10 }'
    return [{ code, message: 'rateLimit is an object with perSecond and burst.', path, suggestion }]
  }
  const { perSecond, burst } = limit
  const unknown = Object.keys(limit).filter((name) => !parts.includes(name))
  const isRate = typeof perSecond === 'number' && Number.isFinite(perSecond) && perSecond > 0
  const isBurst = Number.isSafeInteger(burst) && Number(burst) > 0
  const problems = [
    ...(isRate ? [] : [{ message: 'perSecond is a number above zero.', name: 'perSecond' }]),
    ...(isBurst ? [] : [{ message: 'burst is a positive whole number.', name: 'burst' }]),
    ...unknown.map((name) => ({ message: `rateLimit has no option "${name}".`, name })),
  ]
  return problems.map(({ message, name }) => {
    const suggestion = unknown.includes(name) ? closest(name, parts) : undefined
    const at = name in limit ? [...path, name] : path
    return { code, message, path: at, ...(suggestion !== undefined && { suggestion }) }
  })
}

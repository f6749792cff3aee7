import type { Finding } from '../diagnose/diagnostic.js'
import { closest } from '../diagnose/suggest.js'
import type { ChannelModel } from '../model/model.js'
import { isRecord } from '../model/part-kind.js'
import { isJson } from './is-json.js'
import type { Rule } from './rule.js'

const limits = ['maxMessages', 'maxBytes', 'ttlMs', 'replay']

/** INVALID_HISTORY: limits are positive whole numbers, and nothing else is among them. */
export const historyLimits: Rule = ({ model }) =>
  model.routes.flatMap((route) =>
    route.channels.flatMap((channel) => [...check(channel), ...pointless(channel)]),
  )

function check({ options, path }: ChannelModel): readonly Finding[] {
  const { history } = options
  const code = 'INVALID_HISTORY'
  if (history === undefined) return []
  if (!isRecord(history) || !isJson(history)) {
    return [{ code, message: `history is an object with ${limits.join(', ')}.`, path: [...path, 'history'] }]
  }
  return Object.entries(history).flatMap(([limit, value]) => {
    const at = [...path, 'history', limit]
    if (!limits.includes(limit)) return [unknownLimit(limit, at)]
    const isValid = Number.isSafeInteger(value) && (value as number) > 0
    return isValid || value === undefined
      ? []
      : [{ code, message: `${limit} is a positive whole number.`, path: at }]
  })
}

function unknownLimit(limit: string, path: readonly string[]): Finding {
  const suggestion = closest(limit, limits)
  const finding = {
    code: 'UNKNOWN_OPTION',
    message: `history has no option "${limit}".`,
    path,
    at: 'name' as const,
  }
  return { ...finding, ...(suggestion !== undefined && { suggestion }) }
}

/** A message that is asked to be kept by a channel that keeps nothing. */
function pointless({ options, messages }: ChannelModel): readonly Finding[] {
  if (options.history !== undefined || options.latest !== undefined) return []
  return messages
    .filter((message) => message.options.history === true)
    .map(({ path, name }) => ({
      code: 'INVALID_HISTORY',
      message: `"${name}" is to be kept, and its channel has no history.`,
      path: [...path, 'history'],
    }))
}

import type { Finding } from '../diagnose/diagnostic.js'
import { closest } from '../diagnose/suggest.js'
import type { ChannelModel } from '../model/model.js'
import { isRecord } from '../model/part-kind.js'
import { isJson } from './is-json.js'
import { keyProblem } from './latest-key.js'
import type { Rule, RuleContext } from './rule.js'

const options = ['key', 'maxKeys', 'ttlMs']

/** INVALID_LATEST: what is kept of the newest values is said with known options, and every message has the key. */
export const latest: Rule = (context) =>
  context.model.routes.flatMap((route) =>
    route.channels
      .filter((channel) => channel.options.latest !== undefined)
      .flatMap((one) => check(one, context)),
  )

const code = 'INVALID_LATEST'

function check(channel: ChannelModel, context: RuleContext): readonly Finding[] {
  const { latest: given, history } = channel.options
  const path = [...channel.path, 'latest']
  const both = 'A channel keeps a history or the newest values, not both.'
  const conflict = history === undefined ? [] : [{ code, message: both, path }]
  if (given === true) return conflict
  if (!isRecord(given) || !isJson(given)) {
    return [{ code, message: `latest is true, or an object with ${options.join(', ')}.`, path }]
  }
  const found = Object.entries(given).flatMap(([option, value]) => checkOption(option, value, path))
  return [
    ...conflict,
    ...found,
    ...(typeof given.key === 'string' ? checkKey(channel, given.key, context) : []),
  ]
}

function checkOption(option: string, value: unknown, path: readonly string[]): readonly Finding[] {
  const at = [...path, option]
  if (!options.includes(option)) {
    const suggestion = closest(option, options)
    const message = `latest has no option "${option}".`
    return [{ code: 'UNKNOWN_OPTION', message, path: at, at: 'name', ...(suggestion && { suggestion }) }]
  }
  if (value === undefined) return []
  if (option === 'key') {
    return typeof value === 'string' ? [] : [{ code, message: 'key is the name of a property.', path: at }]
  }
  const isValid = Number.isSafeInteger(value) && (value as number) > 0
  return isValid ? [] : [{ code, message: `${option} is a positive whole number.`, path: at }]
}

/** Every message that is kept belongs to a key. */
function checkKey(channel: ChannelModel, key: string, context: RuleContext): readonly Finding[] {
  return channel.messages
    .filter((message) => message.options.history !== false)
    .flatMap((message) => {
      const problem = keyProblem(message.data, key, context)
      if (problem === undefined) return []
      const { message: text, ...rest } = problem
      return [
        { code, message: `"${message.name}": ${text}`, path: [...channel.path, 'latest', 'key'], ...rest },
      ]
    })
}

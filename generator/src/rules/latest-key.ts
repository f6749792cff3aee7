import type { Finding } from '../diagnose/diagnostic.js'
import { closest } from '../diagnose/suggest.js'
import { conversionOf, follow, propertiesOf } from '../lower/parameters.js'
import type { MessageModel } from '../model/model.js'
import type { Rule, RuleContext } from './rule.js'

/** INVALID_KEY: the key of what is replaced is a required string or integer of the payload. */
export const latestKey: Rule = (context) =>
  context.model.routes
    .flatMap((route) => [...route.serverToClient, ...route.channels.flatMap((one) => one.messages)])
    .filter((message) => typeof message.options.key === 'string')
    .flatMap((message) => {
      const problem = problemOf(message, String(message.options.key), context)
      const path = [...message.path, 'key']
      return problem === undefined ? [] : [{ code: 'INVALID_KEY', path, ...problem }]
    })

type Problem = Pick<Finding, 'message' | 'suggestion'>

function problemOf({ options, data }: MessageModel, key: string, context: RuleContext): Problem | undefined {
  if (options.backpressure !== 'latest') {
    return { message: "key has a meaning with backpressure: 'latest' only." }
  }
  return keyProblem(data, key, context)
}

/** Why a property of a payload cannot be a key; undefined when it can. */
export function keyProblem(
  data: MessageModel['data'],
  key: string,
  context: RuleContext,
): Problem | undefined {
  const { definitions } = context.lowered
  const ref = { $ref: `#/$defs/${data === null ? '' : context.lowered.nameOf(data)}` }
  const properties = data === null || data.content ? undefined : propertiesOf(ref, definitions)
  if (properties === undefined) return { message: 'key needs a payload that is an object with properties.' }
  const property = Object.hasOwn(properties, key) ? properties[key] : undefined
  if (property === undefined) {
    const suggestion = closest(key, Object.keys(properties))
    const message = `The payload has no property "${key}".`
    return { message, ...(suggestion !== undefined && { suggestion }) }
  }
  const object = follow(ref, definitions)
  const required = typeof object !== 'boolean' && Array.isArray(object.required) ? object.required : []
  if (!required.includes(key)) return { message: `The property "${key}" is optional, and a key never is.` }
  const conversion = conversionOf(property, definitions)
  const isKey = conversion?.repeated === false && ['string', 'integer'].includes(conversion.to)
  return isKey ? undefined : { message: `The property "${key}" is neither a string nor an integer.` }
}

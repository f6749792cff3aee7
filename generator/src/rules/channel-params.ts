import { parseTemplate } from '@wirepact/protocol'
import type { Finding } from '../diagnose/diagnostic.js'
import { closest } from '../diagnose/suggest.js'
import type { ChannelModel, RouteModel } from '../model/model.js'
import { declaredIn } from './route-params.js'
import type { Rule, RuleContext } from './rule.js'

/** MISSING_CHANNEL_PARAM and UNUSED_PARAM: a channel's params are the parameters of its name. */
export const channelParams: Rule = (context) =>
  context.model.routes.flatMap((route) => route.channels.flatMap((channel) => check(channel, route, context)))

function check(channel: ChannelModel, route: RouteModel, context: RuleContext): readonly Finding[] {
  const declared = channel.params === null ? undefined : declaredIn(channel.params, context)
  if (declared === undefined || typeof channel.options.name !== 'string') return []
  const inName = parseTemplate(channel.options.name).names
  const known = [...declared.map(({ name }) => name), ...parseTemplate(route.template ?? '').names]
  const missing = inName
    .filter((name) => !known.includes(name))
    .map((name) => {
      const message = `The name has the parameter {${name}}, and neither params nor the route's path has it.`
      const suggestion = `params: Type.Object({ ${name}: Type.String() })`
      return { code: 'MISSING_CHANNEL_PARAM', message, path: [...channel.path, 'name'], suggestion }
    })
  const unused = declared
    .filter(({ name }) => !inName.includes(name))
    .map(({ name, path }) => {
      const suggestion = closest(name, inName)
      const message = `params has the property "${name}", and the channel's name has no parameter {${name}}.`
      const finding = { code: 'UNUSED_PARAM', message, path, at: 'name' as const }
      return { ...finding, ...(suggestion !== undefined && { suggestion }) }
    })
  return [...missing, ...unused]
}

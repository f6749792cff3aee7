import { canonicalJson } from '../lower/canonical.js'
import type { ChannelModel } from '../model/model.js'
import type { Rule, RuleContext } from './rule.js'

/** DUPLICATE_CHANNEL: what has one name is one channel, so its content is the same wherever it is declared. */
export const duplicateChannel: Rule = (context) => {
  const firsts = new Map<string, ChannelModel>()
  return context.model.routes.flatMap((route) =>
    route.channels.flatMap((channel) => {
      const form = toForm(channel.options.name)
      const first = form === undefined ? undefined : firsts.get(form)
      if (form !== undefined && first === undefined) firsts.set(form, channel)
      if (first === undefined || contentOf(first, context) === contentOf(channel, context)) return []
      const other = first.path.join('.')
      const message = `This channel has the same name as ${other}, and other content.`
      return [{ code: 'DUPLICATE_CHANNEL', message, path: [...channel.path, 'name'] }]
    }),
  )
}

/** The template without the names of its parameters: two that only differ in those make the same names. */
function toForm(name: unknown): string | undefined {
  return typeof name === 'string' ? name.replace(/\{[^{}/]*\}/g, '{}') : undefined
}

function contentOf(channel: ChannelModel, { lowered }: RuleContext): string {
  const schemaOf = (payload: ChannelModel['presence']) =>
    payload === null ? null : (lowered.definitions.get(lowered.nameOf(payload))?.schema ?? null)
  const messages = channel.messages.map(({ name, data, options }) => [
    name,
    schemaOf(data),
    options.history ?? true,
  ])
  const { history, join, auth } = channel.options
  const { params, presence } = channel
  const rest = [schemaOf(presence), history ?? null, join ?? 'handler', schemaOf(params), auth ?? null]
  return canonicalJson([messages.sort(), ...rest])
}

import { canonicalJson } from '../lower/canonical.js'
import type { ChannelModel, Payload } from '../model/model.js'
import type { RuleContext } from './rule.js'

/** All that a channel is besides its name, as text that is the same for what is the same. */
export function contentOf(channel: ChannelModel, context: RuleContext): string {
  const { history, join, auth, latest } = channel.options
  const { params, presence, presenceOptions } = channel
  const { by, show, graceMs } = presenceOptions ?? {}
  const messages = channel.messages.map(({ name, data, options }) => [
    name,
    payloadOf(data, context),
    options.history ?? true,
    options.backpressure ?? 'close',
    options.key ?? null,
  ])
  return canonicalJson([
    messages.sort(),
    payloadOf(presence, context),
    [by ?? 'connection', show ?? null, graceMs ?? 0],
    [history ?? null, latest ?? null, join ?? 'handler', auth ?? null],
    payloadOf(params, context),
  ])
}

/** What a payload may be, as text that is the same for what is the same. */
export function payloadOf(payload: Payload | null, { lowered }: RuleContext): string {
  if (payload === null) return canonicalJson(null)
  const schema = lowered.definitions.get(lowered.nameOf(payload))?.schema ?? null
  return canonicalJson([payload.content ?? null, payload.options?.maxBytes ?? null, schema])
}

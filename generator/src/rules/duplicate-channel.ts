import { parseTemplate } from '@wirepact/protocol'
import type { Finding } from '../diagnose/diagnostic.js'
import { contentOf, payloadOf } from './channel-content.js'
import {
  type Meeting,
  meetingsAcross,
  meetingsWithin,
  type NamedChannel,
  namedChannels,
  ownerOf,
} from './channel-names.js'
import type { Rule, RuleContext } from './rule.js'

const code = 'DUPLICATE_CHANNEL'

/**
 * DUPLICATE_CHANNEL: on its route every name belongs to one channel, and what has one name on several routes is one
 * channel, so its content is the same wherever it is declared.
 */
export const duplicateChannel: Rule = (context) => {
  const named = namedChannels(context.model)
  const across = meetingsAcross(named)
  const shared = across.filter((meeting) => meeting.isSame)
  return [
    ...firstOfEach(meetingsWithin(named).filter((one) => !isClear(one, named))).map((one) =>
      describeUnclear(one, named),
    ),
    ...firstOfEach(shared).flatMap((one) => compareContent(one, context)),
    ...across.filter((meeting) => !meeting.isSame).flatMap((one) => compareMessages(one, context)),
  ]
}

/** A channel is compared with the first one that it meets. */
function firstOfEach(meetings: readonly Meeting[]): readonly Meeting[] {
  return [...new Map(meetings.toReversed().map((one) => [one.second, one])).values()].reverse()
}

/** Whether one of the two is more specific, or a third channel has all names that both fit. */
function isClear({ first, second, common, isSame }: Meeting, named: readonly NamedChannel[]): boolean {
  if (isSame) return false
  const sizes = [first, second].map(({ template }) => template.names.length)
  if (sizes.includes(common.names.length)) return true
  const owner = ownerOf(common, first.route, named)
  return owner !== first && owner !== second
}

function describeUnclear(
  { first, second, common, isSame }: Meeting,
  named: readonly NamedChannel[],
): Finding {
  const other = `${first.channel.path.join('.')} ("${first.template.source}")`
  const message = isSame
    ? `This channel has the same names as ${other}, which nothing tells apart.`
    : `The name ${common.source} fits this channel and ${other}, and neither of them is more specific: begin one with other text.`
  const suggestion = suggestName(second, named)
  const path = [...second.channel.path, 'name']
  return { code, message, path, ...(suggestion !== undefined && { suggestion }) }
}

/** A name that begins with what the channel is called, and that is clear beside all others of the route. */
function suggestName(one: NamedChannel, named: readonly NamedChannel[]): string | undefined {
  const { channel, route, template } = one
  const [first = '', ...more] = template.source.split('/')
  const replaced = first.startsWith('{') ? [] : [[channel.name, ...more].join('/')]
  const others = named.filter((other) => other !== one && other.route === route)
  return [...replaced, `${channel.name}/${template.source}`].find((name) => {
    const meant = { ...one, template: parseTemplate(name) }
    const all = [...others, meant]
    return meetingsWithin(all).every((meeting) => meeting.second !== meant || isClear(meeting, all))
  })
}

function compareContent({ first, second }: Meeting, context: RuleContext): readonly Finding[] {
  if (contentOf(first.channel, context) === contentOf(second.channel, context)) return []
  const other = first.channel.path.join('.')
  const message = `This channel has the same name as ${other}, and other content.`
  return [{ code, message, path: [...second.channel.path, 'name'] }]
}

/** Members on either route are sent what is published on the other one. */
function compareMessages({ first, second, common }: Meeting, context: RuleContext): readonly Finding[] {
  return second.channel.messages.flatMap(({ name, data, path }) => {
    const other = first.channel.messages.find((message) => message.name === name)
    if (other === undefined || payloadOf(other.data, context) === payloadOf(data, context)) return []
    const at = first.channel.path.join('.')
    const message = `The channel ${common.source} is one on all routes, and "${name}" has another payload at ${at}.`
    return [{ code, message, path }]
  })
}

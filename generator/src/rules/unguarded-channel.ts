import type { Finding } from '../diagnose/diagnostic.js'
import { authOf } from '../lower/common-options.js'
import { type Meeting, meetingsAcross, type NamedChannel, namedChannels } from './channel-names.js'
import type { Rule } from './rule.js'

/**
 * UNGUARDED_CHANNEL: a name is one channel on all routes, so a guard on one of them keeps nobody out who may subscribe
 * to the same name on another. What is declared alike on both is shared on purpose.
 */
export const unguardedChannel: Rule = ({ model }) => {
  const meetings = meetingsAcross(namedChannels(model)).filter((meeting) => !meeting.isSame)
  const gaps = meetings.flatMap(toGap)
  const open = [...new Set(gaps.map((gap) => gap.open))]
  return open.map((one) =>
    describe(
      one,
      gaps.filter((gap) => gap.open === one),
    ),
  )
}

/** A channel that lets in whom another one keeps out of the same names. */
interface Gap {
  readonly open: NamedChannel
  readonly guarded: NamedChannel
  readonly names: string
}

function toGap({ first, second, common }: Meeting): readonly Gap[] {
  const difference = closednessOf(first) - closednessOf(second)
  if (difference === 0) return []
  const [open, guarded] = difference < 0 ? [first, second] : [second, first]
  return [{ open, guarded, names: common.source }]
}

/** 0 for whoever connects, 1 for everybody who was granted anything, 2 for some. */
function closednessOf({ route, channel }: NamedChannel): 0 | 1 | 2 {
  if (channel.options.join !== 'open') return 2
  const { auth } = authOf([...route.routers.map(({ options }) => options), route.options, channel.options])
  if (auth === undefined) return 0
  return auth === 'required' ? 1 : 2
}

function describe(open: NamedChannel, gaps: readonly Gap[]): Finding {
  const [gap] = gaps
  const more = gaps.length === 1 ? '' : ` (and ${gaps.length - 1} more)`
  const at = gap?.guarded.channel.path.join('.')
  const who = closednessOf(open) === 0 ? 'Whoever connects' : 'Everybody who was granted anything'
  const message = `${who} may subscribe to ${gap?.names} here, and not to the same channel at ${at}${more}.`
  const isForAnybodyGranted = gaps.every(({ guarded }) => closednessOf(guarded) === 1)
  const suggestion = isForAnybodyGranted ? "auth: 'required'" : "join: 'guarded'"
  return { code: 'UNGUARDED_CHANNEL', message, path: [...open.channel.path, 'join'], suggestion }
}

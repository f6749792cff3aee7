import type { ChannelModel } from '../model/model.js'
import type { Rule } from './rule.js'

/** INVALID_PRESENCE: members tell about themselves exactly where others see who they are. */
export const presence: Rule = ({ model }) =>
  model.routes.flatMap((route) =>
    route.channels.flatMap((channel) => {
      const message = problemOf(channel)
      return message === undefined
        ? []
        : [{ code: 'INVALID_PRESENCE', message, path: [...channel.path, 'presence'] }]
    }),
  )

function problemOf({ presence, presenceOptions }: ChannelModel): string | undefined {
  if (presenceOptions === undefined) return undefined
  const { show, graceMs } = presenceOptions
  if (graceMs !== undefined && !(Number.isSafeInteger(graceMs) && Number(graceMs) >= 0)) {
    return 'graceMs is a whole number of milliseconds, from 0 on.'
  }
  if (show === 'count' && presence !== null)
    return "With show: 'count' nobody sees what members tell: leave data out."
  if (show !== 'count' && presence === null) return 'presence() needs data: the schema of what members tell.'
  return undefined
}

import type { Rule } from './rule.js'

/** MISPLACED_HISTORY: only channels have history; on a message of a route the option would do nothing. */
export const misplacedHistory: Rule = ({ model }) =>
  model.routes
    .flatMap((route) => [...route.clientToServer, ...route.serverToClient])
    .filter((message) => message.kind === 'event' && message.options.history !== undefined)
    .map(({ name, path }) => ({
      code: 'MISPLACED_HISTORY',
      message: `"${name}" is no message of a channel: only those are kept.`,
      path: [...path, 'history'],
      at: 'name',
    }))

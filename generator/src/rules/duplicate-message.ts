import type { Rule } from './rule.js'

/** DUPLICATE_MESSAGE: a name is used in one direction only, since both ends use it as a word of their own. */
export const duplicateMessage: Rule = ({ model }) =>
  model.routes.flatMap((route) => {
    const sent = new Set(route.clientToServer.map((message) => message.name))
    return route.serverToClient
      .filter((message) => sent.has(message.name))
      .map(({ name, path }) => ({
        code: 'DUPLICATE_MESSAGE',
        message: `The route "${route.name}" has the message "${name}" in both directions.`,
        path,
        at: 'name',
      }))
  })

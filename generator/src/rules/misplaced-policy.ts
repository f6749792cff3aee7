import type { Finding } from '../diagnose/diagnostic.js'
import type { MessageModel } from '../model/model.js'
import type { Rule } from './rule.js'

/** What each option is about: what clients send, or what the server sends. */
const ofClients = ['rateLimit', 'delivery', 'idempotent', 'auth']
const ofServer = ['backpressure', 'key']

/** MISPLACED_POLICY: a policy on a message that goes the other way would silently do nothing. */
export const misplacedPolicy: Rule = ({ model }) =>
  model.routes.flatMap((route) => [
    ...route.clientToServer.flatMap((message) => misplaced(message, ofServer, 'clients send')),
    ...route.serverToClient.flatMap((message) => misplaced(message, ofClients, 'the server sends')),
    ...route.channels.flatMap((channel) =>
      channel.messages.flatMap((message) => misplaced(message, ofClients, 'is published')),
    ),
  ])

function misplaced(
  { name, path, options }: MessageModel,
  others: readonly string[],
  sent: string,
): readonly Finding[] {
  return others
    .filter((option) => options[option] !== undefined)
    .map((option) => {
      const due = others === ofServer ? 'what the server sends' : 'what clients send'
      const message = `${option} is for ${due}; "${name}" is what ${sent}.`
      return { code: 'MISPLACED_POLICY', message, path: [...path, option], at: 'name' }
    })
}

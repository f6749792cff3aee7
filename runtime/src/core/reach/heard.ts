import { type MaybePromise, toErrorBody, toWirepactError } from '@wirepact/protocol'
import type { Core } from '../core.js'
import { fromPayload, type NodeMessage, toPayload } from './nodes.js'
import { findAsked, sayHere } from './recipients.js'
import { revokeHere } from './revoke.js'

type Ask = Extract<NodeMessage, { readonly kind: 'ask' }>

/** Does what another node says. What this version of the server does not know is ignored. */
export function hear(core: Core, message: NodeMessage, from: string): MaybePromise<unknown> {
  switch (message.kind) {
    case 'revoke':
      return revokeHere(core, message.target, message.reason)
    case 'say':
      return sayFor(core, message)
    case 'ask':
      return askFor(core, message, from)
    case 'answer':
      return core.remoteCalls.answered(message.id, message.payload, message.error)
    default:
      return undefined
  }
}

function sayFor(core: Core, { said }: Extract<NodeMessage, { readonly kind: 'say' }>): void {
  const { name, target, payload } = said
  const route = core.findRoute(said.route)
  const definition = route?.definition.sends[name]
  if (route === undefined || definition?.kind !== 'event') return
  sayHere({ core, route, target, name, definition, data: fromPayload(payload) })
}

/** Asks a client of this node for another one, which is told what became of it. */
async function askFor(core: Core, { id, asked, timeoutMs }: Ask, from: string): Promise<void> {
  const { name, target, payload } = asked
  const route = core.findRoute(asked.route)
  const definition = route?.definition.sends[name]
  if (route === undefined || definition?.kind !== 'request') return
  const connection = findAsked(core, route, target)
  if (connection === undefined) return
  try {
    connection.access.require(definition.auth)
    const input = fromPayload(payload)
    const output = await connection.questions.ask({ name, definition, input }, { timeoutMs })
    await core.nodes.tell({ kind: 'answer', id, payload: toPayload(output) }, from)
  } catch (thrown) {
    await core.nodes.tell({ kind: 'answer', id, error: toErrorBody(toWirepactError(thrown)) }, from)
  }
}

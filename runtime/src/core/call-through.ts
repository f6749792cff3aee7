import type { ReceivedMessage } from '../middleware/middleware.js'
import { runChain, stopped } from './chain.js'
import type { Connection } from './connection.js'
import type { ConnectionContext } from './context.js'
import { runHandler } from './run-handler.js'
import type { Stages } from './stages.js'

export type MessageStages = NonNullable<Stages['messages']>

/** A message on its way to its handler, with what that is given. */
interface Call {
  readonly said: ReceivedMessage
  readonly context: ConnectionContext
}

/** Calls the handler of a message through the middleware around it. An event that is stopped is swallowed. */
export function callThrough(
  connection: Connection,
  messages: MessageStages,
  { said, context }: Call,
): unknown {
  const end = () => runHandler(connection, said.name, context, said.data)
  const steps = messages.get(said.name)
  if (steps === undefined) return end()
  const stop = said.kind === 'event' ? () => undefined : stopped
  return runChain({ steps, call: (step, next) => step(context, said, next), end, stop })
}

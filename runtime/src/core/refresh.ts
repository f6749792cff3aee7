import { closeCodes, toErrorBody, WirepactError } from '@wirepact/protocol'
import { toClosing } from './closing.js'
import type { Connection } from './connection.js'
import { RefreshContext } from './context.js'
import { runHandler } from './run-handler.js'
import { runStage } from './stages.js'
import { readTerms } from './terms.js'

/** Whether somebody here decides about a fresh credential of this connection. */
function takesRefresh(connection: Connection): boolean {
  const { isGuarded, stages } = connection.admission.route
  return isGuarded && (stages.refresh.length > 0 || hasHandler(connection))
}

/** A message of this name has the handler, on a route that was not generated. */
function hasHandler({ admission, handlers }: Connection): boolean {
  return typeof handlers.refresh === 'function' && !admission.route.receives.has('refresh')
}

/** Asks the client for a fresh credential, where it can be asked and somebody takes it. */
export function askToRefresh(connection: Connection, withinMs: number): void {
  if (connection.canRefresh && takesRefresh(connection)) connection.sendFrame(['refresh', withinMs])
}

/** Lets the handler decide about a fresh credential. One that is refused ends the connection. */
export async function answerRefresh(connection: Connection, id: number, token: string | null): Promise<void> {
  if (!takesRefresh(connection))
    throw new WirepactError('UNKNOWN_MESSAGE', 'This route takes no credential but that of hello.')
  connection.access.requireRefreshInTime()
  const context = new RefreshContext(connection)
  try {
    await decide(connection, context, token ?? undefined)
  } catch (thrown) {
    context.undo()
    return refuse(connection, id, thrown)
  }
  connection.token = token ?? undefined
  connection.sendFrame(['reply', id, null])
}

function decide(connection: Connection, context: RefreshContext, token: string | undefined): unknown {
  const end = () => (hasHandler(connection) ? runHandler(connection, 'refresh', context, token) : undefined)
  const steps = connection.admission.route.stages.refresh
  if (steps.length === 0) return end()
  return runStage({ steps, call: (step, next) => step(context, token, next), end })
}

/**
 * What the server's own code refuses ends the connection, whatever code it gave. What went wrong says nothing about
 * the credential: then the connection goes on as it was.
 */
function refuse(connection: Connection, id: number, thrown: unknown): void {
  const isMeant = thrown instanceof WirepactError && readTerms(thrown) !== undefined
  const error = isMeant ? thrown : connection.core.toPublicError(thrown, connection, 'refresh')
  connection.sendFrame(['error', id, toErrorBody(error)])
  const { code, reason } = toClosing(error)
  if (isMeant || code !== closeCodes.INTERNAL_ERROR) connection.end(code, reason)
}

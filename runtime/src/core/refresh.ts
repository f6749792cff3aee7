import { closeCodes, toErrorBody, WirepactError } from '@wirepact/protocol'
import { toClosing } from './closing.js'
import type { Connection } from './connection.js'
import { runHandler } from './run-handler.js'

/** Whether somebody here decides about a fresh credential of this connection. */
export function takesRefresh({ admission, handlers }: Connection): boolean {
  const { route } = admission
  return route.isGuarded && !route.receives.has('refresh') && typeof handlers.refresh === 'function'
}

/** Asks the client for a fresh credential, where it can be asked and somebody takes it. */
export function askToRefresh(connection: Connection, withinMs: number): void {
  if (connection.canRefresh && takesRefresh(connection)) connection.sendFrame(['refresh', withinMs])
}

/** Lets the handler decide about a fresh credential. One that is refused ends the connection. */
export async function answerRefresh(connection: Connection, id: number, token: string | null): Promise<void> {
  if (!takesRefresh(connection))
    throw new WirepactError('UNKNOWN_MESSAGE', 'This route takes no credential but that of hello.')
  try {
    await runHandler(connection, 'refresh', connection.context, token ?? undefined)
  } catch (thrown) {
    return refuse(connection, id, thrown)
  }
  connection.token = token ?? undefined
  connection.sendFrame(['reply', id, null])
}

/** What went wrong says nothing about the credential: then the connection goes on as it was. */
function refuse(connection: Connection, id: number, thrown: unknown): void {
  const error = connection.core.toPublicError(thrown, connection, 'refresh')
  connection.sendFrame(['error', id, toErrorBody(error)])
  const { code, reason } = toClosing(error)
  if (code !== closeCodes.INTERNAL_ERROR) connection.end(code, reason)
}

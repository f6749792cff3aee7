import { WirepactError } from '@wirepact/protocol'
import type { Connection } from './connection.js'
import { runHandler } from './run-handler.js'
import { runStage, type Stages } from './stages.js'
import type { Transport } from './transport.js'

/**
 * Reads where the session stands, and lets the connect handler run; what comes in meanwhile waits. Throws what refuses
 * the connection; `resumes` says whether the client has presented its session.
 */
export async function letIn(connection: Connection, transport: Transport, resumes: boolean): Promise<void> {
  const { route, upgrade } = connection.admission
  const since = upgrade?.since ?? connection.core.revocations.now
  if (resumes) await requireSession(connection, transport)
  connection.handlers = route.createHandlers()
  const { connect } = connection.handlers
  const steps = route.stages.connect
  if (upgrade?.granted !== undefined) connection.access.grant(upgrade.granted)
  if (route.acknowledges || connect !== undefined || steps.length > 0) transport.pause()
  if (route.acknowledges) connection.acked = await connection.core.sessions.begin(connection.origin)
  if (steps.length > 0) await connectThrough(connection, steps)
  else if (connect !== undefined) await runHandler(connection, 'connect', connection.context)
  const revoked = connection.core.revocations.find(connection.access.user, since)
  if (revoked !== undefined) await refuseRevoked(connection, revoked)
  connection.access.require(route.definition.auth)
}

/** Access was taken back from the user while the connection was nobody's yet. Throws `REVOKED`. */
async function refuseRevoked({ core, origin }: Connection, reason: string): Promise<never> {
  await core.sessions.revoke(origin)
  throw new WirepactError('REVOKED', reason)
}

/** Throws `REVOKED`. */
async function requireSession({ core, origin }: Connection, transport: Transport): Promise<void> {
  transport.pause()
  if (await core.sessions.isRevoked(origin)) throw new WirepactError('REVOKED', 'The session was revoked.')
}

function connectThrough(connection: Connection, steps: Stages['connect']): Promise<unknown> {
  const { context, handlers } = connection
  const end = () => (handlers.connect === undefined ? undefined : runHandler(connection, 'connect', context))
  return runStage({ steps, call: (step, next) => step(context, next), end })
}

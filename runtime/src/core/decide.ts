import { WirepactError } from '@wirepact/protocol'
import type { Presentation } from './admission.js'
import type { Environment } from './environment.js'
import type { Limits } from './limits.js'
import { Upgrade } from './upgrade.js'
import { within } from './within.js'

/** Around a decision: what time it is, how long it may take, and who would rather not wait. */
export interface DecideOptions {
  readonly environment: Environment
  readonly limits: Limits
  /** The moment, as revocations count them. */
  readonly since: number
  /** Aborted when the client has gone; undefined where nobody looks. */
  readonly gone: AbortSignal | undefined
}

/**
 * What the middleware of a route says about a connection; undefined where there is none. It has as long for it as a
 * handshake has. Throws `HANDSHAKE_TIMEOUT`, and what the middleware throws.
 */
export async function decide(
  presentation: Presentation,
  options: DecideOptions,
): Promise<Upgrade | undefined> {
  if (presentation.route.stages.upgrade.length === 0) return undefined
  const { environment, limits, since, gone } = options
  const upgrade = new Upgrade(presentation, { maxUserLength: limits.maxUserLength, since })
  gone?.addEventListener('abort', () => upgrade.abandon(), { once: true })
  const late = () => {
    upgrade.abandon()
    return new WirepactError('HANDSHAKE_TIMEOUT', 'The server took too long to decide.')
  }
  await within(upgrade.decide(), { clock: environment.clock, limitMs: limits.handshakeTimeoutMs, late })
  return upgrade
}

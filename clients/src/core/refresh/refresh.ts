import { toWirepactError } from '@wirepact/protocol/client'
import { defaultCallTimeoutMs } from '../../options.js'
import { limit } from '../connection/limit.js'
import type { Core } from '../core.js'
import type { Frames } from '../frames.js'

/** The feature `refresh`: a fresh credential for a connection that stays open. */
export function refresh(core: Core): void {
  const { auth, frames, hello, tell, user } = core
  const refreshNow = async () => {
    const { status } = core
    const token = (await auth?.()) ?? null
    const isStill = status.state === 'open' && core.status === status
    if (isStill) await core.call((id) => ['refresh', id, token])
    else await open(core)
  }
  hello.refresh = auth !== undefined
  user.refresh = refreshNow
  const own: Frames = { refresh: () => refreshNow().catch((thrown) => tell(toWirepactError(thrown))) }
  Object.assign(frames, own)
}

/** A new connection brings a credential of its own, which is no older; it is waited for as long as for an answer. */
function open({ callTimeoutMs = defaultCallTimeoutMs, clock, user }: Core): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = limit(clock, { timeoutMs: callTimeoutMs }, reject)
    const ready = user.ready as () => Promise<void>
    void ready().then(resolve, reject).finally(stop)
  })
}

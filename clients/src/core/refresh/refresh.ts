import { toWirepactError } from '@wirepact/protocol'
import type { Core } from '../core.js'
import type { Frames } from '../frames.js'

/** The feature `refresh`: a fresh credential for a connection that stays open. */
export function refresh({ auth, call, frames, hello, tell, user }: Core): void {
  const refreshNow = async () => {
    const token = (await auth?.()) ?? null
    await call((id) => ['refresh', id, token])
  }
  hello.refresh = auth !== undefined
  user.refresh = refreshNow
  const own: Frames = { refresh: () => refreshNow().catch((thrown) => tell(toWirepactError(thrown))) }
  Object.assign(frames, own)
}

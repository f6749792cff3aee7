import { WirepactError } from '@wirepact/protocol'
import type { Core } from '../core.js'
import type { Frames } from '../frames.js'

/** The feature `refresh`: a fresh credential for a connection that stays open. */
export function refresh({ auth, frames, hello, outbox, tell, user }: Core): void {
  const refreshNow = async () => {
    const token = (await auth?.()) ?? null
    await outbox.call((id) => ['refresh', id, token])
  }
  hello.push(() => ({ refresh: auth !== undefined }))
  user.refresh = refreshNow
  const own: Frames = { refresh: () => refreshNow().catch((thrown) => tell(WirepactError.from(thrown))) }
  Object.assign(frames, own)
}

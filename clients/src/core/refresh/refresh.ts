import { WirepactError } from '@wirepact/protocol'
import type { Part, PartPorts } from '../part.js'

/** The feature `refresh`: a fresh credential for a connection that stays open. */
export const refresh = ({ auth, calls, tell }: PartPorts): Part => {
  const refreshNow = async () => {
    const token = (await auth?.()) ?? null
    await calls.call((id) => ['refresh', id, token])
  }
  return {
    hello: () => ({ refresh: auth !== undefined }),
    members: { refresh: refreshNow },
    received(frame) {
      if (frame[0] === 'refresh') refreshNow().catch((thrown) => tell(WirepactError.from(thrown)))
      return false
    },
  }
}

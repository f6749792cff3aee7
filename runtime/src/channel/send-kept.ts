import type { Publication } from '../engine/engine.js'
import { encodePublication, encodeSkip } from './encode.js'
import type { Hub } from './hub.js'
import { isExcepted, type Membership } from './membership.js'

/**
 * Sends a member what was read for it. All newest values together may be more than may wait for a connection, and
 * there are no fewer of them the next time: those follow as there is room. Undefined when everything was sent at
 * once; else resolves with whether it was, which it was not when the membership ended or began to read anew.
 */
export function sendKept(
  hub: Hub,
  membership: Membership,
  publications: readonly Publication[],
): Promise<boolean> | undefined {
  const { connection, reading } = membership
  const isPaced = hub.ref.channel.retention?.latest
  for (const [index, publication] of publications.entries()) {
    send(hub, membership, publication)
    const room = isPaced && index < publications.length - 1 ? connection.room() : undefined
    if (room === undefined) continue
    return room.then(() => {
      if (membership.ended || membership.reading !== reading) return false
      return sendKept(hub, membership, publications.slice(index + 1)) ?? true
    })
  }
  return undefined
}

function send(hub: Hub, { connection }: Membership, publication: Publication): void {
  if (!isExcepted(publication, connection)) return connection.send(encodePublication(hub, publication))
  connection.send(encodeSkip(hub.nameJson, publication.offset as number))
}

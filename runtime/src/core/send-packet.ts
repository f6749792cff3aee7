import { closeCodes } from '@wirepact/protocol'
import type { Connection } from './connection.js'
import type { Packet } from './packet.js'
import type { Transport } from './transport.js'

/**
 * Sends on the transport of an open connection, or ends one that takes its messages too slowly. A publication comes
 * through here once for every member, so it touches nothing of a member but the connection and its transport.
 */
export function sendPacket(packet: Packet, connection: Connection, transport: Transport): void {
  const { limits, counters } = connection.core
  if (packet.slack !== undefined && connection.outgoing.isTaken(packet, packet.slack)) return
  if (transport.bufferedBytes > limits.maxBufferedBytes) {
    return connection.abandon(closeCodes.SLOW_CONSUMER, 'The connection takes its messages too slowly.')
  }
  counters.sent++
  connection.activity++
  transport.send(packet)
}

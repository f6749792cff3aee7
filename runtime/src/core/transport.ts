import type { Disconnect } from '../types.js'
import type { Packet } from './packet.js'

/** The way out of one connection. It knows bytes and sockets; it does not know what a frame means. */
export interface Transport {
  /** Sends within this turn of the event loop, in the order of the calls. Never throws; does nothing when closed. */
  send(packet: Packet): void
  /** Bytes that were accepted and have not left this process. */
  readonly bufferedBytes: number
  /** Calls back once, when what was accepted so far has left; never when the connection ends before. */
  whenDrained(run: () => void): void
  /** Sends what is queued, then says goodbye. */
  close(code: number, reason: string): void
  /** Lets go at once, without a goodbye. */
  terminate(): void
  /** Asks for a sign of life by a control frame (RFC 6455, section 5.5.2); the answer is the receiver's `pong`. */
  ping(): void
  /** Asks the other end to wait; what is on its way already may still arrive. */
  pause(): void
  resume(): void
}

/** The way in. The host calls `closed` exactly once, last. */
export interface Receiver {
  text(message: string): void
  binary(message: Uint8Array): void
  pong(): void
  /** Something is wrong with the connection, which ends then. */
  failed(error: Error): void
  closed(end: Disconnect): void
}

import type { DevicePeer } from './generated/server.js'

/** The devices that are connected, by id, and how to ask each. */
export class Devices {
  readonly #peers = new Map<string, DevicePeer>()

  get ids(): string[] {
    return [...this.#peers.keys()].sort()
  }

  find(deviceId: string): DevicePeer | undefined {
    return this.#peers.get(deviceId)
  }

  add(deviceId: string, peer: DevicePeer): void {
    this.#peers.set(deviceId, peer)
  }

  /** A device that came back is on another connection already: the end of the old one says nothing. */
  remove(deviceId: string, peer: DevicePeer): void {
    if (this.#peers.get(deviceId) === peer) this.#peers.delete(deviceId)
  }
}

import type { Engine, EngineListener, PresenceEvent, Publication } from '../engine/engine.js'
import { Hub } from './hub.js'

/** The channels that this node has members in. A channel is attached to the engine while it has any. */
export class Hubs implements EngineListener {
  readonly #engine: Engine
  readonly #hubs = new Map<string, Hub>()
  readonly #failed: (error: unknown, channel: string) => void

  constructor(engine: Engine, failed: (error: unknown, channel: string) => void) {
    this.#engine = engine
    this.#failed = failed
  }

  get size(): number {
    return this.#hubs.size
  }

  find(name: string): Hub | undefined {
    return this.#hubs.get(name)
  }

  /** The hub of this name, made when there is none; `attached` settles when the engine knows about it. */
  open(name: string): Hub {
    const known = this.#hubs.get(name)
    if (known !== undefined) return known
    const hub = new Hub(name)
    this.#hubs.set(name, hub)
    hub.attached = this.#attach(name)
    hub.attached.catch(() => this.#forget(hub))
    return hub
  }

  /** Lets go of a hub that has no members left. */
  release(hub: Hub): void {
    if (hub.size > 0 || this.#hubs.get(hub.name) !== hub) return
    this.#forget(hub)
    this.#detach(hub.name).catch((error: unknown) => this.#failed(error, hub.name))
  }

  publication(channel: string, publication: Publication): void {
    this.#hubs.get(channel)?.publication(publication)
  }

  presence(channel: string, event: PresenceEvent): void {
    this.#hubs.get(channel)?.presence(event)
  }

  async #attach(name: string): Promise<void> {
    await this.#engine.attach(name)
  }

  async #detach(name: string): Promise<void> {
    await this.#engine.detach(name)
  }

  #forget(hub: Hub): void {
    if (this.#hubs.get(hub.name) === hub) this.#hubs.delete(hub.name)
  }
}

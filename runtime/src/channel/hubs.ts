import type { MaybePromise } from '@wirepact/protocol'
import type { Observer } from '../core/observer.js'
import type { Engine, EngineListener, PresenceEvent, Publication } from '../engine/engine.js'
import { type ChannelRef, toObservedChannel } from './channel-ref.js'
import { Hub } from './hub.js'

/** What the hubs cannot do by themselves. */
export interface HubsListener {
  /** The engine failed to let go of a channel. */
  failed(error: unknown, channel: string): void
  /** The channel's history was cleared: its members have to begin anew. */
  cleared(hub: Hub): void
  /** Who is in the channel has changed, and its members are only told how many they are. */
  changed(hub: Hub): void
  /** The engine may have missed something: every member has to begin anew. */
  interrupted(): void
  /** A publication of a channel that nobody is a member of. */
  unclaimed(channel: string, publication: Publication): void
  /** A publication goes to the members on this node; absent when nobody wants to know. */
  readonly delivered?: NonNullable<Observer['delivered']>
}

/** The channels that this node has members in. A channel is attached to the engine while it has any. */
export class Hubs implements EngineListener {
  readonly #engine: Engine
  readonly #hubs = new Map<string, Hub>()
  readonly #listener: HubsListener
  /** By channel, what the engine was told last and has not answered. */
  readonly #turns = new Map<string, Promise<void>>()
  #lastSerial = 0

  constructor(engine: Engine, listener: HubsListener) {
    this.#engine = engine
    this.#listener = listener
  }

  get size(): number {
    return this.#hubs.size
  }

  /** In the order in which they were opened. */
  get all(): Iterable<Hub> {
    return this.#hubs.values()
  }

  find(name: string): Hub | undefined {
    return this.#hubs.get(name)
  }

  /** The hub of this name, made when there is none; `attached` settles when the engine knows about it. */
  open(ref: ChannelRef): Hub {
    const known = this.#hubs.get(ref.name)
    if (known !== undefined) return known
    const hub = new Hub(ref, ++this.#lastSerial)
    this.#hubs.set(ref.name, hub)
    hub.attached = this.#inTurn(ref.name, () => this.#engine.attach(ref.name))
    hub.attached.catch(() => this.#forget(hub))
    return hub
  }

  /** Lets go of a hub that has no members left. */
  release(hub: Hub): void {
    if (hub.size > 0 || this.#hubs.get(hub.name) !== hub) return
    this.#forget(hub)
    const detached = this.#inTurn(hub.name, () => this.#engine.detach(hub.name))
    detached.catch((error: unknown) => this.#listener.failed(error, hub.name))
  }

  publication(channel: string, publication: Publication): void {
    const hub = this.#hubs.get(channel)
    if (hub === undefined) return this.#listener.unclaimed(channel, publication)
    hub.publication(publication)
    const { delivered } = this.#listener
    delivered?.({ channel: toObservedChannel(hub.ref), name: publication.name }, hub.count(publication))
  }

  presence(channel: string, event: PresenceEvent): void {
    const hub = this.#hubs.get(channel)
    if (hub?.ref.channel.definition.roster?.show === 'count') this.#listener.changed(hub)
    else hub?.presence(event)
  }

  cleared(channel: string): void {
    const hub = this.#hubs.get(channel)
    if (hub !== undefined) this.#listener.cleared(hub)
  }

  interrupted(): void {
    this.#listener.interrupted()
  }

  /** A slow engine must not be told to let go of a channel and then do so after it was told to take it up again. */
  async #inTurn(channel: string, tell: () => MaybePromise<void>): Promise<void> {
    const before = this.#turns.get(channel)
    const turn = before === undefined ? tell() : before.then(tell)
    if (turn === undefined) return
    const settled = turn.then(
      () => undefined,
      () => undefined,
    )
    this.#turns.set(channel, settled)
    try {
      await turn
    } finally {
      if (this.#turns.get(channel) === settled) this.#turns.delete(channel)
    }
  }

  #forget(hub: Hub): void {
    if (this.#hubs.get(hub.name) === hub) this.#hubs.delete(hub.name)
  }
}

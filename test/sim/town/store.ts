import type { Position } from '@wirepact/protocol'
import { type Draft, type EngineListener, memoryEngine, type PresenceEntry } from '@wirepact/runtime'
import type { Truth } from '../disk.js'
import type { Prng } from '../prng.js'
import type { VirtualTime } from '../virtual-time.js'
import { StoreNode } from './store-node.js'

/** How long the members of a node that has died stay. */
const lifetimeMs = 3_000

/** What every server of the town shares, and what outlives them: histories, presence, sessions. */
export class Store {
  readonly engine: ReturnType<typeof memoryEngine> = memoryEngine({
    createEpoch: () => `e${++this.#epochs}`,
    clock: { now: () => this.time.now },
  })
  readonly time: VirtualTime
  readonly prng: Prng
  /** By channel, epoch and offset. */
  readonly #truth = new Map<string, Truth>()
  /** By channel. */
  readonly #newest = new Map<string, Position>()
  readonly #nodes = new Set<StoreNode>()
  /** By channel and entry, the node that it goes with. */
  readonly #owners = new Map<string, StoreNode>()
  /** The node whose own act is being told: it hears of it before it is answered. */
  #actor: StoreNode | undefined
  #epochs = 0

  constructor(time: VirtualTime, prng: Prng) {
    this.time = time
    this.prng = prng
    this.engine.open('store', {
      publication: (channel, publication) =>
        this.#tell(channel, (listener) => listener.publication(channel, publication)),
      presence: (channel, event) => this.#tell(channel, (listener) => listener.presence(channel, event)),
      cleared: (channel) => this.#tell(channel, (listener) => listener.cleared?.(channel)),
    })
  }

  /** The engine of one life of one server. `advanced` hears which session has moved on. */
  mount(isAlive: () => boolean, advanced: (session: string) => void): StoreNode {
    const node = new StoreNode(this, { isAlive, advanced })
    this.#nodes.add(node)
    return node
  }

  /** A node that died is found out after a while, one that closes says so. */
  gone(node: StoreNode, hasDied: boolean): void {
    this.#nodes.delete(node)
    if (hasDied) this.time.after(lifetimeMs, () => this.expel(node))
    else this.expel(node)
  }

  /** Takes the members of a node out. */
  expel(node: StoreNode): void {
    for (const [key, owner] of [...this.#owners]) {
      if (owner === node) this.leave(node, ...(key.split('\n') as [string, string]))
    }
  }

  /** Does what a node asks for. */
  act<T>(node: StoreNode, work: () => T): T {
    this.#actor = node
    try {
      return work()
    } finally {
      this.#actor = undefined
    }
  }

  enter(node: StoreNode, channel: string, entry: PresenceEntry): void {
    this.#owners.set(`${channel}\n${entry.connection}`, node)
    this.engine.enter(channel, entry)
  }

  leave(node: StoreNode, channel: string, connection: string): void {
    const key = `${channel}\n${connection}`
    if (this.#owners.get(key) !== node) return
    this.#owners.delete(key)
    this.engine.leave(channel, connection)
  }

  remember(channel: string, { epoch, offset }: { epoch: string; offset: number }, draft: Draft): void {
    const { text } = JSON.parse(draft.data) as { text: string }
    this.#newest.set(channel, [epoch, offset])
    this.#truth.set(`${channel} ${epoch} ${offset}`, {
      text,
      except: draft.except ?? [],
      to: draft.to,
      at: draft.at,
    })
  }

  find(channel: string, epoch: string, offset: number): Truth | undefined {
    return this.#truth.get(`${channel} ${epoch} ${offset}`)
  }

  newest(channel: string): Position | undefined {
    return this.#newest.get(channel)
  }

  #tell(channel: string, tell: (listener: EngineListener) => void): void {
    for (const node of this.#nodes) node.hear(channel, tell, node === this.#actor)
  }
}

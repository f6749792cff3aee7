import { leave } from './presence.js'
import { currentProcess, probe } from './process-identity.js'
import type { NodeRow } from './statements.js'
import type { Write } from './write.js'

/** How a silent node looked when it was first seen to be silent, and how often it was looked at since. */
interface Silence {
  readonly beats: number
  readonly looks: number
}

/**
 * Which nodes use the file, and which of them died. Where the system can tell whether a process lives, that
 * decides. Elsewhere a node is dead when it did not beat while this one looked `maxLooks` times: counted in
 * looks and not in time, so that a machine that wakes from sleep does not take everybody for dead.
 */
export class Nodes {
  readonly #self = currentProcess()
  readonly #silences = new Map<string, Silence>()
  readonly #maxLooks: number

  constructor(maxLooks: number) {
    this.#maxLooks = maxLooks
  }

  /** Takes part from here on: events from now on are for this node, too. */
  register(write: Write): void {
    const { statements, node, cursor } = write.context
    statements.addNode.run(node, this.#self.host, this.#self.pid, this.#self.started, cursor)
  }

  /** Removes the nodes that died, with their members. */
  reap(write: Write): void {
    const others = write.context.statements.nodes.all().filter((other) => other.id !== write.context.node)
    for (const id of this.#silences.keys()) {
      if (!others.some((other) => other.id === id)) this.#silences.delete(id)
    }
    for (const other of others) if (this.#isDead(other)) removeNode(write, other.id)
  }

  #isDead(other: NodeRow): boolean {
    const verdict = probe(other, this.#self)
    if (verdict !== 'unknown') return verdict === 'gone'
    const known = this.#silences.get(other.id)
    const looks = known?.beats === other.beats ? known.looks + 1 : 0
    this.#silences.set(other.id, { beats: other.beats, looks })
    return looks >= this.#maxLooks
  }
}

/** Takes a node and its members out. */
export function removeNode(write: Write, id: string): void {
  const { statements } = write.context
  for (const { channel, connection } of statements.membersOf.all(id)) {
    leave(write, channel, { connection, node: id })
  }
  statements.removeNode.run(id)
  write.nodesChanged = true
}

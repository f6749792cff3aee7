import { closeCodes } from '@wirepact/protocol'
import type { Connection } from './connection.js'
import type { Environment } from './environment.js'
import type { Limits } from './limits.js'

const slots = 16

type Awaited = { readonly connections: Connection[]; readonly dueAt: number }

/**
 * Finds connections whose other end is gone. One timer serves them all: they are spread over the slots of a
 * wheel, one slot is pinged at each tick, and who has said nothing when the time for an answer is over goes.
 */
export class Heartbeat {
  readonly #environment: Environment
  readonly #limits: Limits
  readonly #wheel: Set<Connection>[] = Array.from({ length: slots }, () => new Set())
  readonly #slotOf = new Map<Connection, Set<Connection>>()
  #awaited: Awaited[] = []
  #next = 0
  #timer: unknown

  constructor(environment: Environment, limits: Limits) {
    this.#environment = environment
    this.#limits = limits
  }

  add(connection: Connection): void {
    if (this.#limits.pingIntervalMs === 0) return
    const slot = this.#wheel[(this.#next + slots - 1) % slots] as Set<Connection>
    slot.add(connection)
    this.#slotOf.set(connection, slot)
    if (this.#timer === undefined) this.#schedule()
  }

  remove(connection: Connection): void {
    this.#slotOf.get(connection)?.delete(connection)
    this.#slotOf.delete(connection)
    if (this.#slotOf.size === 0) this.#stop()
  }

  #schedule(): void {
    const delayMs = this.#limits.pingIntervalMs / slots
    this.#timer = this.#environment.clock.startTimer(() => this.#tick(), delayMs)
  }

  #stop(): void {
    this.#environment.clock.stopTimer(this.#timer)
    this.#timer = undefined
    this.#awaited = []
  }

  #tick(): void {
    this.#schedule()
    this.#reap()
    const slot = this.#wheel[this.#next] as Set<Connection>
    this.#next = (this.#next + 1) % slots
    if (slot.size === 0) return
    const connections = [...slot].filter((connection) => connection.status === 'open')
    for (const connection of connections) {
      connection.ping()
    }
    this.#awaited.push({ connections, dueAt: this.#environment.clock.now() + this.#limits.pingTimeoutMs })
  }

  #reap(): void {
    const now = this.#environment.clock.now()
    while (this.#awaited[0] !== undefined && this.#awaited[0].dueAt <= now) {
      const { connections } = this.#awaited.shift() as Awaited
      for (const connection of connections) {
        if (!connection.heard && !connection.intake.isHeld)
          connection.abandon(closeCodes.PING_TIMEOUT, 'No answer to a ping.')
      }
    }
  }
}

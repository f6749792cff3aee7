import type { MemoryDirection, MemorySocket } from '@wirepact/runtime/testing'
import type { Prng } from './prng.js'
import type { VirtualTime } from './virtual-time.js'

/** Something on its way. */
interface Lane {
  /** When the last thing that was sent arrives: nothing overtakes it. */
  lastAt: number
  /** What waits for the stall to end; undefined while there is none. */
  stalled: (() => void)[] | undefined
  /** True when nothing arrives any more, and nobody is told. */
  dead: boolean
}

/** How things travel between the clients and one life of the server: late, in order, or not at all. */
export class SimNetwork {
  readonly #time: VirtualTime
  readonly #prng: Prng
  readonly #lanes = new Map<MemorySocket, Record<MemoryDirection, Lane>>()
  #latencyMs = 20

  constructor(time: VirtualTime, prng: Prng) {
    this.#time = time
    this.#prng = prng
  }

  get sockets(): readonly MemorySocket[] {
    return [...this.#lanes.keys()].filter(({ readyState }) => readyState !== 3)
  }

  setLatency(latencyMs: number): void {
    this.#latencyMs = latencyMs
  }

  carry(arrive: () => void, socket: MemorySocket, direction: MemoryDirection): void {
    const lane = this.#lane(socket, direction)
    if (lane.dead) return
    const at = this.#time.now + this.#prng.between(0, 2 * this.#latencyMs)
    lane.lastAt = Math.max(lane.lastAt, at)
    this.#time.after(lane.lastAt - this.#time.now, () => {
      if (lane.dead) return
      if (lane.stalled === undefined) arrive()
      else lane.stalled.push(arrive)
    })
  }

  harm(socket: MemorySocket, how: 'cut' | 'vanish' | 'half' | 'stall'): void {
    if (how === 'cut') this.cut(socket)
    else if (how === 'vanish') this.vanish(socket)
    else if (how === 'half') this.halfClose(socket, this.#prng.pick(['to-server', 'to-client'] as const))
    else this.stall(socket, this.#prng.pick([200, 2_000, 12_000, 20_000]))
  }

  /** Both ends learn of it at once. */
  cut(socket: MemorySocket): void {
    this.vanish(socket)
    socket.cut()
  }

  /** Nothing arrives any more, in either direction, and nobody is told. */
  vanish(socket: MemorySocket): void {
    for (const lane of Object.values(this.#lanes.get(socket) ?? {})) lane.dead = true
  }

  /** Nothing arrives any more in one direction. */
  halfClose(socket: MemorySocket, direction: MemoryDirection): void {
    this.#lane(socket, direction).dead = true
  }

  /** Things stop for a while, and then arrive all at once. */
  stall(socket: MemorySocket, forMs: number): void {
    const lane = this.#lane(socket, this.#prng.pick(['to-server', 'to-client'] as const))
    if (lane.stalled !== undefined || lane.dead) return
    lane.stalled = []
    this.#time.after(forMs, () => {
      const waiting = lane.stalled ?? []
      lane.stalled = undefined
      for (const arrive of waiting) if (!lane.dead) arrive()
    })
  }

  stallNewest(forMs: number): void {
    const socket = this.sockets.at(-1)
    if (socket !== undefined) this.stall(socket, forMs)
  }

  #lane(socket: MemorySocket, direction: MemoryDirection): Lane {
    let lanes = this.#lanes.get(socket)
    if (lanes === undefined) {
      const fresh = (): Lane => ({ lastAt: 0, stalled: undefined, dead: false })
      lanes = { 'to-server': fresh(), 'to-client': fresh() }
      this.#lanes.set(socket, lanes)
    }
    return lanes[direction]
  }
}

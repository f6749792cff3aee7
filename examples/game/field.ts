import type { GameFieldState } from './generated/server.js'

const size = 100

interface Player {
  readonly name: string
  x: number
  y: number
  dx: number
  dy: number
}

/** One field and who is on it. It moves when it is told to, and knows nothing of sockets or time. */
export class Field {
  readonly #players = new Map<string, Player>()
  #tick = 0

  get isEmpty(): boolean {
    return this.#players.size === 0
  }

  enter(id: string, name: string): void {
    this.#players.set(id, { name, x: size / 2, y: size / 2, dx: 0, dy: 0 })
  }

  leave(id: string): void {
    this.#players.delete(id)
  }

  steer(id: string, { x, y }: { readonly x: number; readonly y: number }): void {
    const player = this.#players.get(id)
    if (player !== undefined) Object.assign(player, { dx: x, dy: y })
  }

  /** Moves everybody by one step, and says how the field looks then. */
  step(): GameFieldState {
    this.#tick++
    for (const player of this.#players.values()) {
      player.x = clamp(player.x + player.dx)
      player.y = clamp(player.y + player.dy)
    }
    const players = [...this.#players].map(([id, { name, x, y }]) => ({ id, name, x, y }))
    return { tick: this.#tick, players }
  }
}

function clamp(value: number): number {
  return Math.min(size, Math.max(0, value))
}

import { WirepactError } from '@wirepact/protocol'
import { Sweep } from './sweep.js'

interface Session {
  readonly sequence: number
  readonly expiresAt: number
}

/** How far to look for a session that has ended before a new one is refused. */
const stepsWhenFull = 32

/**
 * The last handled sequence number of every session, in memory. Refuses new sessions with `ENGINE_FAILED`
 * when `maxSessions` are alive: forgetting one early would let a resent message through a second time.
 */
export class SessionTable {
  readonly #sessions = new Map<string, Session>()
  readonly #sweep: Sweep<string, Session>
  readonly #now: () => number
  readonly #maxSessions: number

  constructor(maxSessions: number, now: () => number) {
    this.#maxSessions = maxSessions
    this.#now = now
    this.#sweep = new Sweep(this.#sessions, (session) => session.expiresAt <= now())
  }

  sequence(id: string): number {
    return this.#alive(id)?.sequence ?? 0
  }

  advance(id: string, sequence: number, ttlMs: number): void {
    const known = this.#alive(id)
    if (known === undefined) this.#makeRoom(id)
    this.#sessions.set(id, {
      sequence: Math.max(sequence, known?.sequence ?? 0),
      expiresAt: Math.max(this.#now() + ttlMs, known?.expiresAt ?? 0),
    })
  }

  clear(): void {
    this.#sessions.clear()
  }

  get #isFull(): boolean {
    return this.#sessions.size >= this.#maxSessions
  }

  #alive(id: string): Session | undefined {
    const session = this.#sessions.get(id)
    return session !== undefined && session.expiresAt > this.#now() ? session : undefined
  }

  #makeRoom(id: string): void {
    this.#sessions.delete(id)
    for (let step = 0; step < stepsWhenFull && (step === 0 || this.#isFull); step++) this.#sweep.step()
    if (!this.#isFull) return
    throw new WirepactError('ENGINE_FAILED', `There are ${this.#maxSessions} sessions already.`)
  }
}

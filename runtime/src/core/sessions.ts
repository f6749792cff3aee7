import type { MaybePromise } from '@wirepact/protocol'
import type { Engine } from '../engine/engine.js'

/** How a session is remembered. */
export interface SessionsParts {
  readonly engine: Engine
  readonly ttlMs: number
  /** Waits for work that nobody else waits for. */
  readonly track: (work: Promise<unknown>) => void
}

/** Where sessions stand with their acknowledged events. It knows numbers; it does not know connections. */
export class Sessions {
  readonly #parts: SessionsParts
  /** By session, the events that a connection of it is still handling. */
  readonly #working = new Map<string, Promise<void>>()

  constructor(parts: SessionsParts) {
    this.#parts = parts
  }

  /** The last event that was handled; 0 for none. Waits for the one that an earlier connection has left running. */
  async begin(session: string): Promise<number> {
    await this.#working.get(session)
    return this.#parts.engine.sequence(session)
  }

  advance(session: string, sequence: number): MaybePromise<void> {
    return this.#parts.engine.advance(session, sequence, this.#parts.ttlMs)
  }

  /** Lets the session never be gone on with, for as long as sessions are remembered. */
  revoke(session: string): MaybePromise<void> {
    return this.#parts.engine.advance(toRevoked(session), 1, this.#parts.ttlMs)
  }

  async isRevoked(session: string): Promise<boolean> {
    return (await this.#parts.engine.sequence(toRevoked(session))) > 0
  }

  /** Notes that events of the session are being handled until `work`, which never rejects, settles. */
  work(session: string, work: Promise<void>): void {
    const done = work.then(() => {
      if (this.#working.get(session) === done) this.#working.delete(session)
    })
    this.#working.set(session, done)
    this.#parts.track(done)
  }
}

/** Where it is noted that a session was revoked; no session has such a name. */
function toRevoked(session: string): string {
  return `revoked ${session}`
}

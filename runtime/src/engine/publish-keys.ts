import type { EnginePosition, Once } from './engine.js'

interface Remembered {
  /** Undefined for what was not kept. */
  readonly position: EnginePosition | undefined
  readonly expiresAt: number
}

/**
 * The keys of what was published in one channel, in memory, oldest first. Those that are over the count, or whose
 * time has passed, go when another one comes.
 */
export class PublishKeys {
  readonly #keys = new Map<string, Remembered>()

  find(key: string, now: number): Remembered | undefined {
    const known = this.#keys.get(key)
    return known !== undefined && known.expiresAt > now ? known : undefined
  }

  remember(once: Once, now: number, position?: EnginePosition): void {
    this.#keys.delete(once.key)
    this.#keys.set(once.key, { position, expiresAt: now + once.ttlMs })
    for (const [key, { expiresAt }] of this.#keys) {
      if (expiresAt > now && this.#keys.size <= once.maxKeys) return
      this.#keys.delete(key)
    }
  }

  /** Whether none is remembered any more. */
  isOver(now: number): boolean {
    for (const { expiresAt } of this.#keys.values()) if (expiresAt > now) return false
    return true
  }
}

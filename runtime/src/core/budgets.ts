import type { Clock } from '@wirepact/protocol'
import { Budget, type BudgetSize } from './budget.js'

/** How many budgets may be remembered at one time. */
export interface BudgetsParts {
  readonly clock: Clock
  readonly size: BudgetSize
  readonly maxKeys: number
}

/**
 * Token buckets by key. One that is full again is the same as none, so it is forgotten; of too many, the one that
 * was used least recently is.
 */
export class Budgets {
  readonly #parts: BudgetsParts
  /** Those that were used most recently come last. */
  readonly #budgets = new Map<string, Budget>()

  constructor(parts: BudgetsParts) {
    this.#parts = parts
  }

  get size(): number {
    return this.#budgets.size
  }

  /** Takes one for a key. When there is none left: how long it takes until there is one again. */
  take(key: string): number | undefined {
    const budget = this.#budgets.get(key) ?? this.#make()
    this.#budgets.delete(key)
    this.#budgets.set(key, budget)
    const retryAfterMs = budget.take() ? undefined : budget.retryAfterMs
    if (this.#budgets.size > this.#parts.maxKeys) this.#forgetOldest()
    return retryAfterMs
  }

  /** Looks at no more than two of the oldest, so that the work for one that comes stays the same. */
  #make(): Budget {
    const oldest = this.#budgets.entries()
    for (let looked = 0; looked < 2; looked++) {
      const entry = oldest.next().value
      if (entry?.[1].isFull === true) this.#budgets.delete(entry[0])
    }
    return new Budget(this.#parts.clock, this.#parts.size)
  }

  #forgetOldest(): void {
    for (const key of this.#budgets.keys()) {
      this.#budgets.delete(key)
      return
    }
  }
}

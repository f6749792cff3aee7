import type { Clock } from '@wirepact/protocol'

interface Entry {
  readonly at: number
  readonly order: number
  readonly run: () => void
  stopped: boolean
}

/** Time that passes only when the simulation says so, and runs what is due one after another. */
export class VirtualTime {
  #now = 1_000_000
  #order = 0
  #heap: Entry[] = []
  #waiting = 0

  get now(): number {
    return this.#now
  }

  /** How many timers have neither run nor been stopped. */
  get waiting(): number {
    return this.#waiting
  }

  after(delayMs: number, run: () => void): Entry {
    const entry = { at: this.#now + Math.max(0, delayMs), order: this.#order++, run, stopped: false }
    this.#waiting++
    this.#heap.push(entry)
    this.#rise(this.#heap.length - 1)
    return entry
  }

  stop(entry: Entry): void {
    if (entry.stopped) return
    entry.stopped = true
    this.#waiting--
  }

  /** A clock whose timers die with `isAlive`: those of a process that has crashed never run. */
  clock(isAlive: () => boolean = () => true): Clock {
    return {
      now: () => this.#now,
      startTimer: (run, delayMs) => this.after(delayMs, () => isAlive() && run()),
      stopTimer: (timer) => timer !== undefined && this.stop(timer as Entry),
    }
  }

  /** Runs everything that is due until `byMs` have passed, letting promises settle after each. */
  async advance(byMs: number): Promise<void> {
    const end = this.#now + byMs
    await settle()
    for (let next = this.#heap[0]; next !== undefined && next.at <= end; next = this.#heap[0]) {
      this.#pop()
      if (next.stopped) continue
      this.stop(next)
      this.#now = next.at
      next.run()
      await settle()
    }
    this.#now = end
  }

  #pop(): void {
    const last = this.#heap.pop() as Entry
    if (this.#heap.length === 0) return
    this.#heap[0] = last
    this.#sink(0)
  }

  #rise(from: number): void {
    for (let at = from; at > 0; ) {
      const parent = (at - 1) >> 1
      if (isBefore(this.#heap[parent] as Entry, this.#heap[at] as Entry)) return
      this.#swap(at, parent)
      at = parent
    }
  }

  #sink(from: number): void {
    for (let at = from; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2]
      let least = at
      for (const child of [left, right]) {
        const entry = this.#heap[child]
        if (entry !== undefined && isBefore(entry, this.#heap[least] as Entry)) least = child
      }
      if (least === at) return
      this.#swap(at, least)
      at = least
    }
  }

  #swap(a: number, b: number): void {
    const entry = this.#heap[a] as Entry
    this.#heap[a] = this.#heap[b] as Entry
    this.#heap[b] = entry
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order)
}

/** Lets every promise settle that waits for nothing but other promises. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

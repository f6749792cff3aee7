import { byId } from './dom.js'

const shownForMs = 4_000

/** Who is writing at this moment. A notice goes when the line arrives, or by itself. */
export class TypingNotices {
  readonly #text = byId('typing', HTMLElement)
  readonly #timers = new Map<string, number>()

  started(name: string): void {
    clearTimeout(this.#timers.get(name))
    this.#timers.set(
      name,
      setTimeout(() => this.stopped(name), shownForMs),
    )
    this.#show()
  }

  stopped(name: string): void {
    clearTimeout(this.#timers.get(name))
    if (this.#timers.delete(name)) this.#show()
  }

  clear(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer)
    this.#timers.clear()
    this.#show()
  }

  #show(): void {
    const text = describe([...this.#timers.keys()])
    if (this.#text.textContent !== text) this.#text.textContent = text
  }
}

function describe(names: readonly string[]): string {
  const [first, second] = names
  if (first === undefined) return ''
  if (second === undefined) return `${first} is typing…`
  return names.length === 2 ? `${first} and ${second} are typing…` : 'Several people are typing…'
}

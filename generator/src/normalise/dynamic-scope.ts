import type { Place, Resource } from './place.js'

/**
 * What an evaluation has passed through, as far as it matters: for each dynamic anchor that is asked for, the
 * outermost schema of that name (JSON Schema 2020-12 core, section 8.2.3.2).
 */
export class DynamicScope {
  readonly #outermost: ReadonlyMap<string, Place>

  constructor(outermost: ReadonlyMap<string, Place> = new Map()) {
    this.#outermost = outermost
  }

  /** The scope inside of a resource: what was found further out goes before what is named here. */
  enter(resource: Resource, asked: ReadonlySet<string>): DynamicScope {
    const found = [...resource.dynamicAnchors].filter(
      ([name]) => asked.has(name) && !this.#outermost.has(name),
    )
    return found.length === 0 ? this : new DynamicScope(new Map([...this.#outermost, ...found]))
  }

  find(name: string): Place | undefined {
    return this.#outermost.get(name)
  }

  /** The same for scopes in which every reference leads to the same place. */
  get key(): string {
    const entries = [...this.#outermost].map(([name, place]) => [name, place.key])
    return JSON.stringify(entries.sort(([a = ''], [b = '']) => (a < b ? -1 : 1)))
  }
}

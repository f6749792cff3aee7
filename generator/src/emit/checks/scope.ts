/** The names that a translated check has in reach: what typebox calls a value, and what we call it. */
export class Scope {
  readonly #names: ReadonlyMap<string, string>
  readonly #used = new Set<string>()

  constructor(names: ReadonlyMap<string, string> = new Map([['value', 'value']])) {
    this.#names = names
  }

  /** A scope within this one, where each of `names` has got a name of ours that nothing around it has. */
  enter(names: readonly (readonly [theirs: string, ours: string])[]): Scope {
    const inner = new Map(this.#names)
    for (const [theirs, ours] of names) inner.set(theirs, freeName(ours, new Set(inner.values())))
    return new Scope(inner)
  }

  /** A scope within this one, where `theirs` stands for another expression. */
  alias(theirs: string, expression: string): Scope {
    return new Scope(new Map([...this.#names, [theirs, expression]]))
  }

  /** Our name for theirs. */
  read(theirs: string): string {
    const ours = this.#names.get(theirs)
    if (ours === undefined) throw new Error(`typebox emitted a check that uses an unknown name: ${theirs}`)
    this.#used.add(theirs)
    return ours
  }

  /** Our name for theirs, without the use being noted. */
  ours(theirs: string): string {
    return this.#names.get(theirs) ?? ''
  }

  isUsed(theirs: string): boolean {
    return this.#used.has(theirs)
  }
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  for (let count = 2, name = wanted; ; count++) {
    if (!taken.has(name)) return name
    name = `${wanted}${count}`
  }
}

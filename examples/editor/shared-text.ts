import type { Character, Edit, Id, Place } from './generated/client.js'

interface Letter {
  readonly id: Id
  readonly after: Place
  readonly character: string
  isRemoved: boolean
}

/**
 * A text that several sites write at the same time. Every character has a name that never changes, and edits speak
 * of names and not of positions; so an edit means the same wherever it arrives, however late, and twice is once.
 * Two sites that have the same edits have the same text, in whatever order they came, as long as a character comes
 * after the one that it was written behind.
 */
export class SharedText {
  readonly #site: number
  /** In their order in the text, the removed ones among them: something may stand behind one of those. */
  readonly #letters: Letter[] = []
  readonly #known = new Set<string>()
  /** Greater than the number of every character that this site has seen. */
  #next = 1

  /** `site` is unique among those who write; `characters` is what another site has. */
  constructor(site: number, characters: readonly Character[] = []) {
    this.#site = site
    this.merge(characters)
  }

  /** All of it, removed characters included. */
  get characters(): Character[] {
    return this.#letters.map(({ id, after, character, isRemoved }) => [id, after, character, isRemoved])
  }

  /** How many characters there ever were. */
  get size(): number {
    return this.#letters.length
  }

  /** Takes over what another site has. */
  merge(characters: readonly Character[]): void {
    for (const [id, after, character, isRemoved] of characters) {
      this.#place({ id, after, character, isRemoved })
      if (isRemoved) this.#strike(id)
    }
  }

  toString(): string {
    return this.#visible()
      .map(({ character }) => character)
      .join('')
  }

  /** Writes at a position of the text as it is seen here. The edit is for the other sites. */
  insert(position: number, text: string): Edit {
    const id: Id = [this.#next, this.#site]
    const edit: Edit = { insert: text, id, after: this.placeAt(position) }
    this.apply(edit)
    return edit
  }

  /** Removes characters that are seen here. */
  remove(position: number, count: number): Edit {
    const letters = this.#visible().slice(position, position + count)
    const edit: Edit = { remove: letters.map(({ id }) => id) }
    this.apply(edit)
    return edit
  }

  /** The name of what stands before a position, which stays where it is when others write. */
  placeAt(position: number): Place {
    return this.#visible()[position - 1]?.id ?? null
  }

  /** Where a place is now; one whose character was removed is where that would be. */
  positionOf(place: Place): number {
    if (place === null) return 0
    const index = this.#indexOf(place)
    return this.#letters.slice(0, index + 1).filter(({ isRemoved }) => !isRemoved).length
  }

  /** What another site has done. False when it speaks of a character that never was. */
  apply(edit: Edit): boolean {
    if ('remove' in edit) return edit.remove.map((id) => this.#strike(id)).every(Boolean)
    const [number, site] = edit.id
    let after = edit.after
    for (const [offset, character] of [...edit.insert].entries()) {
      const id: Id = [number + offset, site]
      if (!this.#place({ id, after, character, isRemoved: false })) return false
      after = id
    }
    return true
  }

  #visible(): Letter[] {
    return this.#letters.filter(({ isRemoved }) => !isRemoved)
  }

  #strike(id: Id): boolean {
    const letter = this.#letters[this.#indexOf(id)]
    if (letter !== undefined) letter.isRemoved = true
    return letter !== undefined
  }

  /** Of what was written behind the same character the latest comes first, at every site alike. */
  #place(letter: Letter): boolean {
    if (this.#known.has(toKey(letter.id))) return true
    const before = letter.after === null ? -1 : this.#indexOf(letter.after)
    if (letter.after !== null && before < 0) return false
    let index = before + 1
    for (let other = this.#letters[index]; other !== undefined; other = this.#letters[++index]) {
      if (compare(other.id, letter.id) < 0) break
    }
    this.#letters.splice(index, 0, letter)
    this.#known.add(toKey(letter.id))
    this.#next = Math.max(this.#next, letter.id[0] + 1)
    return true
  }

  #indexOf(id: Id): number {
    if (!this.#known.has(toKey(id))) return -1
    return this.#letters.findLastIndex((letter) => compare(letter.id, id) === 0)
  }
}

function compare(a: Id, b: Id): number {
  return a[0] - b[0] || a[1] - b[1]
}

function toKey([number, site]: Id): string {
  return `${number}.${site}`
}

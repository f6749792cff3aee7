import type { Edit, EditorConnection, Place } from './generated/client.js'
import { SharedText } from './shared-text.js'

/** Where somebody else's cursor is. */
export interface Cursor {
  readonly name: string
  readonly position: number
}

/**
 * One person at one document. What is written shows at once; the client sends it as an acknowledged event, so that
 * it arrives once, in order, also when it was written without a connection. What others write comes over the
 * channel, which misses nothing.
 */
export class EditorSession {
  readonly #connection: EditorConnection
  readonly #cursors = new Map<string, { readonly name: string; readonly after: Place }>()
  readonly #text: SharedText

  /** Use {@link open}, which loads the text. */
  constructor(connection: EditorConnection, text: SharedText) {
    this.#connection = connection
    this.#text = text
  }

  /** Listens first and loads then: what comes meanwhile waits, and is applied to what was loaded. */
  static async open(connection: EditorConnection): Promise<EditorSession> {
    const channel = connection.channels.document()
    const early: Edit[] = []
    let session: EditorSession | undefined
    channel.on('edited', ({ edit }) => {
      if (session === undefined) early.push(edit)
      else session.#text.apply(edit)
    })
    const { site, characters } = await connection.open(undefined)
    session = new EditorSession(connection, new SharedText(site, characters))
    for (const edit of early) session.#text.apply(edit)
    session.#listen()
    return session
  }

  get text(): string {
    return this.#text.toString()
  }

  get cursors(): Cursor[] {
    return [...this.#cursors.values()].map(({ name, after }) => ({
      name,
      position: this.#text.positionOf(after),
    }))
  }

  insert(position: number, text: string): void {
    this.#connection.edit(this.#text.insert(position, text))
  }

  remove(position: number, count: number): void {
    if (count === 0) return
    this.#connection.edit(this.#text.remove(position, count))
  }

  point(position: number): void {
    this.#connection.point({ after: this.#text.placeAt(position) })
  }

  #listen(): void {
    const channel = this.#connection.channels.document()
    channel.on('pointed', ({ connection, name, after }) => this.#cursors.set(connection, { name, after }))
    channel.presence.onChange((members) => {
      const here = new Set(members.map(({ connection }) => connection))
      for (const connection of this.#cursors.keys())
        if (!here.has(connection)) this.#cursors.delete(connection)
    })
    // More was missed than history has: what the server has now is the truth, with what is written here on top.
    channel.onGap(() => void this.#reload())
  }

  async #reload(): Promise<void> {
    const { characters } = await this.#connection.open(undefined)
    this.#text.merge(characters)
  }
}

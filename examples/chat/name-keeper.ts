import type { ChatConnection } from './generated/client.js'

/**
 * What a person is called on one connection. The connection's address carries the name that it started with, so
 * a name that was taken later is taken again after every reconnect.
 */
export class NameKeeper {
  readonly #connection: ChatConnection
  readonly #first: string
  #current: string

  constructor(connection: ChatConnection, name: string, failed: (error: unknown) => void) {
    this.#connection = connection
    this.#first = name
    this.#current = name
    connection.onStatus(({ state }) => {
      if (state === 'open' && this.#current !== this.#first) this.#takeAgain().catch(failed)
    })
  }

  get current(): string {
    return this.#current
  }

  /** Undefined when the name is this person's now; otherwise a name that is free. */
  async take(name: string): Promise<string | undefined> {
    const { ok, error } = await this.#connection.rename.safe({ name })
    if (!ok && error.code !== 'NAME_TAKEN') throw error
    if (!ok) return error.data?.suggestion
    this.#current = name
    return undefined
  }

  async #takeAgain(): Promise<void> {
    const suggestion = await this.take(this.#current)
    if (suggestion !== undefined) await this.take(suggestion)
  }
}

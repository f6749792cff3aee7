import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(new URL('./crowd-process.mjs', import.meta.url))

/** Many clients in a process of their own, so that their memory is not the server's. */
export class Crowd {
  #child = fork(script)
  #gone = once(this.#child, 'exit').then(() => [{ error: 'The clients are gone.' }])

  /** Opens clients; they all become members of the room, and the `stalled` ones read nothing after that. */
  async open(port, { count, stalled = false }) {
    return this.#ask({ what: 'open', port, count, stalled })
  }

  /** How many publications in a row the slowest has, of how many clients that read, and how many were lost. */
  async count() {
    return this.#ask({ what: 'count' })
  }

  async close() {
    this.#child.kill()
    await this.#gone
  }

  async #ask(question) {
    const answered = new Promise((resolve) => this.#child.once('message', (message) => resolve([message])))
    this.#child.send(question)
    const [{ error, ...result }] = await Promise.race([answered, this.#gone])
    if (error !== undefined) throw new Error(error)
    return result
  }
}

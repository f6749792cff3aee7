import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A server in a process of its own. */
export class ServerProcess {
  #child
  #ended
  #questions = new Map()
  #nextId = 1

  static async start(name, options = {}) {
    const server = new ServerProcess()
    const file = fileURLToPath(new URL(`../servers/${name}.mjs`, import.meta.url))
    server.#child = fork(file, [JSON.stringify(options)], {
      execArgv: ['--expose-gc'],
      // Neither side is to have native help that the other lacks.
      env: { ...process.env, NODE_ENV: 'production', WS_NO_BUFFER_UTIL: '1', WS_NO_UTF_8_VALIDATE: '1' },
    })
    const ended = once(server.#child, 'exit').then(([code]) => {
      throw new Error(`The server ${name} ended with code ${code}.`)
    })
    ended.catch(() => undefined)
    server.#ended = ended
    const [{ port, facts }] = await Promise.race([once(server.#child, 'message'), ended])
    server.port = port
    server.facts = facts
    server.#child.on('message', ({ id, answer }) => server.#questions.get(id)?.(answer))
    return server
  }

  /** Rejects when the process ends before it has answered. */
  ask(question, options) {
    const id = this.#nextId++
    const answered = new Promise((resolve) => {
      this.#questions.set(id, (answer) => {
        this.#questions.delete(id)
        resolve(answer)
      })
      this.#child.send({ id, question, options })
    })
    return Promise.race([answered, this.#ended])
  }

  /** The processor time that the server took while `work` ran, in microseconds. */
  async usageOf(work) {
    const before = await this.ask('usage')
    await work()
    const after = await this.ask('usage')
    return after.user + after.system - before.user - before.system
  }

  async stop() {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const gone = once(this.#child, 'exit')
    this.#child.disconnect()
    await gone
  }
}

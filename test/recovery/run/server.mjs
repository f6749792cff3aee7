import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(new URL('./server-process.mjs', import.meta.url))

/** The server as a process, which is killed and comes back on the same port, with the same file. */
export class Server {
  /** Counts its lives. */
  life = 0
  port

  #file
  #heard
  #child

  /** `heard` takes every line that it says. */
  constructor({ port, file, heard }) {
    this.port = port
    this.#file = file
    this.#heard = heard
  }

  async start() {
    const life = ++this.life
    const child = spawn(process.execPath, ['--no-warnings', script, `${this.port}`, this.#file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.#child = child
    const lines = createInterface({ input: child.stdout })
    const ready = new Promise((resolve, reject) => {
      lines.on('line', (line) => (line === 'ready' ? resolve() : this.#heard(line, life)))
      child.once('exit', () => reject(new Error('The server did not start.')))
    })
    await ready
  }

  /** Ends it in the middle of whatever it does. */
  async kill() {
    const ended = once(this.#child, 'close')
    this.#child.kill('SIGKILL')
    await ended
  }
}

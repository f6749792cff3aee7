import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(new URL('./fixtures/engine-process.mjs', import.meta.url))

/** A node in a process of its own. */
export class EngineProcess {
  /** What it has said so far. */
  readonly lines: string[] = []
  readonly #child: ChildProcess
  readonly #ended: Promise<unknown>
  readonly #waiting = new Set<() => void>()

  constructor(file: string, ...task: string[]) {
    const node = [process.execPath, script, file, ...task]
    // No file of a process that is to fill the disk may grow beyond 1,000 blocks.
    const [command, ...rest] =
      task[0] === 'fill' ? ['sh', '-c', 'ulimit -f 1000; exec "$@"', 'sh', ...node] : node
    this.#child = spawn(command as string, rest, { stdio: ['ignore', 'pipe', 'inherit'] })
    const lines = createInterface({ input: this.#child.stdout as NodeJS.ReadableStream })
    lines.on('line', (line) => {
      this.lines.push(line)
      for (const wake of this.#waiting) wake()
    })
    this.#ended = Promise.all([once(this.#child, 'exit'), once(lines, 'close')])
  }

  /** Answers when it has said so many lines. */
  async said(count: number): Promise<void> {
    while (this.lines.length < count) {
      await new Promise<void>((resolve) => {
        const wake = () => {
          this.#waiting.delete(wake)
          resolve()
        }
        this.#waiting.add(wake)
      })
    }
  }

  async ended(): Promise<void> {
    await this.#ended
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.#ended
  }
}

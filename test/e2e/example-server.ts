import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { waitForOutput } from './wait-for-output.js'

const example = fileURLToPath(new URL('../../examples/chat/dist/', import.meta.url))

export const mainFile = join(example, 'main.js')

/** The chat example as its own process, with a port and a database that outlive it. */
export class ExampleServer {
  readonly #port: number
  readonly #folder: string
  #child: ChildProcess | undefined

  constructor(port: number, folder: string) {
    this.#port = port
    this.#folder = folder
  }

  static async create(): Promise<ExampleServer> {
    const folder = await mkdtemp(join(tmpdir(), 'wirepact chat '))
    const server = new ExampleServer(await findFreePort(), folder)
    await server.start()
    return server
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  /** Resolves when it says `ready`. */
  async start(): Promise<void> {
    const env = { ...process.env, PORT: String(this.#port), CHAT_DB: join(this.#folder, 'chat.db') }
    const child = spawn(process.execPath, [mainFile], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.#child = child
    await waitForOutput(child.stdout, /^ready$/m)
  }

  /** Ends the process without a word, as a crash does. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  /** Stops it as an operator does; resolves with its exit code. */
  stop(): Promise<number | null> {
    return this.#end('SIGTERM')
  }

  async remove(): Promise<void> {
    await this.#end('SIGKILL')
    await rm(this.#folder, { recursive: true, force: true })
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    const child = this.#child
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return null
    const ended = once(child, 'exit')
    child.kill(signal)
    const [code] = await ended
    return code as number | null
  }
}

/** Starts the command-line client. */
export function startCli(
  url: string,
  args: readonly string[],
): ChildProcessByStdio<Writable, Readable, null> {
  const all = [join(example, 'cli.js'), '--url', url.replace('http', 'ws'), ...args]
  return spawn(process.execPath, all, { stdio: ['pipe', 'pipe', 'inherit'] })
}

/** Runs the command-line client to its end, with this to read; rejects when it fails. */
export async function runCli(url: string, args: readonly string[], input = ''): Promise<string> {
  const child = startCli(url, args)
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stdin.end(input)
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`The client ended with ${code}.`)
  return Buffer.concat(chunks).toString()
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('There is no port.')
  return address.port
}

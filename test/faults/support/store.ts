import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { sqliteEngine } from '@wirepact/runtime/sqlite'
import { everything, openNode } from '../../engines/place.js'
import { RawClient } from '../../support/raw-client.js'

const script = fileURLToPath(new URL('../fixtures/store-process.mjs', import.meta.url))

/** A server process over one SQLite file, which can be stopped, killed and started again. */
export class Store {
  readonly #folder: string
  #child: ChildProcess | undefined
  #ended: Promise<unknown[]> = Promise.resolve([])
  url = ''

  constructor(folder: string) {
    this.#folder = folder
  }

  static async make(): Promise<Store> {
    return new Store(await mkdtemp(join(tmpdir(), 'wirepact-store-')))
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, [script, join(this.#folder, 'state.db')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.#child = child
    this.#ended = once(child, 'exit')
    const [port] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
    this.url = `ws://127.0.0.1:${port}/store`
  }

  /** Sends a signal; answers with the exit code and the signal that ended the process. */
  async end(signal: NodeJS.Signals): Promise<readonly unknown[]> {
    this.#child?.kill(signal)
    return this.#ended
  }

  /** The data and offsets of everything that is kept in the file. */
  async read(): Promise<{ readonly data: string[]; readonly offsets: (number | null)[] }> {
    const { engine } = await openNode(sqliteEngine(join(this.#folder, 'state.db')))
    try {
      const { publications } = await engine.read('room', { limit: 1_000_000, after: 0 }, everything)
      return {
        data: publications.map(({ data }) => JSON.parse(data) as string),
        offsets: publications.map(({ offset }) => offset),
      }
    } finally {
      await engine.close()
    }
  }

  async remove(): Promise<void> {
    await this.end('SIGKILL')
    await rm(this.#folder, { recursive: true, force: true })
  }
}

/** Somebody who says things to be acknowledged, without a pause, and knows which of them are. */
export class Speaker {
  readonly client: RawClient
  readonly said: string[] = []

  constructor(client: RawClient) {
    this.client = client
  }

  static async open(store: Store, name: string): Promise<Speaker> {
    const client = await RawClient.open(store.url)
    const speaker = new Speaker(client)
    for (let index = 0; index < 20; index++) speaker.#say(name)
    client.socket.on('message', (data: Buffer) => {
      const [type, upTo] = JSON.parse(data.toString()) as [string, number]
      if (type === 'ack') while (speaker.said.length < upTo + 20) speaker.#say(name)
    })
    return speaker
  }

  /** What was acknowledged so far. */
  get acknowledged(): string[] {
    return this.said.slice(0, (this.client.all('ack').at(-1)?.[1] as number | undefined) ?? 0)
  }

  #say(name: string): void {
    const text = `${name}-${this.said.push('') - 1}`
    this.said[this.said.length - 1] = text
    if (this.client.socket.readyState === 1) this.client.send(['event', 'say', text, this.said.length])
  }
}

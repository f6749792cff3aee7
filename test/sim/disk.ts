import type { Position } from '@wirepact/protocol'
import {
  type Engine,
  type EngineListener,
  memoryEngine,
  type PresenceEntry,
  type Publication,
} from '@wirepact/runtime'
import type { Prng } from './prng.js'
import type { VirtualTime } from './virtual-time.js'

/** What was published, as the model remembers it. */
export interface Truth {
  readonly text: string
  /** Origins of the connections that it was not for. */
  readonly except: readonly string[]
  /** The only origins that it was for; undefined for all. */
  readonly to: readonly string[] | undefined
  /** When it was published. */
  readonly at: number
}

/** What survives a crash: the history of every channel, and the model's own record of it. */
export class Disk {
  readonly engine: ReturnType<typeof memoryEngine> = memoryEngine({
    createEpoch: () => `e${++this.#epochs}`,
    clock: { now: () => this.time.now },
  })
  /** By channel, epoch and offset. */
  readonly truth = new Map<string, Truth>()
  /** By channel. */
  readonly #newest = new Map<string, Position>()
  readonly time: VirtualTime
  #epochs = 0
  #listener: EngineListener | undefined
  #present = new Set<string>()

  constructor(time: VirtualTime) {
    this.time = time
    this.engine.open('disk', {
      publication: (channel, publication) => this.#published(channel, publication),
      presence: (channel, event) => this.#listener?.presence(channel, event),
      cleared: (channel) => this.#listener?.cleared?.(channel),
    })
  }

  /** The engine of one life of the server. What it asks takes time; what it has not done when it dies is never done. */
  mount(prng: Prng, isAlive: () => boolean): Engine {
    return new SlowEngine({ disk: this, prng, isAlive }) as Engine
  }

  listen(listener: EngineListener): void {
    this.#listener = listener
  }

  noteMember(channel: string, entry: PresenceEntry): void {
    this.#present.add(`${channel}\n${entry.connection}`)
  }

  /** The server is gone, and its members with it. */
  unmount(): void {
    this.#listener = undefined
    for (const key of this.#present) this.engine.leave(...(key.split('\n') as [string, string]))
    this.#present.clear()
  }

  find(channel: string, epoch: string, offset: number): Truth | undefined {
    return this.truth.get(`${channel} ${epoch} ${offset}`)
  }

  newest(channel: string): Position | undefined {
    return this.#newest.get(channel)
  }

  #published(channel: string, publication: Publication): void {
    this.#listener?.publication(channel, publication)
  }

  remember(
    channel: string,
    epoch: string,
    offset: number,
    publication: Pick<Publication, 'data' | 'except' | 'to' | 'at'>,
  ): void {
    const { text } = JSON.parse(publication.data) as { text: string }
    this.#newest.set(channel, [epoch, offset])
    this.truth.set(`${channel} ${epoch} ${offset}`, {
      text,
      except: publication.except ?? [],
      to: publication.to,
      at: publication.at,
    })
  }
}

interface Mounted {
  readonly disk: Disk
  readonly prng: Prng
  readonly isAlive: () => boolean
}

/** Writes take a while and happen in their order; reads take a while of their own, before and after they look. */
class SlowEngine {
  readonly #disk: Disk
  readonly #prng: Prng
  readonly #isAlive: () => boolean
  #writes: Promise<unknown> = Promise.resolve()

  constructor({ disk, prng, isAlive }: Mounted) {
    this.#disk = disk
    this.#prng = prng
    this.#isAlive = isAlive
  }

  isLocal(): boolean {
    return true
  }

  open(_node: string, listener: EngineListener): void {
    this.#disk.listen(listener)
  }

  attach(channel: string): void {
    if (this.#isAlive()) this.#disk.engine.attach(channel)
  }

  detach(channel: string): void {
    if (this.#isAlive()) this.#disk.engine.detach(channel)
  }

  append(...[channel, draft, retention]: Parameters<Engine['append']>) {
    return this.#write(() => {
      const position = this.#disk.engine.append(channel, draft, retention)
      if (!position.repeated) this.#disk.remember(channel, position.epoch, position.offset, draft)
      return position
    })
  }

  send(...args: Parameters<Engine['send']>) {
    return this.#write(() => this.#disk.engine.send(...args))
  }

  async read(...args: Parameters<Engine['read']>) {
    await this.#pause()
    const page = this.#disk.engine.read(...args)
    await this.#pause()
    return page
  }

  clear(channel: string) {
    return this.#write(() => this.#disk.engine.clear(channel))
  }

  enter(channel: string, entry: PresenceEntry) {
    return this.#write(() => {
      this.#disk.noteMember(channel, entry)
      this.#disk.engine.enter(channel, entry)
    })
  }

  leave(...args: Parameters<Engine['leave']>) {
    return this.#write(() => this.#disk.engine.leave(...args))
  }

  clearAll() {
    return this.#write(() => this.#disk.engine.clearAll())
  }

  async members(...args: Parameters<Engine['members']>) {
    await this.#pause()
    return this.#disk.engine.members(...args)
  }

  async users(...args: Parameters<Engine['users']>) {
    await this.#pause()
    return this.#disk.engine.users(...args)
  }

  async count(channel: string) {
    await this.#pause()
    return this.#disk.engine.count(channel)
  }

  async sequence(session: string) {
    await this.#pause()
    return this.#disk.engine.sequence(session)
  }

  advance(...args: Parameters<Engine['advance']>) {
    return this.#write(() => this.#disk.engine.advance(...args))
  }

  async close() {
    await this.#writes
  }

  #write<T>(act: () => T): Promise<T> {
    const done = this.#writes.then(async () => {
      await this.#pause()
      return act()
    })
    this.#writes = done.catch(() => undefined)
    return done
  }

  /** Mostly short, at times long; for ever when the server has crashed meanwhile. */
  #pause(): Promise<void> {
    const delayMs = this.#prng.chance(0.1) ? this.#prng.between(20, 400) : this.#prng.between(0, 5)
    return new Promise((resolve) => {
      this.#disk.time.after(delayMs, () => this.#isAlive() && resolve())
    })
  }
}

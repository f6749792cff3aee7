import type { Engine, EngineListener, PresenceEntry } from '@wirepact/runtime'
import type { Store } from './store.js'

interface NodeParts {
  readonly isAlive: () => boolean
  readonly advanced: (session: string) => void
}

/** What is on its way to a node. */
interface News {
  /** The attachment that it is for: one that was ended and made again hears nothing of before. */
  readonly attachment: object
  readonly channel: string
  readonly tell: (listener: EngineListener) => void
}

type Arguments<Method extends keyof Engine> = Parameters<NonNullable<Engine[Method]>>

/**
 * The engine as one server sees it. Its writes take a while and happen in their order; reads take a while of their own;
 * what other servers do is heard of later, in order, but before anything that this one does afterwards.
 */
export class StoreNode implements Engine {
  readonly #store: Store
  readonly #parts: NodeParts
  readonly #attached = new Map<string, object>()
  readonly #news: News[] = []
  #listener: EngineListener | undefined
  #writes: Promise<unknown> = Promise.resolve()

  constructor(store: Store, parts: NodeParts) {
    this.#store = store
    this.#parts = parts
  }

  open(_node: string, listener: EngineListener): void {
    this.#listener = listener
  }

  /** News of a channel; `now` is for what this node has done itself. */
  hear(channel: string, tell: News['tell'], now: boolean): void {
    const attachment = this.#attached.get(channel)
    if (attachment === undefined) return
    const news = { attachment, channel, tell }
    this.#news.push(news)
    const { time, prng } = this.#store
    if (now) this.#deliver(news)
    else time.after(prng.chance(0.1) ? prng.between(20, 600) : prng.between(0, 10), () => this.#deliver(news))
  }

  /** Something may have been missed, and the members of this node are gone. */
  interrupt(): void {
    this.#news.length = 0
    this.#store.expel(this)
    this.#listener?.interrupted?.()
  }

  async attach(channel: string): Promise<void> {
    await this.#pause()
    this.#store.engine.attach(channel)
    if (!this.#attached.has(channel)) this.#attached.set(channel, {})
  }

  detach(channel: string): void {
    if (this.#parts.isAlive()) this.#attached.delete(channel)
  }

  append(...[channel, draft, retention]: Arguments<'append'>) {
    return this.#write(() => {
      const position = this.#store.engine.append(channel, draft, retention)
      if (!position.repeated) this.#store.remember(channel, position, draft)
      return position
    })
  }

  send(...args: Arguments<'send'>) {
    return this.#write(() => this.#store.engine.send(...args))
  }

  read(...args: Arguments<'read'>) {
    return this.#look(() => this.#store.engine.read(...args))
  }

  clear(channel: string) {
    return this.#write(() => this.#store.engine.clear(channel))
  }

  clearAll() {
    return this.#write(() => this.#store.engine.clearAll())
  }

  enter(channel: string, entry: PresenceEntry) {
    return this.#write(() => this.#store.enter(this, channel, entry))
  }

  leave(channel: string, connection: string) {
    return this.#write(() => this.#store.leave(this, channel, connection))
  }

  members(...args: Arguments<'members'>) {
    return this.#look(() => this.#store.engine.members(...args))
  }

  users(...args: Arguments<'users'>) {
    return this.#look(() => this.#store.engine.users(...args))
  }

  count(channel: string) {
    return this.#look(() => this.#store.engine.count(channel))
  }

  sequence(session: string) {
    return this.#look(() => this.#store.engine.sequence(session))
  }

  advance(...args: Arguments<'advance'>) {
    return this.#write(() => {
      this.#store.engine.advance(...args)
      this.#parts.advanced(args[0])
    })
  }

  async close() {
    await this.#writes
    this.#store.gone(this, false)
  }

  /** Everything up to `news`, unless it was delivered before. */
  #deliver(news: News): void {
    const count = this.#news.indexOf(news) + 1
    for (const { attachment, channel, tell } of this.#news.splice(0, count)) {
      const isWanted = this.#parts.isAlive() && this.#attached.get(channel) === attachment
      if (isWanted && this.#listener !== undefined) tell(this.#listener)
    }
  }

  #write<T>(act: () => T): Promise<T> {
    const done = this.#writes.then(async () => {
      await this.#pause()
      return this.#store.act(this, act)
    })
    this.#writes = done.catch(() => undefined)
    return done
  }

  async #look<T>(look: () => T): Promise<T> {
    await this.#pause()
    const seen = look()
    await this.#pause()
    return seen
  }

  /** Mostly short, at times long; for ever when the server has crashed meanwhile. */
  #pause(): Promise<void> {
    const { time, prng } = this.#store
    const delayMs = prng.chance(0.1) ? prng.between(20, 400) : prng.between(0, 5)
    return new Promise((resolve) => {
      time.after(delayMs, () => this.#parts.isAlive() && resolve())
    })
  }
}

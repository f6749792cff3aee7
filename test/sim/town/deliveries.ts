interface Alive {
  readonly alive: boolean
}

/** One time that a handler was given an acknowledged event. */
interface Handling {
  readonly life: Alive
  readonly session: string
  /** When the session remembered that it was handled. */
  rememberedAt: number | undefined
  isDone: boolean
}

/** The connection that an event came over. */
export interface Carrier {
  readonly life: Alive
  readonly session: string
  /** When the server had read where the session stands. */
  readonly connectedAt: number
}

/**
 * The model of acknowledged events: each is handled, in the order in which its client said it. It is handled again
 * only where the session could not have said to the second connection that it was: by a server that had died or was
 * still at it, never twice by one server, and never when it had been remembered before the connection was made. One
 * that the client has given up may be lost, or may still be on its way when newer ones are handled already.
 */
export class Deliveries {
  readonly #now: () => number
  readonly #said = new Map<string, number[]>()
  readonly #refused = new Map<string, number>()
  readonly #handlings = new Map<number, Handling[]>()
  readonly #newest = new Map<string, number>()
  /** Those that were handled after a newer one. */
  readonly #late = new Map<string, number[]>()
  readonly wrong: string[] = []
  #last = 0

  constructor(now: () => number) {
    this.#now = now
  }

  /** Of how many the client was told that nobody may have handled it. */
  get refused(): number {
    return [...this.#refused.values()].reduce((sum, count) => sum + count, 0)
  }

  next(): number {
    return ++this.#last
  }

  said(name: string, number: number): void {
    this.#said.set(name, [...(this.#said.get(name) ?? []), number])
  }

  /** The client has said that one is not sent any more. */
  gaveUp(name: string): void {
    this.#refused.set(name, (this.#refused.get(name) ?? 0) + 1)
  }

  /** A handler begins; what it returns is called when it is done. */
  handle(name: string, number: number, { life, session, connectedAt }: Carrier): () => void {
    const before = this.#handlings.get(number) ?? []
    for (const one of before) {
      const isKnown = one.rememberedAt !== undefined && one.rememberedAt < connectedAt
      if (one.life === life || isKnown) this.wrong.push(`event ${number} of ${name} was handled again`)
    }
    if (before.length === 0) this.#judgeOrder(name, number)
    if (this.#isBusy(life, session)) this.wrong.push(`event ${number} of ${name} did not wait`)
    const handling: Handling = { life, session, rememberedAt: undefined, isDone: false }
    this.#handlings.set(number, [...before, handling])
    return () => {
      // What a server has begun and died over is not done.
      handling.isDone = life.alive
    }
  }

  /** A session has moved on: what was done of it is remembered. */
  remembered(life: object, session: string): void {
    for (const handling of [...this.#handlings.values()].flat()) {
      const isMeant = handling.life === life && handling.session === session && handling.isDone
      if (isMeant) handling.rememberedAt ??= this.#now()
    }
  }

  /** What these have said and was never handled, and what the client was not told of. */
  judge(names: readonly string[]): string[] {
    for (const [name, numbers] of this.#said) {
      if (!names.includes(name)) continue
      const lost = numbers.filter((number) => !this.#handlings.get(number)?.some(({ isDone }) => isDone))
      const late = this.#late.get(name) ?? []
      if (lost.length + late.length <= (this.#refused.get(name) ?? 0)) continue
      if (lost.length > 0) this.wrong.push(`events ${lost.join()} of ${name} were never handled`)
      if (late.length > 0) this.wrong.push(`events ${late.join()} of ${name} were handled after newer ones`)
    }
    return this.wrong
  }

  /** Whether one server is still handling an event of the session. */
  #isBusy(life: Alive, session: string): boolean {
    const all = [...this.#handlings.values()].flat()
    return all.some((one) => one.life === life && one.session === session && !one.isDone)
  }

  #judgeOrder(name: string, number: number): void {
    const newest = this.#newest.get(name) ?? 0
    if (number < newest) this.#late.set(name, [...(this.#late.get(name) ?? []), number])
    this.#newest.set(name, Math.max(newest, number))
  }
}

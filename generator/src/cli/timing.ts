interface Phase {
  readonly name: string
  readonly inner: Phase[]
  tookMs: number
}

/** How long each phase of a command took, phases within phases. */
export class Timing {
  readonly #nowMs: () => number
  readonly #open: Phase[]

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
    this.#open = [{ name: 'total', inner: [], tookMs: 0 }]
  }

  /** Runs a phase, within the one that is running. Phases of one level run one after the other. */
  async phase<Value>(name: string, run: () => Value | Promise<Value>): Promise<Value> {
    const phase: Phase = { name, inner: [], tookMs: 0 }
    this.#open.at(-1)?.inner.push(phase)
    this.#open.push(phase)
    const startedMs = this.#nowMs()
    try {
      return await run()
    } finally {
      phase.tookMs = this.#nowMs() - startedMs
      this.#open.pop()
    }
  }

  /** The phases as a tree, one a line. */
  print(): string {
    const rows = this.#open.flatMap(({ inner }) => toRows(inner, ''))
    const width = Math.max(...rows.map(([name]) => name.length))
    return rows.map(([name, ms]) => `${name.padEnd(width)}  ${ms}\n`).join('')
  }
}

function toRows(phases: readonly Phase[], margin: string): readonly (readonly [string, string])[] {
  return phases.flatMap(({ name, inner, tookMs }) => [
    [`${margin}${name}`, `${tookMs.toFixed(1).padStart(8)} ms`] as const,
    ...toRows(inner, `${margin}  `),
  ])
}

/** What a soak has found: rows with a value and, where there is one, the bound that it must not break. */
export class Figures {
  #rows = []

  add(name, value, unit = '') {
    this.#rows.push({ name, value, unit, bound: '', holds: true })
  }

  /** A figure that must be at most `bound`. */
  atMost(name, value, { bound, unit = '' }) {
    this.#rows.push({ name, value, unit, bound: `at most ${format(bound)}`, holds: value <= bound })
  }

  /** A figure that must be exactly this. */
  exactly(name, value, bound) {
    this.#rows.push({ name, value, unit: '', bound: `exactly ${format(bound)}`, holds: value === bound })
  }

  get hold() {
    return this.#rows.every(({ holds }) => holds)
  }

  print() {
    const width = Math.max(...this.#rows.map(({ name }) => name.length))
    for (const { name, value, unit, bound, holds } of this.#rows) {
      const text = `${format(value)} ${unit}`.padStart(16)
      console.log(`  ${name.padEnd(width)} ${text}  ${bound}${holds ? '' : '  BROKEN'}`.trimEnd())
    }
  }
}

function format(value) {
  return Number.isInteger(value) ? value.toLocaleString('en') : value.toFixed(1)
}

export const kibibyte = 1024
export const mebibyte = 1024 * 1024

/** The memory of this process after everything that can go has gone. */
export async function settledMemory() {
  for (let round = 0; round < 5; round++) {
    globalThis.gc()
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return usedMemory()
}

export function usedMemory() {
  const { heapUsed, external, rss } = process.memoryUsage()
  return { used: heapUsed + external, rss }
}

import type { Sample } from './generated/server.js'

/** The last samples of every metric. */
export class Metrics {
  readonly #samples = new Map<string, Sample[]>()
  readonly #maxSamples: number

  /** `maxSamples` of each metric are kept. */
  constructor(maxSamples = 10_000) {
    this.#maxSamples = maxSamples
  }

  get names(): string[] {
    return [...this.#samples.keys()]
  }

  add(sample: Sample): void {
    const samples = this.#samples.get(sample.metric) ?? []
    samples.push(sample)
    if (samples.length > this.#maxSamples) samples.shift()
    this.#samples.set(sample.metric, samples)
  }

  /** Undefined for a metric that there is not. */
  between(metric: string, from: number, to: number): Sample[] | undefined {
    return this.#samples.get(metric)?.filter(({ at }) => at >= from && at <= to)
  }
}

/** At most so many of them, evenly spread, the last one among them. */
export function thinOut(samples: readonly Sample[], maxSamples: number): Sample[] {
  const step = Math.max(1, Math.ceil(samples.length / maxSamples))
  const last = samples.length - 1
  return samples.filter((_sample, index) => (last - index) % step === 0)
}

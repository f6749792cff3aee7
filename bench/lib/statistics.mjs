import { median } from '../../scripts/lib/measure/workspace.mjs'

export { median }

export function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]
}

/** The median of the ratios of runs that were next to each other, and what the middle half of them spans. */
export function compare(ours, theirs) {
  const ratios = ours.map((value, index) => value / theirs[index])
  return { ratio: median(ratios), low: quantile(ratios, 0.25), high: quantile(ratios, 0.75) }
}

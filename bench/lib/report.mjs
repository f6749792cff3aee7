import { compare, median, quantile } from './statistics.mjs'

/** A row's figures as what is printed and kept. */
export function toResult({ name, group, unit, atMost, atLeast }, { ours, theirs }) {
  const { ratio, low, high } = compare(ours, theirs)
  const target = atMost ?? atLeast
  const isMet = target === undefined ? undefined : atMost === undefined ? ratio >= atLeast : ratio <= atMost
  const scatter = (values) => ({
    median: median(values),
    low: quantile(values, 0.25),
    high: quantile(values, 0.75),
  })
  return {
    name,
    group,
    unit,
    ours: scatter(ours),
    theirs: scatter(theirs),
    ratio,
    low,
    high,
    atMost,
    atLeast,
    isMet,
  }
}

export const heading = [
  'workload : peer'.padEnd(58),
  'ours'.padStart(12),
  'peer'.padStart(12),
  'ratio'.padStart(7),
  'middle half'.padStart(13),
  'target'.padStart(8),
].join(' ')

export function toLine({ name, unit, ours, theirs, ratio, low, high, atMost, atLeast, isMet }) {
  const target = atMost !== undefined ? `≤ ${atMost}` : atLeast !== undefined ? `≥ ${atLeast}` : ''
  return [
    `${name} (${unit})`.padEnd(58),
    toFigure(ours.median).padStart(12),
    toFigure(theirs.median).padStart(12),
    ratio.toFixed(2).padStart(7),
    `${low.toFixed(2)}–${high.toFixed(2)}`.padStart(13),
    target.padStart(8),
    isMet === false ? ' missed' : '',
  ].join(' ')
}

function toFigure(value) {
  return value >= 1000 ? Math.round(value).toLocaleString('en-US') : value.toFixed(2)
}

import { compare, median, quantile } from './statistics.mjs'

/** A row's figures as what is printed and kept. `isMet` is absent where there is no target, or nothing is judged. */
export function toResult({ name, group, unit, atMost, atLeast }, { figures: { ours, theirs }, isJudged }) {
  const { ratio, low, high } = compare(ours, theirs)
  const isMet = isJudged ? judge(ratio, { atMost, atLeast }) : undefined
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

function judge(ratio, { atMost, atLeast }) {
  if (atMost !== undefined) return ratio <= atMost
  return atLeast === undefined ? undefined : ratio >= atLeast
}

/** What is said in the end, and the exit code: 1 where a target is missed, or something could not be measured. */
export function toConclusion({ isJudged, results }) {
  const failed = results.filter((result) => result.failed !== undefined)
  const missed = results.filter(({ isMet }) => isMet === false)
  const sentences = [
    ...(isJudged ? [] : ['A quick look scatters too much to be judged by the targets.']),
    ...(missed.length > 0 ? [`Missed: ${toNames(missed)}.`] : []),
    ...(failed.length > 0 ? [`Not measured: ${toNames(failed)}.`] : []),
  ]
  const exitCode = missed.length + failed.length > 0 ? 1 : 0
  return { text: sentences.length > 0 ? sentences.join(' ') : 'Every target is met.', exitCode }
}

function toNames(results) {
  return results.map(({ name }) => name).join('; ')
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

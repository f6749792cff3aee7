/** The candidate that was probably meant by `word`; undefined when none is near. */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  let best: { readonly candidate: string; readonly cost: number } | undefined
  for (const candidate of candidates) {
    const cost = isStart(word, candidate) ? 1 : distance(word.toLowerCase(), candidate.toLowerCase())
    if (candidate !== word && (best === undefined || cost < best.cost)) best = { candidate, cost }
  }
  return best !== undefined && best.cost <= allowance(word) ? best.candidate : undefined
}

/** Whether a word of some length is the start of the candidate: people forget the end of names. */
function isStart(word: string, candidate: string): boolean {
  return word.length >= 3 && candidate.startsWith(word)
}

/** A slip or two are forgiven, more in a longer word. */
function allowance(word: string): number {
  return Math.max(1, Math.floor(word.length * 0.4))
}

/** How many letters are added, dropped, replaced or swapped with their neighbour between two words. */
function distance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const moves = [replaced, at(last, j) + 1, at(row, j - 1) + 1]
      row.push(Math.min(...moves, swapped ? at(beforeLast, j - 2) + 1 : Number.POSITIVE_INFINITY))
    }
    beforeLast = last
    last = row
  }
  return at(last, b.length)
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY
}

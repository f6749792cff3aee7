interface Line {
  readonly mark: ' ' | '+' | '-'
  readonly text: string
}

/** How many unchanged lines are shown around a change. */
const context = 3

/** How many lines of each side are compared one by one; larger pieces are shown as replaced. */
const maxLines = 4000

/** The change of a text as `diff -u` shows it, under the name of its file. Empty when there is none. */
export function unifiedDiff(name: string, before: string | undefined, after: string): string {
  const lines = compareLines(before === undefined ? [] : toLines(before), toLines(after))
  const hunks = toHunks(lines)
  if (hunks.length === 0) return ''
  return [`--- ${before === undefined ? '/dev/null' : name}`, `+++ ${name}`, ...hunks, ''].join('\n')
}

/** Lines without their ends: a carriage return says nothing to somebody who reads a diff. */
function toLines(text: string): readonly string[] {
  const lines = text.split(/\r?\n/)
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines
}

function compareLines(before: readonly string[], after: readonly string[]): readonly Line[] {
  let start = 0
  while (start < before.length && before[start] === after[start]) start++
  let end = 0
  const shorter = Math.min(before.length, after.length) - start
  while (end < shorter && before[before.length - 1 - end] === after[after.length - 1 - end]) end++
  const same = (texts: readonly string[]) => texts.map((text): Line => ({ mark: ' ', text }))
  return [
    ...same(before.slice(0, start)),
    ...compareMiddle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...same(before.slice(before.length - end)),
  ]
}

/** By the longest common subsequence. */
function compareMiddle(before: readonly string[], after: readonly string[]): readonly Line[] {
  const removed = (text: string): Line => ({ mark: '-', text })
  const added = (text: string): Line => ({ mark: '+', text })
  if (before.length > maxLines || after.length > maxLines)
    return [...before.map(removed), ...after.map(added)]
  const lengths = commonLengths(before, after)
  const lines: Line[] = []
  let [i, j] = [0, 0]
  while (i < before.length || j < after.length) {
    const [left, right] = [before[i], after[j]]
    const isAdded = left === undefined || (lengths[i]?.[j + 1] ?? 0) > (lengths[i + 1]?.[j] ?? 0)
    if (left !== undefined && left === right) lines.push({ mark: ' ', text: left })
    else if (right !== undefined && isAdded) lines.push(added(right))
    else lines.push(removed(left as string))
    const mark = lines.at(-1)?.mark
    if (mark !== '+') i++
    if (mark !== '-') j++
  }
  return lines
}

function commonLengths(before: readonly string[], after: readonly string[]): readonly Uint16Array[] {
  const rows = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1))
  for (let i = before.length - 1; i >= 0; i--) {
    const [row, below] = [rows[i] as Uint16Array, rows[i + 1] as Uint16Array]
    for (let j = after.length - 1; j >= 0; j--) {
      row[j] =
        before[i] === after[j]
          ? (below[j + 1] as number) + 1
          : Math.max(below[j] as number, row[j + 1] as number)
    }
  }
  return rows
}

function toHunks(lines: readonly Line[]): readonly string[] {
  const isNear = lines.map((_, index) =>
    lines.slice(Math.max(0, index - context), index + context + 1).some(({ mark }) => mark !== ' '),
  )
  const hunks: string[] = []
  let [old, now] = [1, 1]
  for (let index = 0; index < lines.length; ) {
    let end = index
    while (end < lines.length && isNear[end] === isNear[index]) end++
    const piece = lines.slice(index, end)
    const [fewer, more] = [count(piece, '+'), count(piece, '-')]
    if (isNear[index]) hunks.push(toHunk(piece, { old, oldCount: fewer, now, nowCount: more }))
    old += fewer
    now += more
    index = end
  }
  return hunks
}

interface Range {
  readonly old: number
  readonly oldCount: number
  readonly now: number
  readonly nowCount: number
}

function toHunk(piece: readonly Line[], { old, oldCount, now, nowCount }: Range): string {
  const range = (start: number, length: number) => `${length === 0 ? start - 1 : start},${length}`
  const lines = piece.map(({ mark, text }) => `${mark}${text}`)
  return [`@@ -${range(old, oldCount)} +${range(now, nowCount)} @@`, ...lines].join('\n')
}

/** How many lines a side has: all but those that only the other one has. */
function count(lines: readonly Line[], other: '+' | '-'): number {
  return lines.filter(({ mark }) => mark !== other).length
}

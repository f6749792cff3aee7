import type { Site } from '../ir.js'

/** The widest piece of a line that is shown, in characters. */
const maxColumns = 100

/** The line of a place with its neighbours, and a caret under the column. Empty when the source is shorter. */
export function codeFrame(
  source: string,
  { line, column }: Pick<Site, 'line' | 'column'>,
): readonly string[] {
  const lines = source.split(/\r?\n/)
  if (lines[line - 1] === undefined) return []
  const first = Math.max(1, line - 1)
  const last = Math.min(lines.length, line + 1)
  const width = String(last).length
  const start = Math.max(0, column - Math.floor(maxColumns * 0.8))
  return range(first, last).flatMap((number) => {
    const text = lines[number - 1] ?? ''
    const shown = text.slice(start, start + maxColumns)
    const row = `${number === line ? '>' : ' '} ${String(number).padStart(width)} | ${shown}`.trimEnd()
    return number === line ? [row, `  ${' '.repeat(width)} | ${margin(shown, column - 1 - start)}^`] : [row]
  })
}

function range(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}

/** The space before a column, with tabs where the line has them. */
function margin(text: string, width: number): string {
  return text.slice(0, width).replace(/[^\t]/g, ' ').padEnd(width)
}

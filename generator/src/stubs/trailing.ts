/** What follows a member in a text, up to where the next one may begin. */
export interface Trailing {
  /** The place after the separator; undefined when there is none. */
  readonly separator: number | undefined
  /** The place after the separator and the comments that stand on the same line. */
  readonly end: number
  /** Whether nothing else is on that line. */
  readonly endsLine: boolean
}

const spaces = /[ \t]*/y
const comment = /\/\*[\s\S]*?\*\/|\/\/[^\r\n]*/y
const gap = /(?:\s|\/\*[\s\S]*?\*\/|\/\/[^\r\n]*)*/y

/** Looks behind a member that ends at `position`. `separator` is what stands between members: `,` or `;`. */
export function readTrailing(text: string, position: number, separator: string): Trailing {
  const next = position + match(gap, text, position).length
  const found = text[next] === separator ? next + 1 : undefined
  let end = found ?? position
  for (;;) {
    const start = end + match(spaces, text, end).length
    const length = match(comment, text, start).length
    if (length === 0) break
    end = start + length
  }
  const rest = end + match(spaces, text, end).length
  return { separator: found, end, endsLine: rest >= text.length || /[\r\n]/.test(text[rest] as string) }
}

function match(pattern: RegExp, text: string, position: number): string {
  pattern.lastIndex = position
  return pattern.exec(text)?.[0] ?? ''
}

/** The widest line that the generator writes, in columns. */
const maxWidth = 110

/**
 * Text that has not yet decided where to break its lines: a string (without line breaks), parts that follow
 * each other, or a group, which stays on one line where it fits and else has one line per item.
 */
export type Layout = string | readonly Layout[] | Group

export interface Group {
  readonly items: readonly Layout[]
  readonly open?: string
  readonly close?: string
  /** What stands between two items, such as `,`; a space or a line break follows it. No `;` ends a line. */
  readonly between?: string
  /** What stands in front of every item once the group is broken, such as `| `, in place of `between`. */
  readonly bullet?: string
  /** What stands behind the last item once the group is broken. */
  readonly trailing?: string
  /** Whether a space stands inside of `open` and `close` on one line. */
  readonly padded?: boolean
  /** Whether `open` and `close` only stand around a broken group, as parentheses that one line does not need. */
  readonly bracketsWhenBroken?: boolean
  /** Whether a broken group stands one level deeper than the line that it starts on. Default true. */
  readonly indented?: boolean
}

interface Place {
  readonly column: number
  readonly indent: number
  /** How much text follows on the same line. */
  readonly after: number
}

/** The text of `layout`, when its first line starts at `column` within a line that is indented by `indent`. */
export function render(layout: Layout, place: Partial<Place> = {}): string {
  const indent = place.indent ?? 0
  return renderAt(layout, {
    indent,
    column: place.column ?? indent,
    after: place.after ?? 0,
  })
}

function renderAt(layout: Layout, place: Place): string {
  if (typeof layout === 'string') return layout
  if (isParts(layout)) return renderParts(layout, place)
  const line = flatten(layout)
  if (place.column + line.length + place.after <= maxWidth && !line.includes('\n')) return line
  return renderBroken(layout, place)
}

function isParts(layout: readonly Layout[] | Group): layout is readonly Layout[] {
  return Array.isArray(layout)
}

function renderParts(parts: readonly Layout[], place: Place): string {
  let text = ''
  let { column } = place
  for (const [index, part] of parts.entries()) {
    const isText = typeof part === 'string'
    const after = isText ? 0 : widthToBreak(parts, index + 1, place.after)
    const printed = isText ? part : renderAt(part, { ...place, column, after })
    column = columnAfter(printed, column)
    text += printed
  }
  return text
}

/**
 * What certainly stands on the line from the part at `start` on, before the first possible break; `rest` follows
 * where there is none.
 */
function widthToBreak(parts: readonly Layout[], start: number, rest: number): number {
  let width = 0
  for (let index = start; index < parts.length; index++) {
    const part = parts[index] as Layout
    if (typeof part !== 'string')
      return width + (isParts(part) ? widthToBreak(part, 0, 0) : (part.open ?? '').length)
    width += part.length
  }
  return width + rest
}

function columnAfter(text: string, column: number): number {
  const newline = text.lastIndexOf('\n')
  return newline < 0 ? column + text.length : text.length - newline - 1
}

function renderBroken(group: Group, place: Place): string {
  const { open = '', close = '', between = '', bullet = '', trailing = '' } = group
  if (group.items.length === 0) return open + close
  const indent = place.indent + (group.indented === false ? 0 : 2)
  const margin = `\n${' '.repeat(indent)}`
  const separator = bullet === '' && between !== ';' ? between : ''
  const lines = group.items.map((item, index) => {
    const end = index < group.items.length - 1 ? separator : trailing
    const column = indent + bullet.length
    return bullet + renderAt(item, { ...place, indent: column, column, after: end.length }) + end
  })
  const first = open === '' && bullet === '' && place.column === indent ? '' : margin
  return open + first + lines.join(margin) + (close === '' ? '' : `\n${' '.repeat(place.indent)}${close}`)
}

/** What each group is on one line: a nested one is asked for by every group around it. */
const flat = new WeakMap<Group, string>()

/** The layout on one line. */
export function flatten(layout: Layout): string {
  if (typeof layout === 'string') return layout
  if (isParts(layout)) return layout.map(flatten).join('')
  const known = flat.get(layout)
  if (known !== undefined) return known
  const line = flattenGroup(layout)
  flat.set(layout, line)
  return line
}

function flattenGroup(layout: Group): string {
  const { between = '' } = layout
  const [open, close] = layout.bracketsWhenBroken ? ['', ''] : [layout.open ?? '', layout.close ?? '']
  if (layout.items.length === 0) return open + close
  const pad = layout.padded ? ' ' : ''
  return open + pad + layout.items.map(flatten).join(`${between} `) + pad + close
}

import { parseTemplate, type Segment, type Template } from './template.js'

/**
 * The order in which templates are asked whether a text is theirs, so that the most specific one has it: those that
 * take the rest come last, the longest of them first; then those with fewer parameters come first, then those whose
 * text comes earlier, from left to right. 0 where the order makes no difference, and for two that fit the same.
 */
export function compareTemplates(a: Template, b: Template): number {
  if (a.hasRest !== b.hasRest) return a.hasRest ? 1 : -1
  const longer = a.hasRest ? b.segments.length - a.segments.length : 0
  return longer || a.names.length - b.names.length || compareFromLeft(a.segments, b.segments)
}

/**
 * The template of all that fits both, its parameters named as in `a` where both have one; undefined where nothing does.
 * Values are not looked at: a parameter takes any text.
 */
export function intersectTemplates(a: Template, b: Template): Template | undefined {
  const common = intersect(a.segments, b.segments)
  return common && parseTemplate(common.map(write).join('/'))
}

function compareFromLeft(first: readonly Segment[], second: readonly Segment[]): number {
  for (const [index, { name }] of first.entries()) {
    const other = second[index]
    if (other === undefined) return 0
    if ((name === undefined) !== (other.name === undefined)) return name === undefined ? -1 : 1
  }
  return 0
}

function intersect(a: readonly Segment[], b: readonly Segment[]): readonly Segment[] | undefined {
  const common: Segment[] = []
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const [one, two] = [a[index], b[index]]
    if (one === undefined || two === undefined) return undefined
    if (one.isRest) return [...common, ...b.slice(index)]
    if (two.isRest) return [...common, ...a.slice(index)]
    if (one.name === undefined && two.name === undefined && one.text !== two.text) return undefined
    common.push(one.name === undefined ? one : two.name === undefined ? two : one)
  }
  return common
}

function write({ text, name, isRest }: Segment): string {
  return text ?? (isRest ? `{${name}*}` : `{${name}}`)
}

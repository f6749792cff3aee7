import type { ClassDeclaration, ClassExpression, Node, ObjectLiteralExpression } from 'ts-morph'
import { indentAt } from './detect-style.js'
import { indent } from './render-handler.js'
import type { Style } from './style.js'
import type { TextEdit } from './text-edit.js'
import { readTrailing } from './trailing.js'

/** Members to be put into code, without indentation, separators and line ends of the file. */
export type NewMembers = readonly string[]

/** The edits that put members behind the last one of an object. Nothing else of the file changes. */
export function insertIntoObject(
  node: ObjectLiteralExpression,
  members: NewMembers,
  style: Style,
): readonly TextEdit[] {
  const last = node.getProperties().at(-1)
  if (last === undefined)
    return insertIntoEmpty(
      node,
      members.map((member) => `${member},`),
      style,
    )
  const text = node.getSourceFile().getFullText()
  const trailing = readTrailing(text, last.getEnd(), ',')
  const hadComma = trailing.separator !== undefined
  const lines = members.map((member, index) =>
    hadComma || index < members.length - 1 ? `${member},` : member,
  )
  const place = { text, at: trailing.end, endsLine: trailing.endsLine, close: node.getEnd() - 1 }
  const inserted = insertAt(place, lines, { style, by: memberIndent(node, node.getProperties(), style) })
  if (hadComma) return [inserted]
  if (inserted.start === last.getEnd()) return [{ ...inserted, text: `,${inserted.text}` }]
  return [{ start: last.getEnd(), end: last.getEnd(), text: ',' }, inserted]
}

/** The edits that put members into a class, behind `after`: the last of its handlers. */
export function insertIntoClass(
  node: ClassDeclaration | ClassExpression,
  members: NewMembers,
  { style, after }: { readonly style: Style; readonly after: Node | undefined },
): readonly TextEdit[] {
  const last = after ?? node.getMembers().at(-1)
  if (last === undefined) return insertIntoEmpty(node, members, style)
  const text = node.getSourceFile().getFullText()
  const trailing = readTrailing(text, last.getEnd(), ';')
  const place = { text, at: trailing.end, endsLine: trailing.endsLine, close: node.getEnd() - 1 }
  return [insertAt(place, members, { style, by: memberIndent(node, node.getMembers(), style) })]
}

interface Place {
  readonly text: string
  readonly at: number
  readonly endsLine: boolean
  /** The place of the closing brace. */
  readonly close: number
}

interface Look {
  readonly style: Style
  /** The space before every line. */
  readonly by: string
}

function insertAt({ text, at, endsLine, close }: Place, members: NewMembers, { style, by }: Look): TextEdit {
  const gap = style.hasGaps ? '\n\n' : '\n'
  const block = members.map((member) => gap + indent(member, by)).join('')
  if (endsLine) return { start: at, end: at, text: toEol(block, style) }
  const between = text.slice(at, close)
  if (between.trim() !== '') return { start: at, end: at, text: toEol(`${block}\n${by}`, style) }
  return { start: at, end: close, text: toEol(`${block}\n${lineIndent(text, close)}`, style) }
}

/** The edit for a pair of braces with nothing between them, or with comments alone. */
function insertIntoEmpty(node: Node, members: NewMembers, style: Style): readonly TextEdit[] {
  const text = node.getSourceFile().getFullText()
  const close = node.getEnd() - 1
  const base = lineIndent(text, close)
  const block = members.map((member) => indent(member, base + style.unit)).join(style.hasGaps ? '\n\n' : '\n')
  // The brace that opens is a child of its own: one in a comment between the two is not.
  const open =
    node
      .getChildren()
      .find((child) => child.getText() === '{')
      ?.getEnd() ?? close
  const at = open + text.slice(open, close).trimEnd().length
  return [{ start: at, end: close, text: toEol(`\n${block}\n${base}`, style) }]
}

/** How far members are set in: as far as those that begin a line, else one step more than the closing brace. */
function memberIndent(node: Node, members: readonly Node[], style: Style): string {
  const text = node.getSourceFile().getFullText()
  for (const member of members.toReversed()) {
    const found = indentAt(text, member.getStart())
    if (found !== undefined) return found
  }
  return lineIndent(text, node.getEnd() - 1) + style.unit
}

function lineIndent(text: string, position: number): string {
  const line = text.slice(text.lastIndexOf('\n', position - 1) + 1, position)
  return /^[ \t]*/.exec(line)?.[0] ?? ''
}

function toEol(text: string, { eol }: Style): string {
  return eol === '\n' ? text : text.replaceAll('\n', eol)
}

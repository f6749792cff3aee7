import { Node, type SourceFile, SyntaxKind } from 'ts-morph'
import type { HandlerSet, Members } from './handler-set.js'
import { ownStyle, type Style } from './style.js'

/** How a file is written: by what most of its code does. */
export function detectStyle(set: HandlerSet, members: Members): Style {
  const source = set.node.getSourceFile()
  const text = source.getFullText()
  const handlers = [...members.own.values()]
  return {
    eol: count(text, /\r\n/g) > count(text, /(?<!\r)\n/g) ? '\r\n' : '\n',
    quote: quoteOf(source),
    end: hasSemicolons(source) ? ';' : '',
    unit: unitOf(text, handlers),
    form: formOf(handlers),
    hasGaps: hasGaps(handlers),
    hasTrailingCommas: hasTrailingCommas(source),
  }
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}

function quoteOf(source: SourceFile): Style['quote'] {
  const literals = source.getDescendantsOfKind(SyntaxKind.StringLiteral)
  const double = literals.filter((literal) => literal.getText().startsWith('"')).length
  return double > literals.length - double ? '"' : "'"
}

const statementKinds = [
  SyntaxKind.ImportDeclaration,
  SyntaxKind.ExpressionStatement,
  SyntaxKind.VariableStatement,
  SyntaxKind.ReturnStatement,
  SyntaxKind.ThrowStatement,
]

function hasSemicolons(source: SourceFile): boolean {
  const statements = statementKinds.flatMap((kind) => source.getDescendantsOfKind(kind))
  const ended = statements.filter((statement) => statement.getText().endsWith(';')).length
  return ended > statements.length - ended
}

/** One step of indentation: what a member has more than the line that its set ends with. */
function unitOf(text: string, handlers: readonly Node[]): string {
  for (const handler of handlers) {
    const parent = handler.getParentOrThrow()
    const [inner, outer] = [indentAt(text, handler.getStart(true)), indentAt(text, parent.getEnd() - 1)]
    if (inner !== undefined && inner.length > (outer ?? '').length) return inner.slice((outer ?? '').length)
  }
  return /^(\t| {2,8})(?=[^\s*])/m.exec(text)?.[1] ?? ownStyle.unit
}

/** The space before a place, when there is nothing else before it on its line. */
export function indentAt(text: string, position: number): string | undefined {
  const line = text.slice(text.lastIndexOf('\n', position - 1) + 1, position)
  return /^[ \t]*$/.test(line) ? line : undefined
}

function formOf(handlers: readonly Node[]): Style['form'] {
  const values = handlers.map((handler) => {
    if (Node.isMethodDeclaration(handler)) return 'method'
    const value =
      Node.isPropertyAssignment(handler) || Node.isPropertyDeclaration(handler)
        ? handler.getInitializer()
        : undefined
    if (Node.isArrowFunction(value)) return 'arrow'
    return Node.isFunctionExpression(value) ? 'function' : undefined
  })
  const of = (form: Style['form']) => values.filter((value) => value === form).length
  if (of('function') > of('method') && of('function') > of('arrow')) return 'function'
  return of('arrow') > of('method') ? 'arrow' : 'method'
}

/** Whether most handlers have an empty line before them. */
function hasGaps(handlers: readonly Node[]): boolean {
  const rest = handlers.slice(1)
  if (rest.length === 0) return ownStyle.hasGaps
  const gaps = rest.filter((handler) => /\n[ \t]*\r?\n/.test(leading(handler))).length
  return gaps * 2 > rest.length
}

function leading(node: Node): string {
  return node.getSourceFile().getFullText().slice(node.getPos(), node.getStart())
}

/** Whether lists over several lines end in a comma, in this file. */
function hasTrailingCommas(source: SourceFile): boolean {
  const objects = source
    .getDescendantsOfKind(SyntaxKind.ObjectLiteralExpression)
    .filter((object) => object.getProperties().length > 0 && object.getText().includes('\n'))
  const trailing = objects.filter((object) => object.compilerNode.properties.hasTrailingComma).length
  return objects.length === 0 ? ownStyle.hasTrailingCommas : trailing * 2 > objects.length
}

import type ts from 'typescript'
import { type DocComment, docText } from '../doc-comment.js'
import { type Layout, render } from '../layout.js'
import { isPlainName, quote, typeKey } from '../literal.js'
import { compiler } from './compiler.js'

/** What a printed type refers to and says. */
export interface PrintContext {
  readonly docs: ReadonlyMap<ts.Node, DocComment>
  /** The name in this module of a named schema. */
  readonly reference: (name: string) => string
}

const keywords: ReadonlyMap<ts.SyntaxKind, string> = new Map([
  [compiler.SyntaxKind.StringKeyword, 'string'],
  [compiler.SyntaxKind.NumberKeyword, 'number'],
  [compiler.SyntaxKind.BooleanKeyword, 'boolean'],
  [compiler.SyntaxKind.UnknownKeyword, 'unknown'],
  [compiler.SyntaxKind.NeverKeyword, 'never'],
  [compiler.SyntaxKind.UndefinedKeyword, 'undefined'],
  [compiler.SyntaxKind.NullKeyword, 'null'],
  [compiler.SyntaxKind.TrueKeyword, 'true'],
  [compiler.SyntaxKind.FalseKeyword, 'false'],
])

/** The source text of a type whose first line starts at `column`. */
export function printType(node: ts.TypeNode, context: PrintContext, column: number): string {
  return render(typeLayout(node, context, 0), { column })
}

function typeLayout(node: ts.Node, context: PrintContext, indent: number): Layout {
  const keyword = keywords.get(node.kind)
  if (keyword !== undefined) return keyword
  const print = (inner: ts.Node, deeper = 0) => typeLayout(inner, context, indent + deeper)
  if (compiler.isLiteralTypeNode(node)) return literalText(node.literal)
  if (compiler.isIdentifier(node)) return identifierText(node.text)
  if (compiler.isParenthesizedTypeNode(node)) return print(node.type)
  if (compiler.isUnionTypeNode(node)) return unionLayout(node, (inner) => print(inner, 4))
  if (compiler.isIntersectionTypeNode(node)) return intersectionLayout(node, print)
  if (compiler.isArrayTypeNode(node)) return [operand(node.elementType, print), '[]']
  if (compiler.isTupleTypeNode(node))
    return bracketed(
      '[',
      node.elements.map((element) => print(element, 2)),
    )
  if (compiler.isOptionalTypeNode(node)) return [operand(node.type, print), '?']
  if (compiler.isRestTypeNode(node)) return ['...', print(node.type)]
  if (compiler.isTypeLiteralNode(node)) return printMembers(node.members, context, indent)
  if (compiler.isIndexedAccessTypeNode(node)) return context.reference(componentName(node))
  if (compiler.isTypeReferenceNode(node)) return referenceLayout(node, print)
  throw new Error(`A schema became a type of an unknown form: ${compiler.SyntaxKind[node.kind]}`)
}

type Print = (node: ts.Node, deeper?: number) => Layout

function unionLayout(node: ts.UnionTypeNode, print: Print): Layout {
  const items = distinct(node.types.map((type) => operand(type, print)))
  if (items.includes('unknown')) return 'unknown'
  const [first = 'never', ...others] = items.filter((item) => item !== 'never')
  return others.length === 0 ? first : { items: [first, ...others], between: ' |', bullet: '| ' }
}

/** Written one after the other, so that only what is long in itself is broken. */
function intersectionLayout(node: ts.IntersectionTypeNode, print: Print): Layout {
  const items = distinct(node.types.map((type) => operand(type, print)))
  if (items.includes('never')) return 'never'
  const [first = 'unknown', ...others] = items.filter((item) => item !== 'unknown')
  return [first, ...others.flatMap((item) => [' & ', item])]
}

function referenceLayout(node: ts.TypeReferenceNode, print: Print): Layout {
  const name = compiler.isIdentifier(node.typeName) ? node.typeName.text : ''
  if (node.typeArguments === undefined) return name
  return [
    name,
    bracketed(
      '<',
      node.typeArguments.map((argument) => print(argument)),
    ),
  ]
}

function bracketed(open: '[' | '<', items: readonly Layout[]): Layout {
  const close = open === '[' ? ']' : '>'
  return { open, close, between: ',', trailing: open === '[' ? ',' : '', items }
}

/** Unions, intersections and functions need parentheses within other types. */
function operand(node: ts.TypeNode, print: Print): Layout {
  const inner = compiler.isParenthesizedTypeNode(node) ? node.type : node
  const isCompound = compiler.isUnionTypeNode(inner) || compiler.isIntersectionTypeNode(inner)
  const printed = print(inner)
  const isSimple = typeof printed === 'string' || (Array.isArray(printed) && printed.length === 1)
  return isCompound && !isSimple ? ['(', printed, ')'] : printed
}

function distinct(items: readonly Layout[]): Layout[] {
  const seen = new Map<string, Layout>()
  for (const item of items) seen.set(JSON.stringify(item), item)
  return [...seen.values()]
}

/** The members of an object type in braces, one on each line, with their comments. */
function printMembers(members: ts.NodeArray<ts.TypeElement>, context: PrintContext, indent: number): Layout {
  if (members.length === 0) return '{}'
  const isShort = members.every((member) => docText(context.docs.get(member) ?? { paragraphs: [] }) === '')
  if (isShort) {
    const items = members.map((member) => memberLayout(member, context, indent + 2))
    return { open: '{', close: '}', between: ';', padded: true, items }
  }
  return `{\n${membersText(members, context, indent + 2)}${' '.repeat(indent)}}`
}

/** The lines of an object type's members, each with its comment. */
export function membersText(
  members: readonly ts.TypeElement[],
  context: PrintContext,
  indent: number,
): string {
  const margin = ' '.repeat(indent)
  const lines = members.map((member) => {
    const docs = docText(context.docs.get(member) ?? { paragraphs: [] }, indent)
    return `${docs}${margin}${render(memberLayout(member, context, indent), { indent })}\n`
  })
  return lines.join('')
}

function memberLayout(member: ts.TypeElement, context: PrintContext, indent: number): Layout {
  if (compiler.isIndexSignatureDeclaration(member))
    return ['[key: string]: ', typeLayout(member.type, context, indent)]
  if (!compiler.isPropertySignature(member) || member.type === undefined)
    throw new Error('A type has an unknown member.')
  return [memberName(member), member.questionToken ? '?: ' : ': ', typeLayout(member.type, context, indent)]
}

/** The name of a property, in quotes where it needs them. */
function memberName(member: ts.PropertySignature): string {
  const { name } = member
  if (compiler.isIdentifier(name) || compiler.isStringLiteral(name) || compiler.isNumericLiteral(name))
    return typeKey(name.text)
  throw new Error('A type has a property without a plain name.')
}

/** The name in `components["schemas"]["Name"]`. */
function componentName(node: ts.IndexedAccessTypeNode): string {
  const { indexType } = node
  if (compiler.isLiteralTypeNode(indexType) && compiler.isStringLiteral(indexType.literal))
    return indexType.literal.text
  throw new Error('A type refers to something that is no named schema.')
}

function literalText(literal: ts.LiteralTypeNode['literal']): string {
  const keyword = keywords.get(literal.kind)
  if (keyword !== undefined) return keyword
  if (compiler.isStringLiteral(literal)) return quote(literal.text)
  if (compiler.isNumericLiteral(literal)) return literal.text
  if (compiler.isPrefixUnaryExpression(literal) && compiler.isNumericLiteral(literal.operand))
    return `-${literal.operand.text}`
  throw new Error('A schema became a literal of an unknown form.')
}

/** openapi-typescript writes a string literal as an identifier that has its quotes within. */
function identifierText(text: string): string {
  if (text.startsWith('"')) return quote(JSON.parse(text) as string)
  if (isPlainName(text)) return text
  throw new Error('A schema became a name of an unknown form.')
}

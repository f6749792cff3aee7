import { Node, type SourceFile, type TypeNode } from 'ts-morph'
import type { RouteIr } from '../ir.js'
import { constantName, handlersType } from './create-stub.js'
import type { HandlerSet } from './handler-set.js'
import { type NameResolver, returned } from './resolve-name.js'

/** The handlers of a route in a file: by their type, as an argument of `createServer`; undefined when there are none. */
export function findHandlers(
  source: SourceFile,
  route: RouteIr,
  resolver: NameResolver,
): HandlerSet | undefined {
  return findTyped(source, route, resolver) ?? findInServer(source, route, resolver)
}

/** The handlers that a file exports under the name that the generator would have given them. */
export function findExported(
  source: SourceFile,
  route: RouteIr,
  resolver: NameResolver,
): HandlerSet | undefined {
  const names = [constantName(route), route.name, `${route.name}Handlers`, route.typeName]
  for (const name of names) {
    const found = resolver.exported(source, name)
    const set = found === undefined ? undefined : toSet(resolver.resolve(found), undefined)
    if (set !== undefined) return set
  }
  return undefined
}

function findTyped(source: SourceFile, route: RouteIr, resolver: NameResolver): HandlerSet | undefined {
  const type = handlersType(route)
  const name = localName(source, type)
  const typeText = (node: TypeNode | undefined) =>
    node === undefined ? undefined : matchType(node, name, type)
  for (const node of source.getDescendants()) {
    const [annotation, value] = annotated(node) ?? []
    const text = typeText(annotation)
    if (text !== undefined && value !== undefined) {
      const set = toSet(resolver.resolve(value), text)
      if (set !== undefined) return set
    }
    if (!Node.isClassDeclaration(node) && !Node.isClassExpression(node)) continue
    const implemented = node
      .getImplements()
      .map(typeText)
      .find((one) => one !== undefined)
    if (implemented !== undefined) return { kind: 'class', node, type: implemented }
  }
  return undefined
}

/** A type that somebody wrote, and the expression that has it. */
function annotated(node: Node): readonly [TypeNode | undefined, Node | undefined] | undefined {
  if (Node.isVariableDeclaration(node)) return [node.getTypeNode(), node.getInitializer()]
  if (Node.isSatisfiesExpression(node) || Node.isAsExpression(node))
    return [node.getTypeNode(), node.getExpression()]
  if (Node.isFunctionDeclaration(node) || Node.isArrowFunction(node) || Node.isFunctionExpression(node))
    return [node.getReturnTypeNode(), returned(node)]
  return undefined
}

/** The text of the type in a type node, which may be qualified, wrapped, or one of several. */
function matchType(node: Node, name: string, type: string): string | undefined {
  if (Node.isParenthesizedTypeNode(node)) return matchType(node.getTypeNode(), name, type)
  if (Node.isIntersectionTypeNode(node))
    return node
      .getTypeNodes()
      .map((one) => matchType(one, name, type))
      .find((one) => one !== undefined)
  if (Node.isImportTypeNode(node)) return node.getQualifier()?.getText() === type ? node.getText() : undefined
  if (!Node.isTypeReference(node) && !Node.isExpressionWithTypeArguments(node)) return undefined
  const written = Node.isTypeReference(node) ? node.getTypeName().getText() : node.getExpression().getText()
  if (written === name || written.endsWith(`.${type}`)) return written
  const [inner] = /^(Readonly|Required)$/.test(written) ? node.getTypeArguments() : []
  return inner === undefined ? undefined : matchType(inner, name, type)
}

/** What a file calls a type that it imports. */
function localName(source: SourceFile, type: string): string {
  const imported = source.getImportDeclarations().flatMap((declaration) => declaration.getNamedImports())
  return (
    imported
      .find((one) => one.getName() === type)
      ?.getAliasNode()
      ?.getText() ?? type
  )
}

/** The route's property in what is given to `createServer`, or in an object of the type `Handlers`. */
function findInServer(source: SourceFile, route: RouteIr, resolver: NameResolver): HandlerSet | undefined {
  for (const node of source.getDescendants()) {
    const given = serverHandlers(node)
    const all = given === undefined ? undefined : resolver.resolve(given)
    if (all === undefined || !Node.isObjectLiteralExpression(all)) continue
    const property = all.getProperty(route.name)
    const value = Node.isPropertyAssignment(property)
      ? property.getInitializer()
      : Node.isShorthandPropertyAssignment(property)
        ? property.getNameNode()
        : undefined
    const target = value === undefined ? undefined : resolver.resolve(value)
    const isInline = target === value && Node.isObjectLiteralExpression(target)
    const set = toSet(target, isInline ? `Handlers['${route.name}']` : undefined)
    if (set !== undefined) return set
  }
  return undefined
}

function serverHandlers(node: Node): Node | undefined {
  if (Node.isCallExpression(node) && node.getExpression().getText() === 'createServer')
    return node.getArguments()[0]
  const isTyped = Node.isVariableDeclaration(node) && node.getTypeNode()?.getText() === 'Handlers'
  return isTyped ? node.getInitializer() : undefined
}

function toSet(node: Node | undefined, type: string | undefined): HandlerSet | undefined {
  if (node === undefined) return undefined
  if (Node.isObjectLiteralExpression(node)) return { kind: 'object', node, type }
  return Node.isClassDeclaration(node) || Node.isClassExpression(node)
    ? { kind: 'class', node, type }
    : undefined
}

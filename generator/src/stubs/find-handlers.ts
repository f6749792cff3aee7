import { Node, type SourceFile, type TypeNode } from 'ts-morph'
import type { RouteIr } from '../ir.js'
import { constantName, handlersType } from './create-stub.js'
import type { HandlerSet } from './handler-set.js'
import { type NameResolver, returned } from './resolve-name.js'

/**
 * The handlers of a route in a file: by their type, as an argument of `createServer`; empty when there are none.
 * Several, where a function or a condition chooses one of them.
 */
export function findHandlers(
  source: SourceFile,
  route: RouteIr,
  resolver: NameResolver,
): readonly HandlerSet[] {
  const typed = findTyped(source, route, resolver)
  return typed.length > 0 ? typed : findInServer(source, route, resolver)
}

/** The handlers that a file exports under the name that the generator would have given them. */
export function findExported(
  source: SourceFile,
  route: RouteIr,
  resolver: NameResolver,
): readonly HandlerSet[] {
  const names = [constantName(route), route.name, `${route.name}Handlers`, route.typeName]
  for (const name of names) {
    const found = resolver.exported(source, name)
    const sets = found === undefined ? [] : toSets(resolver.resolveAll(found), undefined)
    if (sets.length > 0) return sets
  }
  return []
}

function findTyped(source: SourceFile, route: RouteIr, resolver: NameResolver): readonly HandlerSet[] {
  const type = handlersType(route)
  const name = localName(source, type)
  const typeText = (node: TypeNode | undefined) =>
    node === undefined ? undefined : matchType(node, name, type)
  for (const node of source.getDescendants()) {
    const [annotation, values] = annotated(node)
    const text = typeText(annotation)
    if (text !== undefined) {
      const sets = toSets(
        values.flatMap((value) => resolver.resolveAll(value)),
        text,
      )
      if (sets.length > 0) return sets
    }
    if (!Node.isClassDeclaration(node) && !Node.isClassExpression(node)) continue
    const implemented = node
      .getImplements()
      .map(typeText)
      .find((one) => one !== undefined)
    if (implemented !== undefined) return [{ kind: 'class', node, type: implemented }]
  }
  return []
}

/** A type that somebody wrote, and the expressions that have it. */
function annotated(node: Node): readonly [TypeNode | undefined, readonly Node[]] {
  if (Node.isVariableDeclaration(node)) {
    const value = node.getInitializer()
    return [node.getTypeNode(), value === undefined ? [] : [value]]
  }
  if (Node.isSatisfiesExpression(node) || Node.isAsExpression(node))
    return [node.getTypeNode(), [node.getExpression()]]
  if (Node.isFunctionDeclaration(node) || Node.isArrowFunction(node) || Node.isFunctionExpression(node))
    return [node.getReturnTypeNode(), returned(node)]
  return [undefined, []]
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
  const [inner] = /^(Readonly|Required|Promise)$/.test(written) ? node.getTypeArguments() : []
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
function findInServer(source: SourceFile, route: RouteIr, resolver: NameResolver): readonly HandlerSet[] {
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
    const targets = value === undefined ? [] : resolver.resolveAll(value)
    const isInline = targets[0] === value && Node.isObjectLiteralExpression(value)
    const sets = toSets(targets, isInline ? `Handlers['${route.name}']` : undefined)
    if (sets.length > 0) return sets
  }
  return []
}

function serverHandlers(node: Node): Node | undefined {
  if (Node.isCallExpression(node) && node.getExpression().getText() === 'createServer')
    return node.getArguments()[0]
  const isTyped = Node.isVariableDeclaration(node) && node.getTypeNode()?.getText() === 'Handlers'
  return isTyped ? node.getInitializer() : undefined
}

function toSets(nodes: readonly Node[], type: string | undefined): readonly HandlerSet[] {
  return nodes.map((node) => toSet(node, type)).filter((set) => set !== undefined)
}

function toSet(node: Node, type: string | undefined): HandlerSet | undefined {
  if (Node.isObjectLiteralExpression(node)) return { kind: 'object', node, type }
  return Node.isClassDeclaration(node) || Node.isClassExpression(node)
    ? { kind: 'class', node, type }
    : undefined
}

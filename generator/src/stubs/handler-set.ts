import { type ClassDeclaration, type ClassExpression, Node, type ObjectLiteralExpression } from 'ts-morph'

/** The code in which a person keeps the handlers of a route. */
export type HandlerSet = ObjectSet | ClassSet

export interface ObjectSet {
  readonly kind: 'object'
  readonly node: ObjectLiteralExpression
  /** The type that the object is held to, as the file calls it; undefined when it is held to none. */
  readonly type: string | undefined
}

export interface ClassSet {
  readonly kind: 'class'
  readonly node: ClassDeclaration | ClassExpression
  readonly type: string | undefined
}

/** What a set has: its members by their names, and the places that may bring more than can be seen. */
export interface Members {
  readonly own: ReadonlyMap<string, Node>
  readonly inherited: ReadonlySet<string>
  readonly open: readonly Node[]
}

/** Finds what a name in a file stands for: an expression or a class. */
export type Resolve = (name: Node) => Node | undefined

/** The members of a set, with those that it takes from objects and classes that can be seen. */
export function readMembers(set: HandlerSet, resolve: Resolve): Members {
  return set.kind === 'object' ? readObject(set.node, resolve) : readClass(set.node, resolve)
}

/** An expression without all that says something about its type alone. */
export function unwrap(node: Node): Node {
  if (
    Node.isParenthesizedExpression(node) ||
    Node.isAsExpression(node) ||
    Node.isSatisfiesExpression(node) ||
    Node.isNonNullExpression(node) ||
    Node.isTypeAssertion(node)
  )
    return unwrap(node.getExpression())
  const frozen = Node.isCallExpression(node) && /^Object\.(freeze|seal)$/.test(node.getExpression().getText())
  const [only] = frozen ? node.getArguments() : []
  return only === undefined ? node : unwrap(only)
}

function readObject(node: ObjectLiteralExpression, resolve: Resolve): Members {
  const own = new Map<string, Node>()
  const inherited = new Set<string>()
  const open: Node[] = []
  for (const property of node.getProperties()) {
    if (Node.isSpreadAssignment(property)) {
      const spread = spreadMembers(property.getExpression(), resolve)
      if (spread === undefined) open.push(property)
      for (const name of [...(spread?.own.keys() ?? []), ...(spread?.inherited ?? [])]) inherited.add(name)
      open.push(...(spread?.open ?? []))
      continue
    }
    const name = nameOf(property)
    if (name === undefined) open.push(property)
    else own.set(name, property)
  }
  return { own, inherited, open }
}

function spreadMembers(expression: Node, resolve: Resolve): Members | undefined {
  const value = unwrap(expression)
  const target = Node.isObjectLiteralExpression(value) ? value : resolve(value)
  return target !== undefined && Node.isObjectLiteralExpression(target)
    ? readObject(target, resolve)
    : undefined
}

function readClass(node: ClassDeclaration | ClassExpression, resolve: Resolve): Members {
  const own = new Map<string, Node>()
  for (const member of node.getMembers()) {
    const name = Node.isConstructorDeclaration(member) ? undefined : nameOf(member)
    if (name !== undefined && !(Node.isStaticable(member) && member.isStatic())) own.set(name, member)
  }
  const heritage = node.getExtends()?.getExpression()
  if (heritage === undefined) return { own, inherited: new Set(), open: [] }
  const base = resolve(heritage)
  if (base === undefined || !(Node.isClassDeclaration(base) || Node.isClassExpression(base)))
    return { own, inherited: new Set(), open: [heritage] }
  const members = readClass(base, resolve)
  return { own, inherited: new Set([...members.own.keys(), ...members.inherited]), open: members.open }
}

/** The name of a member as the language sees it; undefined when it is worked out while the program runs. */
function nameOf(member: Node): string | undefined {
  const name = 'getNameNode' in member ? (member as { getNameNode(): Node }).getNameNode() : undefined
  if (name === undefined) return undefined
  if (Node.isStringLiteral(name) || Node.isNoSubstitutionTemplateLiteral(name)) return name.getLiteralText()
  if (!Node.isComputedPropertyName(name)) return name.getText()
  const inner = name.getExpression()
  return Node.isStringLiteral(inner) ? inner.getLiteralText() : undefined
}

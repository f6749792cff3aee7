import {
  type ArrowFunction,
  type CallExpression,
  type FunctionDeclaration,
  type FunctionExpression,
  type MethodDeclaration,
  Node,
  type SourceFile,
} from 'ts-morph'
import { unwrap } from './handler-set.js'
import type { HandlerSources } from './handler-sources.js'

/** How many names are followed from one to the next before giving up: a circle has no end. */
const maxSteps = 20

/** Follows names to the objects and classes that they stand for, through the relative imports of the files. */
export class NameResolver {
  readonly #sources: HandlerSources

  constructor(sources: HandlerSources) {
    this.#sources = sources
  }

  /** What a name, a call of a local function, or `new Name()` stands for, when that is one object literal or class. */
  resolve = (node: Node): Node | undefined => {
    const found = this.resolveAll(node)
    return found.length === 1 ? found[0] : undefined
  }

  /** The same where a function or a condition chooses: everything that it may stand for. */
  resolveAll(node: Node, steps = 0): readonly Node[] {
    const value = unwrap(node)
    if (steps > maxSteps) return []
    if (isTarget(value)) return [value]
    return [...new Set(this.#step(value).flatMap((next) => this.resolveAll(next, steps + 1)))]
  }

  /** What a file exports under a name. */
  exported(source: SourceFile, name: string, steps = 0): Node | undefined {
    if (steps > maxSteps) return undefined
    for (const statement of source.getExportDeclarations()) {
      const specifier = statement.getNamedExports().find((one) => exportedName(one) === name)
      const from = statement.getModuleSpecifierValue()
      if (specifier === undefined && (statement.getNamedExports().length > 0 || from === undefined)) continue
      const local = specifier?.getName() ?? name
      if (from === undefined) return this.#declared(source, local)
      const target = this.#sources.follow(source, from)
      const found = target === undefined ? undefined : this.exported(target, local, steps + 1)
      if (found !== undefined) return found
    }
    return this.#declared(source, name)
  }

  #step(node: Node): readonly Node[] {
    if (Node.isIdentifier(node)) return listed(this.#named(node.getSourceFile(), node.getText()))
    if (Node.isNewExpression(node)) return [node.getExpression()]
    if (Node.isConditionalExpression(node)) return [node.getWhenTrue(), node.getWhenFalse()]
    if (!Node.isCallExpression(node)) return []
    const callee = node.getExpression()
    if (!Node.isIdentifier(callee)) return []
    const called = this.#named(callee.getSourceFile(), callee.getText())
    return returned(called).flatMap((one) => listed(argumentFor(one, called, node) ?? one))
  }

  #named(source: SourceFile, name: string): Node | undefined {
    return this.#declared(source, name) ?? this.#imported(source, name)
  }

  #declared(source: SourceFile, name: string): Node | undefined {
    const variable = source.getVariableDeclaration(name)
    return variable?.getInitializer() ?? source.getClass(name) ?? source.getFunction(name)
  }

  #imported(source: SourceFile, name: string): Node | undefined {
    for (const declaration of source.getImportDeclarations()) {
      const named = declaration.getNamedImports().find((one) => localName(one) === name)
      const target = this.#sources.follow(source, declaration.getModuleSpecifierValue())
      if (target === undefined) continue
      if (named !== undefined) return this.exported(target, named.getName())
      if (declaration.getDefaultImport()?.getText() === name) return exportedByDefault(target)
    }
    return undefined
  }
}

function isTarget(node: Node): boolean {
  return Node.isObjectLiteralExpression(node) || Node.isClassDeclaration(node) || Node.isClassExpression(node)
}

function listed(node: Node | undefined): readonly Node[] {
  return node === undefined ? [] : [node]
}

/** What a function may return: the expressions of all its own ways to return. */
export function returned(node: Node | undefined): readonly Node[] {
  if (node === undefined) return []
  const callable = unwrap(node)
  if (!isFunction(callable)) return []
  const body = callable.getBody()
  if (body === undefined || !Node.isBlock(body)) return listed(body)
  const own = (one: Node) =>
    one.getFirstAncestor((parent) => isFunction(parent) || Node.isGetAccessorDeclaration(parent))
  const returns = body.getDescendants().filter((one) => Node.isReturnStatement(one) && own(one) === callable)
  return returns.flatMap((one) => (Node.isReturnStatement(one) ? listed(one.getExpression()) : []))
}

/** What a call hands over where the function only hands it back. */
function argumentFor(result: Node, called: Node | undefined, call: CallExpression): Node | undefined {
  const callable = called === undefined ? undefined : unwrap(called)
  if (callable === undefined || !isFunction(callable)) return undefined
  const name = unwrap(result).getText()
  const index = callable.getParameters().findIndex((parameter) => parameter.getName() === name)
  return index < 0 ? undefined : call.getArguments()[index]
}

function isFunction(
  node: Node,
): node is FunctionDeclaration | ArrowFunction | FunctionExpression | MethodDeclaration {
  return (
    Node.isFunctionDeclaration(node) ||
    Node.isArrowFunction(node) ||
    Node.isFunctionExpression(node) ||
    Node.isMethodDeclaration(node)
  )
}

function exportedByDefault(source: SourceFile): Node | undefined {
  const assigned = source.getExportAssignment((one) => !one.isExportEquals())
  return assigned?.getExpression() ?? source.getClasses().find((one) => one.isDefaultExport())
}

function exportedName(specifier: { getName(): string; getAliasNode(): Node | undefined }): string {
  return specifier.getAliasNode()?.getText() ?? specifier.getName()
}

const localName = exportedName

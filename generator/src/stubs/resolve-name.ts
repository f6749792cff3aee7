import { Node, type SourceFile } from 'ts-morph'
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

  /** What a name, a call of a local function, or `new Name()` stands for: an object literal or a class. */
  resolve = (node: Node, steps = 0): Node | undefined => {
    const value = unwrap(node)
    if (steps > maxSteps) return undefined
    if (isTarget(value)) return value
    const next = this.#step(value)
    return next === undefined ? undefined : this.resolve(next, steps + 1)
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

  #step(node: Node): Node | undefined {
    if (Node.isIdentifier(node)) return this.#named(node.getSourceFile(), node.getText())
    if (Node.isNewExpression(node)) return node.getExpression()
    if (!Node.isCallExpression(node)) return undefined
    const callee = node.getExpression()
    return Node.isIdentifier(callee)
      ? returned(this.#named(callee.getSourceFile(), callee.getText()))
      : undefined
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

/** What a function returns, when it has one way to return. */
export function returned(node: Node | undefined): Node | undefined {
  if (node === undefined) return undefined
  const callable = unwrap(node)
  if (
    !(
      Node.isFunctionDeclaration(callable) ||
      Node.isArrowFunction(callable) ||
      Node.isFunctionExpression(callable) ||
      Node.isMethodDeclaration(callable)
    )
  )
    return undefined
  const body = callable.getBody()
  if (body === undefined || !Node.isBlock(body)) return body
  const returns = body.getStatements().filter((statement) => Node.isReturnStatement(statement))
  return returns.length === 1 ? returns[0]?.getExpression() : undefined
}

function exportedByDefault(source: SourceFile): Node | undefined {
  const assigned = source.getExportAssignment((one) => !one.isExportEquals())
  return assigned?.getExpression() ?? source.getClasses().find((one) => one.isDefaultExport())
}

function exportedName(specifier: { getName(): string; getAliasNode(): Node | undefined }): string {
  return specifier.getAliasNode()?.getText() ?? specifier.getName()
}

const localName = exportedName

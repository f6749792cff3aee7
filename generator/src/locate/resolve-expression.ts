import { ts } from 'ts-morph'
import type { Sources } from './sources.js'

/** How many names are followed one after the other. */
const maxHops = 16

/** The expression that a node comes down to: names are followed to what they were declared with. */
export function resolveExpression(node: ts.Node, sources: Sources, hops = 0): ts.Node {
  if (hops > maxHops) return node
  if (isWrapped(node)) return resolveExpression(node.expression, sources, hops)
  if (!ts.isIdentifier(node)) return node
  const declared = findDeclaration(node, sources)
  return declared === undefined ? node : resolveExpression(declared, sources, hops + 1)
}

function isWrapped(
  node: ts.Node,
): node is ts.ParenthesizedExpression | ts.AsExpression | ts.SatisfiesExpression {
  return ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node)
}

function findDeclaration(name: ts.Identifier, sources: Sources): ts.Node | undefined {
  for (let scope: ts.Node = name.parent; scope !== undefined; scope = scope.parent) {
    if (!ts.isBlock(scope) && !ts.isSourceFile(scope)) continue
    const declared = declaredIn(scope.statements, name.text)
    if (declared !== undefined) return declared
    if (ts.isSourceFile(scope)) return importedAs(scope, name.text, sources)
  }
  return undefined
}

function declaredIn(statements: readonly ts.Statement[], name: string): ts.Node | undefined {
  for (const statement of statements) {
    if (!ts.isVariableStatement(statement)) continue
    const declarations = statement.declarationList.declarations
    const found = declarations.find((one) => ts.isIdentifier(one.name) && one.name.text === name)
    if (found?.initializer !== undefined) return found.initializer
  }
  return undefined
}

function importedAs(file: ts.SourceFile, name: string, sources: Sources): ts.Node | undefined {
  for (const statement of file.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue
    const original = originalName(statement.importClause, name)
    if (original === undefined) continue
    const target = sources.imported(file.fileName, statement.moduleSpecifier.text)
    if (target === undefined) return undefined
    return original === 'default' ? defaultExport(target) : declaredIn(target.statements, original)
  }
  return undefined
}

/** What an imported name is called in the file that it comes from. */
function originalName(clause: ts.ImportClause | undefined, name: string): string | undefined {
  if (clause?.name?.text === name) return 'default'
  const bindings = clause?.namedBindings
  if (bindings === undefined || !ts.isNamedImports(bindings)) return undefined
  const found = bindings.elements.find((element) => element.name.text === name)
  return found === undefined ? undefined : (found.propertyName ?? found.name).text
}

export function defaultExport(file: ts.SourceFile): ts.Node | undefined {
  return file.statements.find((statement) => ts.isExportAssignment(statement))?.expression
}

import { ts } from 'ts-morph'
import type { Diagnostic } from '../diagnose/diagnostic.js'
import type { Sources } from './sources.js'

const holders = new Set(['clientToServer', 'serverToClient', 'messages'])

/** What a key that is written twice in one object literal means for the API. */
export function describeDuplicateKey(diagnostic: Diagnostic, sources: Sources): Diagnostic {
  if (diagnostic.site === undefined) return diagnostic
  const nodes = sources.nodesAt(diagnostic.site)
  const path = nodes.flatMap((node) => (hasName(node) ? [node.name.text] : []))
  const name = path.at(-1) ?? ''
  if (!holders.has(path.at(-2) ?? '')) {
    const message = `"${name}" is written twice in one object: JavaScript keeps only the last.`
    return { ...diagnostic, message, path: path.join('.') }
  }
  const message = `The message "${name}" is written twice: JavaScript keeps only the last.`
  return { ...diagnostic, code: 'DUPLICATE_MESSAGE', message, path: path.join('.') }
}

function hasName(
  node: ts.Node,
): node is ts.PropertyAssignment & { readonly name: ts.Identifier | ts.StringLiteral } {
  return ts.isPropertyAssignment(node) && (ts.isIdentifier(node.name) || ts.isStringLiteral(node.name))
}

import { existsSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { ts } from 'ts-morph'
import type { Site } from '../ir.js'

/** The user's source files as syntax trees, each read once. Knows no types. */
export class Sources {
  readonly #files = new Map<string, ts.SourceFile | undefined>()

  /** The tree of a file; undefined when it cannot be read. */
  open(file: string): ts.SourceFile | undefined {
    if (!this.#files.has(file)) this.#files.set(file, parse(file))
    return this.#files.get(file)
  }

  /** The innermost node that starts at a place. */
  nodesAt(site: Site): readonly ts.Node[] {
    const file = this.open(site.file)
    if (file === undefined) return []
    const lines = file.getLineStarts()
    const position = (lines[site.line - 1] ?? 0) + site.column - 1
    return chainAt(file, position)
  }

  /** The file that a relative import leads to. */
  imported(from: string, specifier: string): ts.SourceFile | undefined {
    if (!specifier.startsWith('.')) return undefined
    const path = resolve(dirname(from), specifier)
    const plain = path.replace(/\.[cm]?js$/, '')
    const found = [path, `${plain}.ts`, `${plain}.mts`, `${plain}.js`, `${path}/index.ts`].find(
      (file) => /\.\w+$/.test(file) && existsSync(file),
    )
    return found === undefined ? undefined : this.open(found)
  }
}

/** The place where a node starts. */
export function siteOf(node: ts.Node): Site {
  const file = node.getSourceFile()
  const { line, character } = file.getLineAndCharacterOfPosition(node.getStart(file))
  return { file: file.fileName, line: line + 1, column: character + 1 }
}

function parse(file: string): ts.SourceFile | undefined {
  if (!existsSync(file)) return undefined
  return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
}

/** The nodes that contain a position, outermost first. */
function chainAt(file: ts.SourceFile, position: number): readonly ts.Node[] {
  const chain: ts.Node[] = []
  const visit = (node: ts.Node): void => {
    if (node.getStart(file) > position || node.getEnd() <= position) return
    chain.push(node)
    ts.forEachChild(node, visit)
  }
  visit(file)
  return chain
}

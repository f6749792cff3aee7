import { readFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import ts from 'typescript-6'

const root = join(import.meta.dirname, '../../..')
const rooms = ['protocol', 'schema', 'runtime', 'clients', 'generator']

/** What a person may import from, and the declarations that say what there is. */
export interface Entry {
  /** Such as `@wirepact/client/react`. */
  readonly module: string
  readonly declarations: string
}

interface Manifest {
  readonly name: string
  readonly exports: Readonly<Record<string, string | { readonly types: string }>>
}

/** Every entry of every package that has types. */
export function readEntries(): readonly Entry[] {
  return rooms.flatMap((room) => {
    const { name, exports }: Manifest = JSON.parse(readFileSync(join(root, room, 'package.json'), 'utf8'))
    return Object.entries(exports).flatMap(([path, target]) => {
      if (typeof target === 'string') return []
      return [{ module: name + path.slice(1), declarations: join(root, room, target.types) }]
    })
  })
}

/** The exported names of each entry, by its module, as TypeScript resolves them. */
export function readExports(entries: readonly Entry[]): ReadonlyMap<string, readonly string[]> {
  const program = ts.createProgram({
    rootNames: entries.map(({ declarations }) => declarations),
    options: { module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2023, noLib: true, types: [] },
  })
  const checker = program.getTypeChecker()
  return new Map(
    entries.map(({ module, declarations }) => {
      const source = program.getSourceFile(declarations)
      const symbol = source && checker.getSymbolAtLocation(source)
      return [module, symbol ? checker.getExportsOfModule(symbol).map(({ name }) => name) : []]
    }),
  )
}

function namesOf(clause: ts.ImportClause): readonly string[] {
  const bindings = clause.namedBindings
  if (!bindings || !ts.isNamedImports(bindings)) return []
  return bindings.elements.map(({ name, propertyName }) => (propertyName ?? name).text)
}

/** What a file imports by name, as `module name`. */
function readImports(text: string): readonly string[] {
  const { statements } = ts.createSourceFile('file.ts', text, ts.ScriptTarget.ES2023)
  return statements.filter(ts.isImportDeclaration).flatMap(({ importClause, moduleSpecifier }) => {
    if (!importClause || !ts.isStringLiteral(moduleSpecifier)) return []
    return namesOf(importClause).map((name) => `${moduleSpecifier.text} ${name}`)
  })
}

const isTest = (path: string) =>
  /\.tsx?$/.test(path) && !/(^|\/)(node_modules|dist|generated|golden|fixtures)\//.test(path)

/** Everything that a file of the tests imports from a package, as `module name`. Generated code is no test. */
export async function readTested(): Promise<ReadonlySet<string>> {
  const folder = join(root, 'test')
  const paths = (await readdir(folder, { recursive: true })).filter(isTest)
  const texts = await Promise.all(paths.map((path) => readFile(join(folder, path), 'utf8')))
  return new Set(texts.flatMap(readImports))
}

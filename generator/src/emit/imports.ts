import { type ImportDeclarationStructure, StructureKind } from 'ts-morph'
import { compareNames, type Names } from './names.js'

interface Named {
  readonly local: string
  readonly isType: boolean
}

/** The imports of one module: asked for by name, given out under a name that is free in the module. */
export class Imports {
  readonly #names: Names
  readonly #named = new Map<string, Map<string, Named>>()
  readonly #namespaces = new Map<string, string>()

  constructor(names: Names) {
    this.#names = names
  }

  /** The local name of a type. */
  type(from: string, name: string): string {
    return this.#add(from, name, true)
  }

  /** The local name of a value. */
  value(from: string, name: string): string {
    return this.#add(from, name, false)
  }

  /** The local name under which everything of a module is reached. */
  namespace(from: string, wanted: string): string {
    const local = this.#namespaces.get(from) ?? this.#names.take(wanted)
    this.#namespaces.set(from, local)
    return local
  }

  #add(from: string, name: string, isType: boolean): string {
    const module = this.#named.get(from) ?? new Map<string, Named>()
    this.#named.set(from, module)
    const known = module.get(name)
    const local = known?.local ?? this.#names.take(name)
    module.set(name, { local, isType: isType && (known?.isType ?? true) })
    return local
  }

  /** The declarations, packages before files, each sorted. */
  structures(): ImportDeclarationStructure[] {
    const namespaces = [...this.#namespaces].map(([from, local]) => namespaceImport(from, local))
    const named = [...this.#named].map(([from, names]) => namedImport(from, names))
    return [...namespaces, ...named].sort((a, b) => compareNames(sortKey(a), sortKey(b)))
  }
}

function sortKey({ moduleSpecifier }: ImportDeclarationStructure): string {
  return (moduleSpecifier.startsWith('.') ? '1' : '0') + moduleSpecifier
}

function namespaceImport(moduleSpecifier: string, namespaceImport: string): ImportDeclarationStructure {
  return { kind: StructureKind.ImportDeclaration, moduleSpecifier, namespaceImport }
}

function namedImport(moduleSpecifier: string, names: ReadonlyMap<string, Named>): ImportDeclarationStructure {
  const isTypeOnly = [...names.values()].every((named) => named.isType)
  const sorted = [...names].sort(
    ([a], [b]) => compareNames(a.toLowerCase(), b.toLowerCase()) || compareNames(a, b),
  )
  const namedImports = sorted.map(([name, { local, isType }]) => ({
    name,
    isTypeOnly: isType && !isTypeOnly,
    ...(local !== name && { alias: local }),
  }))
  return { kind: StructureKind.ImportDeclaration, moduleSpecifier, isTypeOnly, namedImports }
}

import { type Layout, render } from './layout.js'
import { compareLetters, compareNames, type Names } from './names.js'

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

  /** The declarations, a line each where it fits: packages before files, each sorted. */
  print(): string {
    const namespaces = [...this.#namespaces].map(([from, local]) => ({ from, text: `* as ${local}` }))
    const named = [...this.#named].map(([from, names]) => ({ from, text: namedImports(names) }))
    return [...namespaces, ...named]
      .sort((a, b) => compareNames(sortKey(a.from), sortKey(b.from)))
      .map(({ from, text }) => fromModule(['import ', text], from))
      .join('')
  }
}

function sortKey(from: string): string {
  return (from.startsWith('.') ? '1' : '0') + from
}

function namedImports(names: ReadonlyMap<string, Named>): Layout {
  const isTypeOnly = [...names.values()].every((named) => named.isType)
  const sorted = [...names].sort(([a], [b]) => compareLetters(a, b))
  const items = sorted.map(([name, { local, isType }]) => {
    return `${isType && !isTypeOnly ? 'type ' : ''}${local === name ? name : `${name} as ${local}`}`
  })
  return [isTypeOnly ? 'type ' : '', nameList(items)]
}

/** Names in braces. */
export function nameList(items: readonly string[]): Layout {
  return { open: '{', close: '}', between: ',', trailing: ',', padded: true, items }
}

/** An import or an export of another module, with its line break. */
export function fromModule(what: Layout, from: string): string {
  return `${render([what, ` from '${from}'`])}\n`
}

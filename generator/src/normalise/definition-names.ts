import { idToTypeName, toPascal } from '../model/type-name.js'
import { take } from './address.js'
import type { Place } from './place.js'

/** Gives each definition a name that nothing else has: a legal identifier, as close as can be to what it was called. */
export class DefinitionNames {
  readonly #taken: Set<string>
  readonly #root: string

  constructor(root: string, taken: Iterable<string>) {
    this.#root = root
    this.#taken = new Set([...taken, root])
  }

  take(place: Place): string {
    const wanted = startWithLetter(this.#wanted(place))
    let name = wanted
    for (let count = 2; this.#taken.has(name); count++) name = `${wanted}${count}`
    this.#taken.add(name)
    return name
  }

  #wanted({ schema, path, document }: Place): string {
    const id = take(schema, '$id')
    const anchor = take(schema, '$anchor') ?? take(schema, '$dynamicAnchor')
    const ofId = typeof id === 'string' && !id.startsWith('#') ? idToTypeName(id) : ''
    const ofPath = path.length > 0 ? toPascal(path.at(-1) ?? '') : idToTypeName(document)
    const ofAnchor = typeof anchor === 'string' ? toPascal(anchor) : ''
    const isIndex = /^\d*$/.test(ofPath)
    return (
      ofId || (isShelved(path) || ofAnchor === '' ? '' : ofAnchor) || (isIndex ? '' : ofPath) || this.#root
    )
  }
}

function isShelved(path: readonly string[]): boolean {
  return path.at(-2) === '$defs' || path.at(-2) === 'definitions'
}

function startWithLetter(name: string): string {
  return /^[A-Za-z_]/.test(name) ? name : `_${name}`
}

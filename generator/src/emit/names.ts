/** Words that no variable may be called (ECMA-262, section 12.7.2), and those that only some may be. */
const reserved = [
  'arguments await break case catch class const continue debugger default delete do else enum eval export extends',
  'false finally for function if implements import in instanceof interface let new null package private protected',
  'public return static super switch this throw true try typeof undefined var void while with yield',
].flatMap((line) => line.split(' '))

/** Gives out names of one module: nothing gets a name that something else has. */
export class Names {
  readonly #taken: Set<string>

  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set([...reserved, ...taken])
  }

  /** `wanted`, or `wanted` with the first free number behind it. */
  take(wanted: string): string {
    let name = wanted
    for (let count = 2; this.#taken.has(name); count++) name = `${wanted}${count}`
    this.#taken.add(name)
    return name
  }
}

/** `ChatSay` as `chatSay`. */
export function lowerFirst(name: string): string {
  return name.slice(0, 1).toLowerCase() + name.slice(1)
}

/** Orders names as linters sort imports: letter by letter, the upper case of a letter before its lower case. */
export function compareLetters(left: string, right: string): number {
  const length = Math.min(left.length, right.length)
  for (let index = 0; index < length; index++) {
    const [a, b] = [left.charAt(index), right.charAt(index)]
    if (a !== b) return compareNames(a.toLowerCase(), b.toLowerCase()) || compareNames(a, b)
  }
  return left.length - right.length
}

/** Orders names by their code units, the same everywhere. */
export function compareNames(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}

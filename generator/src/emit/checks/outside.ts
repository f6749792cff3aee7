import { type Layout, render } from '../layout.js'
import { dataLiteral, quote } from '../literal.js'
import type { Names } from '../names.js'
import { chain, type Expression, type Use } from './expression.js'
import type { Marks } from './prepare-schema.js'

export interface OutsideOptions {
  readonly names: Names
  /** The name in the module of a function of the validation package. */
  readonly use: Use
  readonly marks: Marks
  /** What typebox has no source text for, in its order. */
  readonly externals: readonly unknown[]
  /** The call that checks the schema behind typebox's name of a check. */
  readonly checkCall: (check: string, subject: string) => string
}

const maxComparedKeys = 8

/** What the checks of one module refer to outside of themselves: imported functions, constants, other checks. */
export class Outside {
  readonly #options: OutsideOptions
  readonly #constants = new Map<string, { readonly name: string; readonly text: string }>()

  constructor(options: OutsideOptions) {
    this.#options = options
  }

  /** The declarations of the module's constants, in the order of their first use. */
  get constants(): readonly string[] {
    return [...this.#constants.values()].map((constant) => constant.text)
  }

  readonly use = (name: string): string => this.#options.use(name)

  call(name: string, ...operands: readonly string[]): Expression {
    return { kind: 'text', text: () => this.callText(name, ...operands) }
  }

  callText(name: string, ...operands: readonly string[]): string {
    return `${this.use(name)}(${operands.join(', ')})`
  }

  check(check: string, subject: string): Expression {
    return { kind: 'text', text: () => this.#options.checkCall(check, subject) }
  }

  /** `External[index].test(subject)`. */
  test(index: number, subject: string): Expression {
    const pattern = this.#options.externals[index]
    if (!(pattern instanceof RegExp))
      throw new Error('typebox emitted a test by something that is no pattern.')
    const { formats, closedKeys } = this.#options.marks
    const format = formats.get(pattern.source)
    if (format !== undefined) return this.call(format, subject)
    const keys = pattern.source === '(?!)' ? [] : closedKeys.get(pattern.source)
    if (keys !== undefined) return this.#keyTest(keys, subject)
    return { kind: 'text', text: () => `${this.#constant('pattern', '', String(pattern))}.test(${subject})` }
  }

  /** `Guard.IsDeepEqual(subject, External[index])`. */
  equal(index: number, subject: string): Expression {
    const data = this.#options.externals[index]
    const list = this.#options.marks.lists.get(data)
    if (list !== undefined) return this.#listTest(list, subject)
    const constant = () => this.#constant('constant', ': unknown', dataLiteral(data))
    return { kind: 'text', text: () => this.callText('isDeepEqual', subject, constant()) }
  }

  #keyTest(keys: readonly string[], subject: string): Expression {
    if (keys.length > maxComparedKeys) return this.#listTest(keys, subject)
    return chain(
      'or',
      keys.map((key) => ({ kind: 'compare', left: subject, operator: '===', right: quote(key) })),
    )
  }

  #listTest(values: readonly unknown[], subject: string): Expression {
    const items = ['new Set(', dataLiteral(values), ')']
    return {
      kind: 'text',
      text: () => `${this.#constant('values', ': ReadonlySet<unknown>', items)}.has(${subject})`,
    }
  }

  /** The name of a constant with this value; the same value is declared once. */
  #constant(wanted: string, type: string, value: Layout): string {
    const key = wanted + render(value)
    const known = this.#constants.get(key)
    if (known !== undefined) return known.name
    const name = this.#options.names.take(`${wanted}${this.#constants.size + 1}`)
    const start = `const ${name}${type} = `
    const text = start + render(value, { column: start.length })
    this.#constants.set(key, { name, text })
    return name
  }
}

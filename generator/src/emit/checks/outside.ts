import type { JsonSchema } from '../../ir.js'
import { type Layout, render } from '../layout.js'
import { dataLiteral } from '../literal.js'
import type { Names } from '../names.js'
import { always, any, compare, type Expression, not } from './expression.js'
import { toLayout, type Use } from './expression-layout.js'

export interface OutsideOptions {
  readonly names: Names
  /** The name in the module of a function of the validation package. */
  readonly use: Use
  /** The schema of a name. */
  readonly lookup: (name: string) => JsonSchema | undefined
  /** The call that checks a value by the schema of a name. */
  readonly checkCall: (name: string, subject: string) => string
}

interface LoopOptions {
  /** The place of the value whose keys or items are looked at. */
  readonly subject: string
  /** The function that the loop is written for. */
  readonly owner: string
  /** What is computed before the loop. */
  readonly facts?: readonly Fact[]
  /** What has to hold of the value besides. */
  readonly combined?: Expression
}

/** A condition that a loop computes once. */
export interface Fact {
  readonly name: string
  readonly condition: Expression
  /** Whether the loop asks for it: set when the loop is printed. */
  isUsed: boolean
}

/** The parameter of a loop's function, the line that begins the loop, and what it does. */
type Loop = readonly [parameter: string, head: string, body: string]

const maxCompared = 8

/** What the checks of one module refer to outside of themselves: imports, constants, loops, other checks. */
export class Outside {
  readonly #options: OutsideOptions
  readonly #constants = new Map<string, { readonly name: string; readonly text: string }>()
  readonly #loopNames = new Map<string, string>()
  #loops: string[] = []

  constructor(options: OutsideOptions) {
    this.#options = options
  }

  /** The declarations of the module's constants, in the order of their first use. */
  get constants(): readonly string[] {
    return [...this.#constants.values()].map((constant) => constant.text)
  }

  readonly use = (name: string): string => this.#options.use(name)
  readonly lookup = (name: string): JsonSchema | undefined => this.#options.lookup(name)

  /** The functions that were needed since this was asked last. */
  takeLoops(): readonly string[] {
    const loops = this.#loops
    this.#loops = []
    return loops
  }

  call(name: string, ...operands: readonly string[]): Expression {
    return { kind: 'call', text: () => `${this.use(name)}(${operands.join(', ')})` }
  }

  check(name: string, subject: string): Expression {
    return { kind: 'call', text: () => this.#options.checkCall(name, subject) }
  }

  pattern(source: string, subject: string): Expression {
    const literal = String(new RegExp(source, 'u'))
    return { kind: 'call', text: () => `${this.#constant('pattern', '', literal)}.test(${subject})` }
  }

  /** Whether a value is one of these: plain ones are compared, many of them looked up, others compared deeply. */
  oneOf(values: readonly unknown[], subject: string): Expression {
    const plain = values.filter(isPlain)
    const others = values.filter((value) => !isPlain(value))
    const compared =
      plain.length > maxCompared
        ? [this.#inSet(plain, subject)]
        : plain.map((value) => {
            return compare(subject, '===', render(dataLiteral(value)))
          })
    return any([...compared, ...others.map((value) => this.#deepEqual(value, subject))])
  }

  #inSet(values: readonly unknown[], subject: string): Expression {
    const items = ['new Set(', dataLiteral(values), ')']
    const text = () => `${this.#constant('values', ': ReadonlySet<unknown>', items)}.has(${subject})`
    return { kind: 'call', text, defined: subject }
  }

  #deepEqual(value: unknown, subject: string): Expression {
    const constant = () => this.#constant('constant', ': unknown', dataLiteral(value))
    const text = () => `${this.use('isDeepEqual')}(${subject}, ${constant()})`
    return { kind: 'call', text, defined: subject }
  }

  /** Whether `condition` holds of every `key` of the `object` at a place: a function with a loop of its own. */
  eachKey(condition: Expression, options: LoopOptions): Expression {
    if (condition.kind === 'constant' && condition.value) return always
    return this.#loop(`${options.owner}Keys`, options, () => {
      const test = this.#failure(condition, ` && ${this.use('hasOwn')}(object, key)`)
      return ['object', '  for (const key in object) {', test]
    })
  }

  /** The same for every `index` of the `list` at a place. */
  eachIndex(condition: Expression, options: LoopOptions): Expression {
    if (condition.kind === 'constant' && condition.value) return always
    return this.#loop(`${options.owner}Items`, options, () => {
      const head = '  for (let index = 0; index < list.length; index++) {'
      return ['list', head, this.#failure(condition, '')]
    })
  }

  #failure(condition: Expression, after: string): string {
    const layout = toLayout(not(condition), this.use)
    const needsBrackets = after !== '' && ['or', 'choice'].includes(not(condition).kind)
    const test: Layout = needsBrackets ? ['(', layout, ')', after] : [layout, after]
    return `    if (${render(test, { indent: 4, column: 8, after: 15 })}) return false`
  }

  /** A call of a function of its own: one that says the same for the same schema is written once. */
  #loop(
    wanted: string,
    { subject, facts = [], combined = always }: LoopOptions,
    write: () => Loop,
  ): Expression {
    const text = once(() => {
      const [parameter, ...lines] = write()
      const refusal = this.#refusal(combined)
      const before = [...this.#factLines(facts), ...refusal]
      const rest = [`(${parameter}: Json): boolean {`, ...before, ...lines, '  }', '  return true', '}']
      return `${this.#loopName(wanted, rest.join('\n'))}(${subject})`
    })
    return { kind: 'call', text }
  }

  #refusal(condition: Expression): readonly string[] {
    if (condition.kind === 'constant' && condition.value) return []
    const layout = toLayout(not(condition), this.use)
    return [`  if (${render(layout, { indent: 2, column: 6, after: 15 })}) return false`]
  }

  /** The facts that are used in what was printed, and by each other: those that stand before, so the last is first. */
  #factLines(facts: readonly Fact[]): readonly string[] {
    const lines: string[] = []
    for (const fact of facts.toReversed()) {
      if (!fact.isUsed) continue
      const start = `  const ${fact.name} = `
      lines.unshift(start + render(toLayout(fact.condition, this.use), { indent: 2, column: start.length }))
    }
    return lines
  }

  #loopName(wanted: string, rest: string): string {
    const key = wanted + rest
    const known = this.#loopNames.get(key)
    if (known !== undefined) return known
    const name = this.#options.names.take(wanted)
    this.#loopNames.set(key, name)
    this.#loops.push(`function ${name}${rest}`)
    return name
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

/** A text that is written when it is asked for first. */
function once(write: () => string): () => string {
  let text: string | undefined
  return () => {
    text ??= write()
    return text
  }
}

function isPlain(value: unknown): boolean {
  return value === null || typeof value !== 'object'
}

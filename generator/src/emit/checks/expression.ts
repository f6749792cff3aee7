import type { Group, Layout } from '../layout.js'
import { member, quote } from '../literal.js'

/**
 * A condition on a value, between what typebox emits and what is printed. What refers to something outside of the
 * check is a function, called when it is printed: what is simplified away leaves no import and no constant.
 */
export type Expression =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'text'; readonly text: () => string }
  | { readonly kind: 'object'; readonly subject: string }
  | { readonly kind: 'array'; readonly subject: string }
  | { readonly kind: 'typeof object'; readonly subject: string }
  | { readonly kind: 'typed'; readonly test: string; readonly subject: string }
  | { readonly kind: 'compare'; readonly left: string; readonly operator: string; readonly right: string }
  | { readonly kind: 'has'; readonly subject: string; readonly key: string }
  | { readonly kind: 'and' | 'or'; readonly items: readonly Expression[] }
  | { readonly kind: 'not'; readonly item: Expression }
  | { readonly kind: 'each'; readonly head: string; readonly body: Expression }
  | { readonly kind: 'count'; readonly head: string; readonly body: Expression; readonly tail: string }
  | { readonly kind: 'one'; readonly items: readonly Expression[] }
  | { readonly kind: 'choice'; readonly items: readonly [test: Expression, yes: Expression, no: Expression] }

/**
 * Names that every object inherits: for these alone `in` says more than JSON data has. A parsed message never
 * inherits anything else.
 */
const inherited: ReadonlySet<string> = new Set([...Object.getOwnPropertyNames(Object.prototype), '__proto__'])

function isInherited(key: string): boolean {
  return inherited.has(key)
}

/** A chain of conditions, flattened, without what is certain. */
export function chain(kind: 'and' | 'or', parts: readonly Expression[]): Expression {
  const neutral = kind === 'and'
  const flat = parts.flatMap((part) => (part.kind === kind ? part.items : [part]))
  const isDecided = flat.some((item) => item.kind === 'constant' && item.value !== neutral)
  if (isDecided) return { kind: 'constant', value: !neutral }
  const open = flat.filter((item) => item.kind !== 'constant')
  const items = kind === 'and' ? dropProven(dropProvenKeys(mergeObjectTests(open))) : dropDoubtfulKeys(open)
  const [first] = items
  if (first === undefined) return { kind: 'constant', value: neutral }
  return items.length === 1 ? first : { kind, items }
}

export function not(item: Expression): Expression {
  if (item.kind === 'constant') return { kind: 'constant', value: !item.value }
  if (item.kind === 'not') return item.item
  if (item.kind === 'compare' && item.operator === '===') return { ...item, operator: '!==' }
  return { kind: 'not', item }
}

/** A condition that depends on another, without a choice where there is none. */
export function choose(test: Expression, yes: Expression, no: Expression): Expression {
  if (test.kind === 'constant') return test.value ? yes : no
  if (yes.kind === 'constant') return yes.value ? chain('or', [test, no]) : chain('and', [not(test), no])
  if (no.kind === 'constant') return no.value ? chain('or', [not(test), yes]) : chain('and', [test, yes])
  return { kind: 'choice', items: [test, yes, no] }
}

/** `typeof x === 'object' && x !== null && !Array.isArray(x)` is one question. */
function mergeObjectTests(items: readonly Expression[]): Expression[] {
  const merged: Expression[] = []
  for (let index = 0; index < items.length; index++) {
    const item = items[index] as Expression
    const isTest =
      item.kind === 'typeof object' && isObjectTest(item.subject, items[index + 1], items[index + 2])
    merged.push(isTest ? { kind: 'object', subject: item.subject } : item)
    if (isTest) index += 2
  }
  return merged
}

function isObjectTest(
  subject: string,
  second: Expression | undefined,
  third: Expression | undefined,
): boolean {
  if (second?.kind !== 'compare' || third?.kind !== 'not' || third.item.kind !== 'array') return false
  return (
    second.left === subject &&
    second.operator === '!==' &&
    second.right === 'null' &&
    third.item.subject === subject
  )
}

/** `x.a === undefined || !('a' in x)` says the same thing twice, unless every object inherits the name. */
function dropDoubtfulKeys(items: readonly Expression[]): Expression[] {
  const missing = new Set(items.flatMap((item) => (isMissing(item) ? [item.left] : [])))
  return items.filter((item) => {
    if (item.kind !== 'not' || item.item.kind !== 'has' || isInherited(item.item.key)) return true
    return !missing.has(member(item.item.subject, item.item.key))
  })
}

/** `'a' in x` adds nothing where `x.a` has to be of a type, unless every object inherits the name. */
function dropProvenKeys(items: readonly Expression[]): Expression[] {
  const proven = new Set(
    items.flatMap((item) => ('subject' in item && item.kind !== 'has' ? [item.subject] : [])),
  )
  return items.filter((item) => {
    return item.kind !== 'has' || isInherited(item.key) || !proven.has(member(item.subject, item.key))
  })
}

/** What was asked before is not asked again: not alone, and not as the condition of something else. */
function dropProven(items: readonly Expression[]): Expression[] {
  const proven = new Set<string>()
  const left: Expression[] = []
  for (const item of items) {
    const facts = factsOf(item)
    if (facts.some((fact) => proven.has(fact))) continue
    left.push(...withoutRefuted(item, proven))
    for (const fact of facts) proven.add(fact)
  }
  return left
}

function withoutRefuted(item: Expression, proven: ReadonlySet<string>): readonly Expression[] {
  if (item.kind !== 'or') return [item]
  const open = item.items.filter((part) => !isRefuted(part, proven))
  const rest = chain('or', open)
  return rest.kind === 'and' ? rest.items : [rest]
}

/** What holds of a place once this condition does. */
function factsOf(item: Expression): string[] {
  if (item.kind === 'object' || item.kind === 'array') return [`${item.kind} ${item.subject}`]
  if (item.kind !== 'typed') return []
  const fact = `${item.test} ${item.subject}`
  return item.test === 'Number.isInteger' ? [fact, `Number.isFinite ${item.subject}`] : [fact]
}

function isRefuted(part: Expression, proven: ReadonlySet<string>): boolean {
  return part.kind === 'not' && factsOf(part.item).some((fact) => proven.has(fact))
}

function isMissing(item: Expression): item is Expression & { kind: 'compare' } {
  return item.kind === 'compare' && item.operator === '===' && item.right === 'undefined'
}

/** Notes that the text uses a function of the validation package, and answers with its name. */
export type Use = (name: string) => string

/** The expression as source text, to be broken where it is too long. */
export function toLayout(expression: Expression, use: Use): Layout {
  switch (expression.kind) {
    case 'constant':
      return String(expression.value)
    case 'text':
      return expression.text()
    case 'typed':
      return `${testName(expression.test, use)}(${expression.subject})`
    case 'object':
      return `${use('isObject')}(${expression.subject})`
    case 'array':
      return `${use('isArray')}(${expression.subject})`
    case 'compare':
      return `${expression.left} ${expression.operator} ${expression.right}`
    case 'has':
      return hasText(expression.subject, expression.key, use)
    case 'and':
    case 'or':
      return { ...chainGroup(expression, use), bracketsWhenBroken: true }
    case 'not':
      return ['!', inner(expression.item, use)]
    case 'each':
      return [expression.head, toLayout(expression.body, use), ')']
    case 'count':
      return [expression.head, toLayout(expression.body, use), expression.tail]
    case 'one':
      return oneLayout(expression.items, use)
    case 'choice':
      return choiceLayout(expression.items, use)
    case 'typeof object':
      throw new Error('A test for an object has an unknown form.')
  }
}

/** A test of the language is always there; any other is imported. */
function testName(test: string, use: Use): string {
  return test.startsWith('Number.') ? test : use(test)
}

function hasText(subject: string, key: string, use: Use): string {
  return isInherited(key) ? `${use('hasOwn')}(${subject}, ${quote(key)})` : `${quote(key)} in ${subject}`
}

function oneLayout(items: readonly Expression[], use: Use): Layout {
  const numbers = items.map((item): Layout => {
    return isChain(item)
      ? { ...chainGroup(item, use), open: 'Number(' }
      : ['Number(', toLayout(item, use), ')']
  })
  return [{ open: '(', close: ')', bracketsWhenBroken: true, between: ' +', items: numbers }, ' === 1']
}

function choiceLayout([test, yes, no]: readonly [Expression, Expression, Expression], use: Use): Layout {
  const arms: Layout[] = [inner(test, use), ['? ', inner(yes, use)], [': ', inner(no, use)]]
  return { open: '(', close: ')', bracketsWhenBroken: true, items: arms }
}

function chainGroup(chained: Expression & { kind: 'and' | 'or' }, use: Use): Group {
  const items = chained.items.map((item) => {
    return isChain(item) || item.kind === 'choice' ? inner(item, use) : toLayout(item, use)
  })
  return { open: '(', close: ')', between: chained.kind === 'and' ? ' &&' : ' ||', items }
}

function isChain(expression: Expression): expression is Expression & { kind: 'and' | 'or' } {
  return expression.kind === 'and' || expression.kind === 'or'
}

/** With parentheses around everything that is not one word or one call. */
function inner(expression: Expression, use: Use): Layout {
  if (isChain(expression)) return chainGroup(expression, use)
  return isLoose(expression) ? ['(', toLayout(expression, use), ')'] : toLayout(expression, use)
}

function isLoose(expression: Expression): boolean {
  if (expression.kind === 'has') return !isInherited(expression.key)
  return ['compare', 'one', 'count', 'choice'].includes(expression.kind)
}

import { isInherited } from './inherited.js'

/**
 * A condition on a value, before it is printed. What refers to something outside of the check is a function,
 * called when it is printed: what is simplified away leaves no import and no constant.
 */
export type Expression =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'call'; readonly text: () => string; readonly defined?: string }
  | { readonly kind: 'typed'; readonly test: string; readonly subject: string }
  | { readonly kind: 'compare'; readonly left: string; readonly operator: string; readonly right: string }
  | { readonly kind: 'has'; readonly subject: string; readonly key: string }
  | { readonly kind: 'and' | 'or'; readonly items: readonly Expression[] }
  | { readonly kind: 'not'; readonly item: Expression }
  | { readonly kind: 'each'; readonly head: string; readonly body: Expression; readonly tail: string }
  | { readonly kind: 'one'; readonly items: readonly Expression[] }
  | { readonly kind: 'choice'; readonly items: readonly [test: Expression, yes: Expression, no: Expression] }

export const always: Expression = { kind: 'constant', value: true }
export const never: Expression = { kind: 'constant', value: false }

export function compare(left: string, operator: string, right: string | number): Expression {
  return { kind: 'compare', left, operator, right: String(right) }
}

export function all(parts: readonly Expression[]): Expression {
  return chain('and', parts)
}

export function any(parts: readonly Expression[]): Expression {
  return chain('or', parts)
}

/** A chain of conditions, flattened, without what is certain. */
function chain(kind: 'and' | 'or', parts: readonly Expression[]): Expression {
  const neutral = kind === 'and'
  const open: Expression[] = []
  for (const part of parts) {
    if (part.kind === kind) open.push(...part.items)
    else if (part.kind !== 'constant') open.push(part)
    else if (part.value !== neutral) return neutral ? never : always
  }
  const items = neutral && open.length > 1 ? withoutProven(open) : open
  const [first] = items
  if (first === undefined) return neutral ? always : never
  return items.length === 1 ? first : { kind, items }
}

export function not(item: Expression): Expression {
  if (item.kind === 'constant') return item.value ? never : always
  if (item.kind === 'not') return item.item
  if (item.kind === 'compare' && item.operator === '===') return { ...item, operator: '!==' }
  return { kind: 'not', item }
}

/** A condition that depends on another, without a choice where there is none. */
export function choose(test: Expression, yes: Expression, no: Expression): Expression {
  if (test.kind === 'constant') return test.value ? yes : no
  if (yes.kind === 'constant') return yes.value ? any([test, no]) : all([not(test), no])
  if (no.kind === 'constant') return no.value ? any([not(test), yes]) : all([test, yes])
  return { kind: 'choice', items: [test, yes, no] }
}

/** One of several; what all of them ask first is asked once. */
export function anyFactored(branches: readonly Expression[]): Expression {
  const heads = branches.map((branch) => (branch.kind === 'and' ? branch.items[0] : undefined))
  const [head] = heads
  const isShared =
    head?.kind === 'typed' && heads.every((other) => other?.kind === 'typed' && isSame(head, other))
  if (!isShared || branches.length < 2) return any(branches)
  return all([
    head,
    any(branches.map((branch) => (branch.kind === 'and' ? all(branch.items.slice(1)) : branch))),
  ])
}

function isSame(left: Expression & { kind: 'typed' }, right: Expression & { kind: 'typed' }): boolean {
  return left.test === right.test && left.subject === right.subject
}

/** Whether the condition cannot hold for a place where nothing is. */
export function provesDefined(item: Expression, subject: string): boolean {
  if (item.kind === 'typed') return item.subject === subject
  if (item.kind === 'call') return item.defined === subject
  if (item.kind === 'compare')
    return item.left === subject && item.operator === '===' && item.right !== 'undefined'
  if (item.kind === 'and') return item.items.some((part) => provesDefined(part, subject))
  return item.kind === 'or' && item.items.every((part) => provesDefined(part, subject))
}

/** What was asked before is not asked again: not alone, and not as the condition of something else. */
function withoutProven(items: readonly Expression[]): Expression[] {
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
  const rest = any(open)
  return rest.kind === 'and' ? rest.items : [rest]
}

/** What holds of a place once this condition does. */
function factsOf(item: Expression): string[] {
  if (item.kind === 'has') return isInherited(item.key) ? [] : [`has ${item.subject} ${item.key}`]
  if (item.kind !== 'typed') return []
  const fact = `${item.test} ${item.subject}`
  return item.test === 'Number.isInteger' ? [fact, `Number.isFinite ${item.subject}`] : [fact]
}

function isRefuted(part: Expression, proven: ReadonlySet<string>): boolean {
  return part.kind === 'not' && factsOf(part.item).some((fact) => proven.has(fact))
}

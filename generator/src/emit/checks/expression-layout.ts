import type { Group, Layout } from '../layout.js'
import { quote } from '../literal.js'
import type { Expression } from './expression.js'
import { isInherited } from './inherited.js'

/** Notes that the text uses a function of the validation package, and answers with its name. */
export type Use = (name: string) => string

/** The expression as source text, to be broken where it is too long. */
export function toLayout(expression: Expression, use: Use): Layout {
  switch (expression.kind) {
    case 'constant':
      return String(expression.value)
    case 'call':
      return expression.text()
    case 'typed':
      return `${testName(expression.test, use)}(${expression.subject})`
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
      return [expression.head, toLayout(expression.body, use), expression.tail]
    case 'one':
      return oneLayout(expression.items, use)
    case 'choice':
      return { ...choiceLayout(expression.items, use), bracketsWhenBroken: true }
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

function choiceLayout([test, yes, no]: readonly [Expression, Expression, Expression], use: Use): Group {
  const arms: Layout[] = [inner(test, use), ['? ', inner(yes, use)], [': ', inner(no, use)]]
  return { open: '(', close: ')', items: arms }
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
  if (expression.kind === 'choice') return choiceLayout(expression.items, use)
  return isLoose(expression) ? ['(', toLayout(expression, use), ')'] : toLayout(expression, use)
}

function isLoose(expression: Expression): boolean {
  if (expression.kind === 'has') return !isInherited(expression.key)
  if (expression.kind === 'each') return expression.tail !== ')'
  return ['compare', 'one'].includes(expression.kind)
}

import { type Handler, unfinished } from './handler.js'
import type { Style } from './style.js'

/** Where handlers are written: in an object or in a class, and what is known of their type there. */
export interface Container {
  readonly kind: 'object' | 'class'
  /** The type of the set as it is written there, such as `ChatHandlers`; undefined when it has none. */
  readonly type: string | undefined
  readonly route: string
}

/** Parameters that the body does not use start with an underscore, so that no compiler option complains. */
function parametersOf({ kind, payload }: Handler): readonly string[] {
  if (kind === 'guard') return []
  return payload === undefined ? ['_ctx'] : ['_ctx', `_${payload}`]
}

/** One handler that does nothing, or says that it is still missing. Lines end in `\n`; the first is not indented. */
export function renderHandler(handler: Handler, container: Container, style: Style): string {
  const lead = renderDescription(handler.description)
  return lead + (container.kind === 'class' ? inClass : inObject)(handler, container, style)
}

/** All guards of a route as one member. Nobody is let in until somebody has decided who may. */
export function renderGuards(guards: readonly Handler[], container: Container, style: Style): string {
  const inner = { ...container, kind: 'object' as const }
  const members = guards.map((guard) => indent(renderHandler(guard, inner, style), style.unit))
  const block = `{\n${members.join(',\n')}${style.hasTrailingCommas ? ',' : ''}\n}`
  if (container.kind === 'object') return `authorize: ${block}`
  const type = container.type === undefined ? '' : `: ${container.type}['authorize']`
  return `authorize${withQuotes(type, style)} = ${block}${style.end}`
}

/** Every line after the first set in; empty lines stay empty. */
export function indent(text: string, by: string): string {
  return text.replace(/^(?=[^\n])/gm, by)
}

function inObject(handler: Handler, container: Container, style: Style): string {
  const parameters = container.type === undefined ? '' : parametersOf(handler).join(', ')
  const body = bodyOf(handler, container, style)
  const { name, kind } = handler
  if (kind === 'guard' && style.form === 'arrow') return `${name}: () => false`
  if (style.form === 'function') {
    return `${name}: ${kind === 'stream' ? 'async function*' : 'function'} (${parameters}) ${body}`
  }
  if (kind === 'stream') return `async *${name}(${parameters}) ${body}`
  return style.form === 'arrow' ? `${name}: (${parameters}) => ${body}` : `${name}(${parameters}) ${body}`
}

/** A class gives its methods no types: they take those of the interface, which every such file has at hand. */
function inClass(handler: Handler, container: Container, style: Style): string {
  const { name, kind } = handler
  const body = bodyOf(handler, container, style)
  const member = container.type === undefined ? undefined : withQuotes(`${container.type}['${name}']`, style)
  const names = member === undefined ? '' : parametersOf(handler).join(', ')
  if (style.form !== 'method') {
    const value = kind === 'stream' ? `async function* (${names})` : `(${names}) =>`
    return `${name}${member === undefined ? '' : `: ${member}`} = ${value} ${body}${style.end}`
  }
  const parameters = member === undefined ? '' : `...[${names}]: Parameters<${member}>`
  if (kind === 'stream') return `async *${name}(${parameters}) ${body}`
  return `${name}(${parameters})${resultOf(handler, member)} ${body}`
}

function resultOf({ kind }: Handler, member: string | undefined): string {
  if (kind === 'event') return ': void'
  return member === undefined ? ': never' : `: ReturnType<${member}>`
}

function bodyOf({ kind, name }: Handler, { route }: Container, { quote, end, unit }: Style): string {
  if (kind === 'event') return '{}'
  if (kind === 'guard') return `{\n${unit}return false${end}\n}`
  return `{\n${unit}throw new Error(${quote}${route}.${name} ${unfinished}${quote})${end}\n}`
}

function renderDescription(description: string | undefined): string {
  if (description === undefined) return ''
  const lines = description
    .trim()
    .replaceAll('*/', '*\\/')
    .split(/\r\n|[\r\n\u2028\u2029]/)
  if (lines.length === 1) return `/** ${lines[0]} */\n`
  return ['/**', ...lines.map((line) => ` * ${line}`.trimEnd()), ' */\n'].join('\n')
}

function withQuotes(text: string, { quote }: Style): string {
  return text.replaceAll("'", quote)
}

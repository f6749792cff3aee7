import { WirepactError } from './errors.js'

/** How much nesting a message may have. */
export interface JsonLimits {
  /** The deepest nesting of arrays and objects that is accepted; the frame itself is one level. */
  readonly maxDepth: number
}

/**
 * Parses text from outside. Refuses what is not JSON (`INVALID_JSON`), what is nested deeper than `maxDepth`
 * (`TOO_DEEP`), and keys that could reach a prototype (`FORBIDDEN_KEY`).
 */
export function parseJson(text: string, limits: JsonLimits): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new WirepactError('INVALID_JSON', 'The message is not JSON.', { cause })
  }
  if (mayBeTooDeep(text, limits.maxDepth) || mayReachPrototype(text)) inspect(value, limits.maxDepth)
  return value
}

const brackets = ['[', '{'] as const

/** Depth costs at least two characters a level, so most messages need no count. */
function mayBeTooDeep(text: string, maxDepth: number): boolean {
  if (text.length <= 2 * maxDepth) return false
  let opened = 0
  for (const bracket of brackets) {
    for (let at = text.indexOf(bracket); at >= 0; at = text.indexOf(bracket, at + 1)) {
      if (++opened > maxDepth) return true
    }
  }
  return false
}

/** Most texts have neither in them, and are looked through twice; an escape may hide either. */
function mayReachPrototype(text: string): boolean {
  return text.includes('proto') || text.includes('\\u')
}

type Level = { readonly value: unknown; readonly path: string; readonly depth: number; readonly key: string }

/** Walks without recursion, so that no input can overflow the stack. */
function inspect(root: unknown, maxDepth: number): void {
  const levels: Level[] = [{ value: root, path: '', depth: 1, key: '' }]
  for (let level = levels.pop(); level !== undefined; level = levels.pop()) {
    if (typeof level.value !== 'object' || level.value === null) continue
    if (level.depth > maxDepth) throw tooDeep(maxDepth)
    for (const [key, value] of Object.entries(level.value)) {
      const path = `${level.path}/${escapePointer(key)}`
      if (key === '__proto__' || (key === 'prototype' && level.key === 'constructor')) throw forbidden(path)
      levels.push({ value, path, depth: level.depth + 1, key })
    }
  }
}

/** One segment of a JSON Pointer (RFC 6901, section 3). */
export function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}

function tooDeep(maxDepth: number): WirepactError {
  return new WirepactError('TOO_DEEP', `The message is nested deeper than ${maxDepth} levels.`)
}

function forbidden(path: string): WirepactError {
  const message = 'This key is not accepted.'
  return new WirepactError('FORBIDDEN_KEY', message, {
    problems: [{ path, keyword: 'propertyNames', message }],
  })
}

import { WirepactError } from '@wirepact/protocol'

/** Paths that are their own plain form; most are. */
const plain = /^[\w.~/!'()*-]*$/

const parameter = /^\{[A-Za-z_$][\w$]*\*?\}$/

/**
 * A path in the one form in which paths are compared: percent-encoded where `encodeURIComponent` does, and nowhere
 * else, segment by segment, so that `/%61` is `/a` and `%2F` separates nothing. Throws `INVALID_PATH`.
 */
export function toPlainPath(path: string): string {
  if (plain.test(path)) return path
  try {
    return path.split('/').map(toPlainSegment).join('/')
  } catch {
    throw new WirepactError('INVALID_PATH', 'The path is not percent-encoded properly.')
  }
}

/** The same of a path with parameters, which stay as they are. */
export function toPlainTemplate(path: string): string {
  return path
    .split('/')
    .map((segment) => (parameter.test(segment) ? segment : toPlainPath(segment)))
    .join('/')
}

/** Throws a `TypeError` for a path, with or without parameters, that no request can have. */
export function requirePath(path: string): void {
  const refuse = (why: string) =>
    new TypeError(`A route cannot be mounted at ${JSON.stringify(path)}: ${why}.`)
  if (!path.startsWith('/')) throw refuse('a path begins with a slash')
  if (/[?#\\]/.test(path)) throw refuse('a path has no question mark, hash or backslash')
  const segments = toTemplateSegments(path)
  if (segments === undefined) throw refuse('it is not percent-encoded properly')
  if (segments.slice(1, -1).includes('')) throw refuse('it has an empty segment')
  if (segments.includes('.') || segments.includes('..')) throw refuse('no URL keeps the segments . and ..')
}

function toTemplateSegments(path: string): readonly string[] | undefined {
  try {
    return toPlainTemplate(path).split('/')
  } catch {
    return undefined
  }
}

function toPlainSegment(segment: string): string {
  return encodeURIComponent(decodeURIComponent(segment))
}

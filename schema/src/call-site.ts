/** Where a builder puts its call site. A registered symbol, so that two copies of this package agree on it. */
export const SITE: unique symbol = Symbol.for('wirepact.site')

/** The place of a call as the engine's stack names it: in the code that ran, before any source map. */
export interface CallSite {
  /** A path or a `file:` URL. */
  readonly file: string
  readonly line: number
  readonly column: number
}

type Builder = (...args: never[]) => unknown

/** Notes on `value` where `builder` was called. The note is not enumerable: it is never copied or printed. */
export function withCallSite<Value extends object>(value: Value, builder: Builder): Value {
  return Object.defineProperty(value, SITE, { value: captureCallSite(builder), configurable: true })
}

/** The caller of `builder`; undefined where the engine's stacks are not of the form that V8 gives them. */
function captureCallSite(builder: Builder): CallSite | undefined {
  const holder: { stack?: unknown } = {}
  if (typeof Error.captureStackTrace !== 'function') return undefined
  Error.captureStackTrace(holder, builder)
  if (typeof holder.stack !== 'string') return undefined
  const frame = holder.stack.split('\n').find((line) => /^\s+at /.test(line))
  const place = /^\s+at (?:.* \()?(.+):(\d+):(\d+)\)?$/.exec(frame ?? '')
  if (place === null) return undefined
  return { file: place[1] as string, line: Number(place[2]), column: Number(place[3]) }
}

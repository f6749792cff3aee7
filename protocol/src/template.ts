import { fillTemplate, isNoValue, type TemplateValues } from './fill-template.js'

/**
 * A path or a channel name with `{parameters}` as whole segments, such as `/chat/{roomId}`. `{name*}` as the last
 * segment takes one segment or more.
 */
export interface Template {
  readonly source: string
  readonly segments: readonly Segment[]
  /** The parameters' names, in order, without the star. */
  readonly names: readonly string[]
  /** Whether the last parameter takes the rest. */
  readonly hasRest: boolean
  /**
   * The text with every value percent-encoded in its place. Throws a `TypeError` for a value that is missing, empty, or
   * `.` or `..` between its slashes, and a `URIError` for half of a surrogate pair.
   */
  fill(values: TemplateValues): string
  /** The decoded values when `text` has this form; undefined when not, also for values that `fill` refuses. */
  match(text: string): Readonly<Record<string, string>> | undefined
}

/** A piece of a template between slashes: text, or a parameter. */
export type Segment =
  | { readonly text: string; readonly name?: undefined; readonly isRest?: undefined }
  | { readonly text?: undefined; readonly name: string; readonly isRest: boolean }

/** Reads a template. Parameters are whole segments: `/a/{b}` has one, `/a/x{b}` has none. */
export function parseTemplate(source: string): Template {
  const segments = source.split('/').map(toSegment)
  return {
    source,
    segments,
    names: segments.flatMap((segment) => (segment.name === undefined ? [] : [segment.name])),
    hasRest: segments.some((segment) => segment.isRest),
    fill: (values) => fillTemplate(source, values),
    match: (text) => matchSegments(segments, text.split('/')),
  }
}

/** A star anywhere but in the last segment is text: there is only one rest. */
function toSegment(text: string, index: number, all: readonly string[]): Segment {
  const [, name, star] = /^\{([A-Za-z_$][\w$]*)(\*?)\}$/.exec(text) ?? []
  if (name === undefined || (star === '*' && index < all.length - 1)) return { text }
  return { name, isRest: star === '*' }
}

function matchSegments(segments: readonly Segment[], parts: readonly string[]) {
  const hasRest = segments.at(-1)?.isRest === true
  if (hasRest ? parts.length < segments.length : parts.length !== segments.length) return undefined
  const values: Record<string, string> = {}
  for (const [index, segment] of segments.entries()) {
    const part = parts[index] as string
    if (segment.name === undefined) {
      if (segment.text !== part) return undefined
      continue
    }
    const value = segment.isRest ? decodeRest(parts.slice(index)) : decodeSegment(part)
    if (value === undefined) return undefined
    values[segment.name] = value
  }
  return values
}

/**
 * The decoded segments, joined; undefined when one of them is empty or a dot segment once all are decoded. Who
 * puts the value behind a folder's path stays inside of the folder.
 */
function decodeRest(parts: readonly string[]): string | undefined {
  const decoded = parts.map(decodeSegment)
  if (decoded.includes(undefined)) return undefined
  const value = decoded.join('/')
  return value.split('/').some((part) => isNoValue.test(part)) ? undefined : value
}

/**
 * The decoded segment; undefined when it is empty, has a dot segment in it, or its percent-encoding is broken (RFC 3986,
 * sections 2.1 and 5.2.4).
 */
function decodeSegment(part: string): string | undefined {
  try {
    const value = decodeURIComponent(part)
    return isNoValue.test(value) ? undefined : value
  } catch {
    return undefined
  }
}

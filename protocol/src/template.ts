/** The values of a template's parameters, before they are written into a path or a name. */
export type TemplateValues = Readonly<Record<string, string | number | boolean>>

/** A path or a channel name with `{parameters}` as whole segments, such as `/chat/{roomId}`. */
export interface Template {
  readonly source: string
  /** The parameters' names, in order. */
  readonly names: readonly string[]
  /** The text with every value percent-encoded in its place. A missing value throws a `TypeError`. */
  fill(values: TemplateValues): string
  /** The decoded values when `text` has this form; undefined when not, or when its encoding is broken. */
  match(text: string): Readonly<Record<string, string>> | undefined
}

type Segment = { readonly text: string; readonly name?: undefined } | { readonly name: string }

/** Reads a template. Parameters are whole segments: `/a/{b}` has one, `/a/x{b}` has none. */
export function parseTemplate(source: string): Template {
  const segments = source.split('/').map(toSegment)
  return {
    source,
    names: segments.flatMap((segment) => (segment.name === undefined ? [] : [segment.name])),
    fill: (values) => fillTemplate(source, values),
    match: (text) => matchSegments(segments, text.split('/')),
  }
}

/** {@link Template.fill} by itself, for a client, which matches nothing. */
export function fillTemplate(source: string, values: TemplateValues): string {
  const segments = source.split('/').map(toSegment)
  return segments.map((segment) => fillSegment(segment, values, source)).join('/')
}

function toSegment(text: string): Segment {
  const name = /^\{([A-Za-z_$][\w$]*)\}$/.exec(text)?.[1]
  return name === undefined ? { text } : { name }
}

function fillSegment(segment: Segment, values: TemplateValues, source: string): string {
  if (segment.name === undefined) return segment.text
  const value = Object.hasOwn(values, segment.name) ? values[segment.name] : undefined
  if (value === undefined || value === '') throw new TypeError(`${source} needs a value for ${segment.name}`)
  return encodeURIComponent(String(value)).replace(/^\.\.?$/, (dots) => dots.replaceAll('.', '%2E'))
}

function matchSegments(segments: readonly Segment[], parts: readonly string[]) {
  if (segments.length !== parts.length) return undefined
  const values: Record<string, string> = {}
  for (const [index, segment] of segments.entries()) {
    const part = parts[index] as string
    if (segment.name === undefined) {
      if (segment.text !== part) return undefined
      continue
    }
    const value = decodeSegment(part)
    if (value === undefined) return undefined
    values[segment.name] = value
  }
  return values
}

/** The decoded segment; undefined when it is empty or its percent-encoding is broken (RFC 3986, section 2.1). */
function decodeSegment(part: string): string | undefined {
  if (part === '') return undefined
  try {
    return decodeURIComponent(part)
  } catch {
    return undefined
  }
}

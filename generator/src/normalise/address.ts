/** An address and what it points to within. */
export interface Reference {
  /** Absolute, without a fragment. */
  readonly uri: string
  /** Decoded; empty for the whole. */
  readonly fragment: string
}

/** Where `text` leads from `base` (RFC 3986, section 5); undefined when it is no address. */
export function resolveReference(text: string, base: string): Reference | undefined {
  const hash = text.indexOf('#')
  const [address, fragment] = hash < 0 ? [text, ''] : [text.slice(0, hash), text.slice(hash + 1)]
  const uri = address === '' ? base : resolveAddress(address, base)
  const decoded = decode(fragment)
  return uri === undefined || decoded === undefined ? undefined : { uri, fragment: decoded }
}

function resolveAddress(address: string, base: string): string | undefined {
  return URL.canParse(address, base) ? new URL(address, base).href : undefined
}

function decode(fragment: string): string | undefined {
  try {
    return decodeURIComponent(fragment)
  } catch {
    return undefined
  }
}

/** The steps of a JSON Pointer (RFC 6901, section 4); undefined when it is none. */
export function pointerSteps(pointer: string): readonly string[] | undefined {
  if (/~(?![01])/.test(pointer)) return undefined
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** What stands in `value` under this step of a pointer: own properties and items alone. */
export function take(value: unknown, step: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
  return (value as Readonly<Record<string, unknown>>)[step]
}

/**
 * The template of a path or a channel's name with every value percent-encoded in its place, as the server reads it. A
 * missing value throws a `TypeError`. The generator lets no brace pass that is not a parameter's.
 */
export function fill(template: string, given: object | undefined): string {
  const values: Record<string, unknown> = { __proto__: null, ...given }
  return template.replace(/\{([^*}]+)(\*?)\}/g, (_, name, rest) => {
    const value = String(values[name] ?? '')
    const parts = rest ? value.split('/') : [value]
    if (parts.includes('')) throw new TypeError(`${template} needs a value for ${name}`)
    return parts.map(encode).join('/')
  })
}

/** Segments of one or two dots would be resolved by a URL. */
function encode(segment: string): string {
  return encodeURIComponent(segment).replace(/^\.\.?$/, (dots) => dots.replaceAll('.', '%2E'))
}

/** The values of a template's parameters, before they are written into a path or a name. */
export type TemplateValues = Readonly<Record<string, string | number | boolean>>

/** A parameter has a value, and none that would name another folder of a path, also where its slashes are encoded. */
export const isNoValue = /^$|(^|\/)\.\.?($|\/)/

/** The text of a template with every value percent-encoded in its place. A missing value throws a `TypeError`. */
export function fillTemplate(source: string, values: TemplateValues | undefined): string {
  const known: Record<string, unknown> = { __proto__: null, ...values }
  return source.replace(/\{([^*}]+)(\*?)\}/g, (_, name, rest) => {
    const value = String(known[name] ?? '')
    const parts = rest ? value.split('/') : [value]
    if (parts.some((part) => isNoValue.test(part))) throw new TypeError(`${name} cannot be "${value}"`)
    return parts.map(encodeURIComponent).join('/')
  })
}

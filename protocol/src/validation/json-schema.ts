/** A JSON Schema 2020-12 as plain data, with `$ref` only to `#/$defs/NAME`. */
export type JsonSchema = boolean | { readonly [keyword: string]: unknown }

/** The schema of this name; one that fits nothing where there is none. */
export function schemaNamed(schemas: Readonly<Record<string, JsonSchema>>, name: string): JsonSchema {
  return Object.hasOwn(schemas, name) ? (schemas[name] ?? false) : false
}

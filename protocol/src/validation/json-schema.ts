/** A JSON Schema 2020-12 as plain data, with `$ref` only to `#/$defs/NAME`. */
export type JsonSchema = boolean | { readonly [keyword: string]: unknown }

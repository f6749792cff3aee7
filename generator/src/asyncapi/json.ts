/** A value as JSON has it; properties that are undefined are left out when it is written. */
export type Json = { readonly [key: string]: unknown }

/**
 * A name as the key of a map of AsyncAPI, which allows letters, digits, `.`, `-` and `_`. Names are TypeScript
 * identifiers, so that `$` and letters beyond ASCII are what is left to write otherwise.
 */
export function toKey(name: string): string {
  return name.replace(/[^A-Za-z0-9_.-]/gu, (character) => `.${(character.codePointAt(0) ?? 0).toString(16)}.`)
}

/** A reference to a named schema. */
export function schemaRef(name: string): Json {
  return { $ref: `#/components/schemas/${toKey(name)}` }
}

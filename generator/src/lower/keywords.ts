/**
 * What stands behind a keyword of JSON Schema: one schema, a list or a map of them, a value, text for people
 * that checks nothing, or something that the generator deals with itself.
 */
export type KeywordForm = 'schema' | 'list' | 'map' | 'items' | 'value' | 'docs' | 'own'

/** Every keyword that the generator can compile. */
export const keywords: Readonly<Record<string, KeywordForm>> = {
  $id: 'own',
  $schema: 'own',
  $ref: 'own',
  $defs: 'own',
  definitions: 'own',
  $comment: 'own',
  title: 'docs',
  description: 'docs',
  default: 'docs',
  examples: 'docs',
  deprecated: 'docs',
  readOnly: 'docs',
  writeOnly: 'docs',
  contentEncoding: 'docs',
  contentMediaType: 'docs',
  type: 'value',
  enum: 'value',
  const: 'value',
  allOf: 'list',
  anyOf: 'list',
  oneOf: 'list',
  not: 'schema',
  if: 'schema',
  // biome-ignore lint/suspicious/noThenProperty: it is a keyword of JSON Schema, and this table is never awaited.
  then: 'schema',
  else: 'schema',
  format: 'value',
  pattern: 'value',
  minLength: 'value',
  maxLength: 'value',
  minimum: 'value',
  maximum: 'value',
  exclusiveMinimum: 'value',
  exclusiveMaximum: 'value',
  multipleOf: 'value',
  properties: 'map',
  required: 'value',
  additionalProperties: 'schema',
  unevaluatedProperties: 'schema',
  patternProperties: 'map',
  propertyNames: 'schema',
  minProperties: 'value',
  maxProperties: 'value',
  dependentRequired: 'value',
  dependentSchemas: 'map',
  items: 'items',
  additionalItems: 'schema',
  prefixItems: 'list',
  unevaluatedItems: 'schema',
  contains: 'schema',
  minContains: 'value',
  maxContains: 'value',
  minItems: 'value',
  maxItems: 'value',
  uniqueItems: 'value',
}

/** The form of a keyword; extensions (`x-...`) are docs. Undefined when nothing is known of it. */
export function keywordForm(keyword: string): KeywordForm | undefined {
  if (keyword.startsWith('x-')) return 'docs'
  return Object.hasOwn(keywords, keyword) ? keywords[keyword] : undefined
}

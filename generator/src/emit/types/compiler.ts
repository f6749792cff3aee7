import { createRequire } from 'node:module'
import type * as OpenapiTypescript from 'openapi-typescript'
import type ts from 'typescript'

/**
 * The compiler and the transforms that make types of schemas. They are required and not imported: an import reads
 * the whole compiler once more to find its names, and openapi-typescript's main module loads what only documents need.
 */
const require = createRequire(import.meta.url)

/** TypeScript 5, of which the transforms make their nodes. */
export const compiler = require('typescript') as typeof ts

interface SchemaObject {
  readonly default: typeof OpenapiTypescript.transformSchemaObject
}

export const transformSchemaObject = (
  require('openapi-typescript/dist/transform/schema-object.cjs') as SchemaObject
).default

import type { Path } from '../../diagnose/diagnostic.js'
import type { JsonSchema } from '../../ir.js'
import type { Kind } from '../kinds.js'

/** A schema that is no boolean. */
export type ObjectSchema = Exclude<JsonSchema, boolean>

/** Named schemas, by name. */
export type Definitions = ReadonlyMap<string, JsonSchema>

/** The named schemas of both versions. */
export interface Versions {
  readonly before: Definitions
  readonly after: Definitions
}

/** The same place in the old and in the new version. */
export interface SchemaPair {
  readonly before: ObjectSchema
  readonly after: ObjectSchema
  readonly versions: Versions
}

/** A difference, `steps` below the place. */
export interface Found {
  readonly kind: Kind
  readonly steps: Path
  readonly what: string
}

/** Two schemas inside of the place that are the same part of it, and are to be compared as well. */
export interface Inner {
  readonly before: JsonSchema
  readonly after: JsonSchema
  readonly steps: Path
}

/** Compares one aspect of two schemas. */
export type SchemaRule = (pair: SchemaPair) => Iterable<Found | Inner>

/** The schemas that a keyword maps names to. */
export function mapOf(schema: ObjectSchema, keyword: string): Readonly<Record<string, JsonSchema>> {
  const value = schema[keyword]
  return typeof value === 'object' && value !== null ? (value as Record<string, JsonSchema>) : {}
}

/** The list behind a keyword; empty when there is none. */
export function listOf<Item = JsonSchema>(schema: ObjectSchema, keyword: string): readonly Item[] {
  const value = schema[keyword]
  return Array.isArray(value) ? (value as Item[]) : []
}

/** The value of `name`, where the record itself has it. */
export function own<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}

/** A value for a sentence. */
export function show(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value)
}

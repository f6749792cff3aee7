/** A schema that TypeBox's `Type` made. */
export type TypeBoxSchema = { readonly '~kind': string } | { readonly '~unsafe': unknown }

type TypeName = 'string' | 'number' | 'integer' | 'boolean' | 'null' | 'object' | 'array'

/** Named schemas. */
export type Schemas = Readonly<Record<string, Schema>>

/** A JSON Schema 2020-12 written by hand or read from a document. */
export interface JsonSchemaObject {
  readonly $id?: string
  readonly $schema?: string
  readonly $ref?: string
  readonly $defs?: Schemas
  readonly $comment?: string
  readonly definitions?: Schemas
  readonly title?: string
  readonly description?: string
  readonly default?: unknown
  readonly examples?: unknown
  readonly deprecated?: boolean
  readonly readOnly?: boolean
  readonly writeOnly?: boolean
  readonly type?: TypeName | (string & {}) | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly allOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly not?: Schema
  readonly if?: Schema
  readonly then?: Schema
  readonly else?: Schema
  readonly format?: string
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly contentEncoding?: string
  readonly contentMediaType?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly multipleOf?: number
  readonly properties?: Schemas
  readonly required?: readonly string[]
  readonly additionalProperties?: Schema
  readonly unevaluatedProperties?: Schema
  readonly patternProperties?: Schemas
  readonly propertyNames?: Schema
  readonly minProperties?: number
  readonly maxProperties?: number
  readonly dependentRequired?: Readonly<Record<string, readonly string[]>>
  readonly dependentSchemas?: Schemas
  readonly items?: Schema | readonly Schema[]
  readonly additionalItems?: Schema
  readonly prefixItems?: readonly Schema[]
  readonly unevaluatedItems?: Schema
  readonly contains?: Schema
  readonly minContains?: number
  readonly maxContains?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly uniqueItems?: boolean
  /** What `event`, `binary`, `route` and the other builders build is no schema. */
  readonly kind?: never
}

/** What is accepted wherever a schema is due: one that TypeBox built, or plain JSON Schema. */
export type Schema = TypeBoxSchema | JsonSchemaObject | boolean

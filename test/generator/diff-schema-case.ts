import type { ChangeClass, JsonSchema, Kind } from 'wirepact/compiler'

/** One change of a payload: what it means when clients send it, and when the server sends it. */
export interface SchemaCase {
  readonly kind: Kind
  readonly name: string
  readonly before: JsonSchema
  readonly after: JsonSchema
  readonly toServer: ChangeClass
  readonly toClient: ChangeClass
}

export type Row = readonly [
  kind: Kind,
  name: string,
  before: JsonSchema,
  after: JsonSchema,
  toServer: ChangeClass,
  toClient: ChangeClass,
]

export function toCases(rows: readonly Row[]): readonly SchemaCase[] {
  return rows.map(([kind, name, before, after, toServer, toClient]) => {
    return { kind, name, before, after, toServer, toClient }
  })
}

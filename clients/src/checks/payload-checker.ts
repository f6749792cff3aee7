import { type Problem, WirepactError } from '@wirepact/protocol'
import { explain, type JsonSchema } from '@wirepact/protocol/validation'
import { findUnknown } from './find-unknown.js'

export type Schemas = Readonly<Record<string, JsonSchema>>

/** The name of a schema; `binary` for bytes; null for what carries nothing, or is not looked at. */
export type SchemaName = string | null

/** How many differences are remembered, so that each is told once. */
const maxTold = 1_000

/** What a payload of a newer or older server is, by the schemas of this client. */
export class PayloadChecker {
  readonly #schemas: Schemas
  readonly #told = new Set<string>()

  constructor(schemas: Schemas) {
    this.#schemas = schemas
  }

  /**
   * Why a payload may not be delivered; undefined when it may. A property that is not in the schema does no harm: it
   * goes to `tell`, once for each message and place.
   */
  check(
    message: { readonly name: string; readonly schema: SchemaName },
    value: unknown,
    tell: (error: WirepactError) => void,
  ): WirepactError | undefined {
    const { name, schema } = message
    const problems = this.#explain(schema, value)
    const bad = problems.filter(({ keyword }) => !/^(additional|unevaluated)Properties$/.test(keyword))
    if (bad.length > 0) return new WirepactError('INVALID_PAYLOAD', undefined, { name, problems: bad })
    for (const path of this.#findUnknown(schema, value)) {
      const problem = { path, keyword: 'properties', message: 'is not in the schema of this client' }
      this.tellOnce(new WirepactError('UNKNOWN_FIELD', undefined, { name, problems: [problem] }), tell)
    }
    return undefined
  }

  tellOnce(error: WirepactError, tell: (error: WirepactError) => void): void {
    const difference = JSON.stringify([error.code, error.subject, error.problems[0]?.path])
    if (this.#told.has(difference) || this.#told.size >= maxTold) return
    this.#told.add(difference)
    tell(error)
  }

  #explain(schema: SchemaName, value: unknown): readonly Problem[] {
    if (schema === 'binary') {
      return value instanceof Uint8Array ? [] : [{ path: '', keyword: 'type', message: 'must be bytes' }]
    }
    const known = this.#schemaOf(schema)
    return known === undefined ? [] : explain(known, { $defs: this.#schemas }, value)
  }

  #findUnknown(schema: SchemaName, value: unknown): readonly string[] {
    const known = this.#schemaOf(schema)
    return known === undefined ? [] : findUnknown(known, this.#schemas, { value, path: '' })
  }

  #schemaOf(name: SchemaName): JsonSchema | undefined {
    return name !== null && Object.hasOwn(this.#schemas, name) ? this.#schemas[name] : undefined
  }
}

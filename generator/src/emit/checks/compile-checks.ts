import { Code } from 'typebox/compile'
import ts from 'typescript'
import type { JsonSchema } from '../../ir.js'
import { walkSchema } from '../schema-keywords.js'
import { closeEvaluated } from './close-evaluated.js'
import { type Marks, prepareSchema } from './prepare-schema.js'

/** What typebox made of a set of schemas that refer to each other. */
export interface CompiledChecks {
  /** The expression that checks each schema; absent for one that has to be interpreted. */
  readonly bodies: ReadonlyMap<string, ts.Expression>
  /** The schema behind each of typebox's names. */
  readonly owners: ReadonlyMap<string, string>
  readonly externals: readonly unknown[]
  readonly marks: Marks
}

/** How many schemas stand in one `anyOf`, so that the emitted parentheses are never nested very deeply. */
const chunkSize = 50

/** Compiles every schema once, each into one function, however often it is referred to. */
export function compileChecks(schemas: ReadonlyMap<string, JsonSchema>): CompiledChecks {
  const marks: Marks = { formats: new Map(), lists: new Map(), closedKeys: new Map() }
  const closed = new Map(
    [...schemas].map(([name, schema]) => [name, closeEvaluated(schema, (other) => schemas.get(other))]),
  )
  const names = [...closed].filter(([, schema]) => !isInterpreted(schema)).map(([name]) => name)
  const prepared = [...closed].map(([name, schema]) => [
    name,
    names.includes(name) ? toObject(prepareSchema(schema, marks)) : true,
  ])
  const emitted = emit(names, Object.fromEntries(prepared))
  return { ...readFunctions(emitted.code, names), externals: emitted.externals, marks }
}

/** typebox knows a schema by its identity, which a boolean has none of. */
function toObject(schema: JsonSchema): JsonSchema {
  if (typeof schema !== 'boolean') return schema
  return schema ? {} : { not: {} }
}

function isInterpreted(schema: JsonSchema): boolean {
  for (const inner of walkSchema(schema)) {
    if (inner.unevaluatedItems !== undefined || inner.unevaluatedProperties !== undefined) return true
  }
  return false
}

function emit(names: readonly string[], $defs: Record<string, JsonSchema>) {
  const references = names.map((name) => ({ $ref: `#/$defs/${name}` }))
  const chunks: { anyOf: object[] }[] = []
  for (let start = 0; start < names.length; start += chunkSize) {
    chunks.push({ anyOf: references.slice(start, start + chunkSize) })
  }
  const { Code: code, External: external } = Code({ $defs, anyOf: chunks })
  return { code, externals: external.variables as readonly unknown[] }
}

function readFunctions(code: string, names: readonly string[]) {
  const functions = parseFunctions(code)
  const calls =
    names.length === 0
      ? []
      : (functions
          .get('check_0')
          ?.getText()
          .match(/check_\d+/g) ?? [])
  if (calls.length !== names.length) throw new Error('typebox emitted checks of an unknown form.')
  const owners = new Map<string, string>()
  const bodies = new Map<string, ts.Expression>()
  for (const [index, name] of names.entries()) {
    const check = calls[index] as string
    const body = functions.get(check)
    if (body === undefined || owners.has(check))
      throw new Error(`typebox emitted no check of its own for ${name}.`)
    owners.set(check, name)
    bodies.set(name, body)
  }
  return { owners, bodies }
}

/** The bodies of `const check_N = ((value) => ...)`, by name. */
function parseFunctions(code: string): ReadonlyMap<string, ts.Expression> {
  const functions = new Map<string, ts.Expression>()
  const source = ts.createSourceFile('checks.js', code, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS)
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement)) continue
    const declaration = statement.declarationList.declarations[0]
    const value = declaration?.initializer
    if (declaration === undefined || value === undefined || !ts.isParenthesizedExpression(value)) continue
    if (!ts.isArrowFunction(value.expression) || ts.isBlock(value.expression.body)) continue
    functions.set(declaration.name.getText(), value.expression.body)
  }
  return functions
}

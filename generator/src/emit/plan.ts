import type { EmitOptions } from '../generate.js'
import type { ApiIr, JsonSchema, SchemaIr } from '../ir.js'
import { checkCycles } from './check-cycles.js'
import { compareNames, lowerFirst, Names } from './names.js'
import { pruneSchema, referencesOf } from './schema-keywords.js'
import { reach, schemasOf } from './schemas-of-route.js'

/** What is written where: decided once, before any module is written. */
export interface Plan {
  readonly api: ApiIr
  /** The schemas as the user wrote them, with all that is said about them. */
  readonly schemas: ReadonlyMap<string, SchemaIr>
  /** The same with nothing but what checks need. */
  readonly pruned: ReadonlyMap<string, JsonSchema>
  /** The folder that holds each schema. */
  readonly folders: ReadonlyMap<string, string>
  /** The schemas of each folder, sorted by name. */
  readonly inFolder: ReadonlyMap<string, readonly SchemaIr[]>
  /** The folder of schemas that belong to no single route. */
  readonly sharedFolder: string
  /** What the validator of each schema is called. */
  readonly validators: ReadonlyMap<string, string>
  /** The schemas that nothing but the state of connections is made of. */
  readonly unchecked: ReadonlySet<string>
  /** Whether there are hooks for React. */
  readonly react: boolean
}

/** What the modules of types are written from. */
export type TypesPlan = Pick<Plan, 'folders' | 'inFolder'>

export function createPlan(api: ApiIr, { react = false }: EmitOptions = {}): Plan {
  const sorted = [...api.schemas].sort((a, b) => compareNames(a.name, b.name))
  const routes = new Set(api.routes.map((route) => route.name))
  const sharedFolder = new Names(routes).take('shared')
  const pruned = new Map(sorted.map(({ name, schema }) => [name, pruneSchema(schema, name)]))
  checkReferences(pruned)
  checkCycles(pruned)
  const names = new Names()
  return {
    api,
    schemas: new Map(sorted.map((schema) => [schema.name, schema])),
    pruned,
    folders: new Map(sorted.map(({ name, route }) => [name, route ?? sharedFolder])),
    sharedFolder,
    inFolder: byFolder(sorted, sharedFolder),
    validators: new Map(sorted.map(({ name }) => [name, names.take(lowerFirst(name))])),
    unchecked: uncheckedIn(api, pruned),
    react,
  }
}

function uncheckedIn({ routes }: ApiIr, schemas: ReadonlyMap<string, JsonSchema>): ReadonlySet<string> {
  const states = routes.flatMap(({ state }) => (state === undefined ? [] : [state]))
  if (states.length === 0) return new Set()
  const checked = reach(schemas, routes.flatMap(schemasOf))
  return new Set([...reach(schemas, states)].filter((name) => !checked.has(name)))
}

function byFolder(schemas: readonly SchemaIr[], sharedFolder: string): Map<string, SchemaIr[]> {
  const folders = new Map<string, SchemaIr[]>()
  for (const schema of schemas) {
    const folder = schema.route ?? sharedFolder
    const own = folders.get(folder)
    if (own === undefined) folders.set(folder, [schema])
    else own.push(schema)
  }
  return folders
}

/** The schemas of one folder, sorted by name. */
export function schemasIn(plan: TypesPlan, folder: string): readonly SchemaIr[] {
  return plan.inFolder.get(folder) ?? []
}

/** Whether values of a schema ever are checked. What only the state of connections is made of is a type alone. */
export function isValidated({ unchecked }: Plan, { name }: SchemaIr): boolean {
  return !unchecked.has(name)
}

/** Whether a schema is checked by code of its own. Bytes are not: they have no schema. */
export function isChecked(plan: Plan, schema: SchemaIr): boolean {
  return schema.content !== 'binary' && isValidated(plan, schema)
}

/** The folder of a schema; a name that no schema has is a fault of lowering. */
export function folderOf(plan: TypesPlan, name: string): string {
  const folder = plan.folders.get(name)
  if (folder === undefined) throw new Error(`There is no schema of the name ${name}.`)
  return folder
}

/** What the validator of a schema is called. */
export function validatorName(plan: Plan, name: string): string {
  folderOf(plan, name)
  return plan.validators.get(name) as string
}

/** Whether a value of a schema may be left out, because nothing in it is required. */
export function isOptional(plan: Plan, name: string): boolean {
  const schema = plan.pruned.get(name)
  if (typeof schema !== 'object') return false
  const plain = ['type', 'properties', 'required', 'additionalProperties']
  if (!Object.keys(schema).every((keyword) => plain.includes(keyword))) return false
  return ((schema.required as readonly string[] | undefined) ?? []).length === 0
}

/** The path from a module of one folder to a module of another. */
export function modulePath(from: string, to: string, module: string): string {
  return from === to ? `./${module}.js` : `../${to}/${module}.js`
}

function checkReferences(schemas: ReadonlyMap<string, JsonSchema>): void {
  for (const [name, schema] of schemas) {
    for (const target of referencesOf(schema)) {
      if (!schemas.has(target)) throw new Error(`${name} refers to ${target}, and there is no such schema.`)
    }
  }
}

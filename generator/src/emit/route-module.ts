import type { EventIr, JsonSchema, RouteIr, SchemaIr } from '../ir.js'
import { Imports } from './imports.js'
import { Names } from './names.js'
import { folderOf, isChecked, modulePath, type Plan, validatorName } from './plan.js'
import type { RouteNames } from './route-names.js'
import { referencedName } from './schema-keywords.js'

/** Names of the language that declarations use and that nothing else in a module may be called. */
const globals = ['AsyncIterable', 'AsyncIterableIterator', 'Promise', 'Readonly', 'Record', 'URL', 'then']

/** What one module of a route is written with: its names, its imports, and the way to the schemas' modules. */
export class RouteModule {
  readonly imports: Imports
  readonly route: RouteIr
  readonly names: RouteNames
  readonly #plan: Plan

  constructor(plan: Plan, route: RouteIr, names: RouteNames) {
    this.#plan = plan
    this.route = route
    this.names = names
    this.imports = new Imports(new Names([...names.all(), names.route, ...globals]))
  }

  /** The local name of a schema's type, or `none` for a message that carries nothing. */
  type(name: string | null, none: string): string {
    if (name === null) return none
    return this.imports.type(modulePath(this.route.name, folderOf(this.#plan, name), 'types'), name)
  }

  /** The expression that is a schema's validator. */
  validator(name: string | null): string {
    if (name === null) return this.imports.value('@wirepact/protocol/validation', 'noData')
    const folder = folderOf(this.#plan, name)
    const wanted = folder === this.route.name ? 'validators' : `${folder}Validators`
    const module = this.imports.namespace(modulePath(this.route.name, folder, 'validators'), wanted)
    return `${module}.${validatorName(this.#plan, name)}`
  }

  /** The expression that is the schemas of these names, as data, and of all that they refer to. */
  schemas(names: readonly string[]): string {
    const checked = names.filter((name) => isChecked(this.#plan, this.#plan.schemas.get(name) as SchemaIr))
    const folders = [...new Set(checked.map((name) => folderOf(this.#plan, name)))].sort()
    const modules = folders.map((folder) => {
      const wanted = folder === this.route.name ? 'own' : `${folder}Schemas`
      return `${this.imports.namespace(modulePath(this.route.name, folder, 'schemas'), wanted)}.schemas`
    })
    return modules.length === 1
      ? (modules[0] as string)
      : `{ ${modules.map((text) => `...${text}`).join(', ')} }`
  }

  /** How a payload travels; undefined for JSON. */
  contentOf(name: string | null): 'text' | 'binary' | undefined {
    return name === null ? undefined : this.#plan.schemas.get(name)?.content
  }

  /** The defaults of an object's properties, by their names. */
  defaultsOf(name: string): Readonly<Record<string, unknown>> {
    const properties = this.#written(name)?.properties ?? {}
    const known = Object.entries(properties as Record<string, JsonSchema>).flatMap(([key, property]) =>
      typeof property === 'object' && property.default !== undefined
        ? [[key, property.default] as const]
        : [],
    )
    return Object.fromEntries(known)
  }

  /** The schema of a name, or the one that it refers to, as the user wrote it. */
  #written(name: string): Exclude<JsonSchema, boolean> | undefined {
    const schema = this.#plan.schemas.get(name)?.schema
    if (typeof schema !== 'object') return undefined
    return typeof schema.$ref === 'string' ? this.#written(referencedName(schema.$ref)) : schema
  }

  /** On a bare route: what the property that tells messages apart holds for this one. */
  tagOf(event: EventIr): unknown {
    const { discriminator } = this.route
    if (discriminator === undefined || event.data === null) return undefined
    const properties = this.#resolve(event.data)?.properties ?? {}
    const property = new Map(Object.entries(properties as Record<string, JsonSchema>)).get(discriminator)
    if (typeof property !== 'object') return undefined
    if (Object.hasOwn(property, 'const')) return property.const
    return Array.isArray(property.enum) && property.enum.length === 1 ? property.enum[0] : undefined
  }

  /** The schema of a name, or the one that it refers to. */
  #resolve(name: string): Exclude<JsonSchema, boolean> | undefined {
    const schema = this.#plan.pruned.get(name)
    if (typeof schema !== 'object') return undefined
    return typeof schema.$ref === 'string' ? this.#resolve(referencedName(schema.$ref)) : schema
  }
}

import type { ApiIr, RouteIr } from '../ir.js'
import { Imports } from './imports.js'
import { Names } from './names.js'
import { folderOf, modulePath, type Plan, validatorName } from './plan.js'
import type { RouteNames } from './route-names.js'

/** Names of the language that declarations use and that nothing else in a module may be called. */
const globals = ['Promise', 'Readonly', 'Record', 'URL']

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

  get api(): ApiIr {
    return this.#plan.api
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

  /** Whether every value of a schema may be left out, because nothing in it is required. */
  isOptional(name: string): boolean {
    const schema = this.#plan.pruned.get(name)
    if (typeof schema !== 'object') return false
    const keywords = Object.keys(schema)
    const isPlain = keywords.every((keyword) =>
      ['type', 'properties', 'required', 'additionalProperties'].includes(keyword),
    )
    return isPlain && ((schema.required as readonly string[] | undefined) ?? []).length === 0
  }
}

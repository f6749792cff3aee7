import { fromModule, nameList } from '../imports.js'
import { compareNames } from '../names.js'
import { type Plan, schemasIn } from '../plan.js'
import type { NamedRoutes } from '../route-names.js'

export interface ExportOptions {
  readonly side: 'server' | 'client'
  readonly routes: NamedRoutes
  /** Names that are exported already; a schema of such a name is reached through its own module only. */
  readonly taken: readonly string[]
}

/** Every public type of the API, exported again from one place. */
export function exportTypes(plan: Plan, { side, routes, taken }: ExportOptions): string[] {
  const exports = new Map([...routes].map(([route, names]) => [`./${route.name}/${side}.js`, names.all()]))
  for (const folder of new Set(plan.folders.values())) {
    const names = schemasIn(plan, folder).map(({ name }) => name)
    exports.set(
      `./${folder}/types.js`,
      names.filter((name) => !taken.includes(name)),
    )
  }
  return [...exports]
    .filter(([, names]) => names.length > 0)
    .sort(([a], [b]) => compareNames(a, b))
    .map(([from, names]) => exportOf(from, names))
}

function exportOf(from: string, names: readonly string[]): string {
  return fromModule(['export type ', nameList([...names].sort(compareNames))], from).trimEnd()
}

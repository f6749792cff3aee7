import { Imports } from '../imports.js'
import { render } from '../layout.js'
import { chosenKey, dataLiteral, keysDeclared } from '../literal.js'
import type { Module } from '../module.js'
import { Names } from '../names.js'
import { isChecked, modulePath, type Plan, schemasIn } from '../plan.js'
import { referencesOf } from '../schema-keywords.js'

/** `<folder>/schemas.ts`: the schemas as data, for the reasons why a value does not fit. */
export function schemasModule(plan: Plan, folder: string): Module {
  const imports = new Imports(new Names(['schemas', 'then']))
  const type = imports.type('@wirepact/protocol/validation', 'JsonSchema')
  const spreads = foldersBehind(plan, folder).map((other) => {
    return `  ...${imports.namespace(modulePath(folder, other, 'schemas'), other)}.schemas,\n`
  })
  const entries = schemasIn(plan, folder)
    .filter((schema) => isChecked(plan, schema))
    .map(({ name }) => {
      const schema = dataLiteral(plan.pruned.get(name), chosenKey)
      return `  ${name}: ${render(schema, { indent: 2, column: name.length + 4, after: 1 })},\n`
    })
  const body = [...spreads, ...entries].join('')
  const statement = `export const schemas: Readonly<Record<string, ${type}>> = {\n${body}}`
  return { path: `${folder}/schemas.ts`, imports, statements: [keysDeclared(body), statement] }
}

/** The other folders whose schemas are needed to understand those of `folder`. */
function foldersBehind(plan: Plan, folder: string): string[] {
  const folders = new Set<string>()
  for (const { name } of schemasIn(plan, folder).filter((schema) => isChecked(plan, schema))) {
    for (const target of referencesOf(plan.pruned.get(name) ?? true))
      folders.add(plan.folders.get(target) ?? folder)
  }
  folders.delete(folder)
  return [...folders].sort()
}

import { Imports } from '../imports.js'
import { render } from '../layout.js'
import { dataLiteral, objectKey } from '../literal.js'
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
    .filter(isChecked)
    .map(({ name }) => {
      const schema = dataLiteral(plan.pruned.get(name), schemaKey)
      return `  ${name}: ${render(schema, { indent: 2, column: name.length + 4, after: 1 })},\n`
    })
  const body = [...spreads, ...entries].join('')
  const constant = body.includes(`${thenKey}: `) ? "const then = 'then'" : ''
  const statement = `export const schemas: Readonly<Record<string, ${type}>> = {\n${body}}`
  return { path: `${folder}/schemas.ts`, imports, statements: [constant, statement] }
}

const thenKey = '[then]'

/** A keyword, or whatever else stands in a schema. An object with a plain `then` looks like a promise. */
function schemaKey(name: string): string {
  return name === 'then' ? thenKey : objectKey(name)
}

/** The other folders whose schemas are needed to understand those of `folder`. */
function foldersBehind(plan: Plan, folder: string): string[] {
  const folders = new Set<string>()
  for (const { name } of schemasIn(plan, folder)) {
    for (const target of referencesOf(plan.pruned.get(name) ?? true))
      folders.add(plan.folders.get(target) ?? folder)
  }
  folders.delete(folder)
  return [...folders].sort()
}

import type { Finding, Path } from '../diagnose/diagnostic.js'
import { isRecord } from '../model/part-kind.js'
import { idToTypeName } from '../model/type-name.js'
import { reservedTypeNames } from './reserved-type-names.js'
import type { Rule, RuleContext } from './rule.js'

/** TYPE_NAME_COLLISION: one type name, one meaning. */
export const typeNameCollision: Rule = (context) => [
  ...schemaClashes(context),
  ...partClashes(context),
  ...reservedClashes(context),
  ...invalidIds(context),
]

function schemaClashes({ lowering }: RuleContext): readonly Finding[] {
  return lowering.clashes.map(({ name, path, first }) => {
    const message = `Two different schemas would be the type ${name}: this one and ${first.join('.')}.`
    return { code: 'TYPE_NAME_COLLISION', message, path }
  })
}

/** Routes, and the channels of one route, whose names only differ in ways that a type name does not have. */
function partClashes({ model }: RuleContext): readonly Finding[] {
  const groups = [model.routes, ...model.routes.map((route) => route.channels)]
  return groups.flatMap((parts) =>
    parts.flatMap(({ name, typeName, path }, index) => {
      const first = parts
        .slice(0, index)
        .find((part) => part.typeName.toLowerCase() === typeName.toLowerCase())
      return first === undefined || first.name === name ? [] : [clash(typeName, path, first.path)]
    }),
  )
}

function clash(name: string, path: Path, first: Path): Finding {
  const message = `This would be called ${name} in the generated code, as ${first.join('.')} is.`
  return { code: 'TYPE_NAME_COLLISION', message, path, at: 'name' }
}

function reservedClashes({ model, lowering }: RuleContext): readonly Finding[] {
  const reserved = reservedTypeNames(model)
  return [...lowering.definitions]
    .filter(([name]) => reserved.has(name))
    .map(([name, { path }]) => {
      const message = `The generated code has a type ${name} of its own; this schema needs another name.`
      return { code: 'TYPE_NAME_COLLISION', message, path }
    })
}

function invalidIds({ nodes }: RuleContext): readonly Finding[] {
  return nodes.flatMap(({ schema, path }) => {
    if (!isRecord(schema) || typeof schema.$id !== 'string' || isNameable(schema.$id)) return []
    const message = `No type name can be made of the $id "${schema.$id}".`
    return [{ code: 'INVALID_NAME', message, path: [...path, '$id'] }]
  })
}

/** An `$id` of draft-07 that is a fragment is an anchor and names no type. */
function isNameable(id: string): boolean {
  return id.startsWith('#') || /^[A-Za-z_]/.test(idToTypeName(id))
}

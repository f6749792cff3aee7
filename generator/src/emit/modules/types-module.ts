import {
  type InterfaceDeclarationStructure,
  StructureKind,
  type TypeAliasDeclarationStructure,
} from 'ts-morph'
import ts from 'typescript'
import type { SchemaIr } from '../../ir.js'
import { Imports } from '../imports.js'
import { Names } from '../names.js'
import { folderOf, modulePath, type Plan, schemasIn } from '../plan.js'
import { type Module, toDocs, verbatim } from '../source-file.js'
import { describeSchema } from '../types/limits.js'
import { memberName, type PrintContext, printType } from '../types/print-type.js'
import { toTypeNode } from '../types/to-type-node.js'

/** `<folder>/types.ts`: an interface or a type for each schema of the folder. */
export function typesModule(plan: Plan, folder: string): Module {
  const schemas = schemasIn(plan, folder)
  const imports = new Imports(new Names(schemas.map(({ name }) => name)))
  const reference = (name: string) => {
    const home = folderOf(plan, name)
    return home === folder ? name : imports.type(modulePath(folder, home, 'types'), name)
  }
  const statements = schemas.map((schema) => declaration(schema, reference))
  return { path: `${folder}/types.ts`, imports, statements }
}

function declaration({ name, schema }: SchemaIr, reference: (name: string) => string) {
  const { node, docs } = toTypeNode(schema)
  const context = { docs, reference }
  const comment = toDocs(typeof schema === 'boolean' ? { paragraphs: [] } : describeSchema(schema))
  const base = { name, isExported: true, docs: comment }
  return ts.isTypeLiteralNode(node) ? interfaceOf(base, node, context) : aliasOf(base, node, context)
}

interface Base {
  readonly name: string
  readonly isExported: boolean
  readonly docs: { description: string }[]
}

function interfaceOf(
  base: Base,
  node: ts.TypeLiteralNode,
  context: PrintContext,
): InterfaceDeclarationStructure {
  const properties = node.members.filter(ts.isPropertySignature).map((member) => {
    const name = memberName(member)
    const hasQuestionToken = member.questionToken !== undefined
    const column = name.length + (hasQuestionToken ? 3 : 2)
    const type = printType(member.type as ts.TypeNode, context, { column, shift: 2 })
    return {
      name,
      hasQuestionToken,
      type: verbatim(type, 2),
      docs: toDocs(context.docs.get(member) ?? { paragraphs: [] }),
    }
  })
  const indexSignatures = node.members.filter(ts.isIndexSignatureDeclaration).map((member) => {
    return {
      keyName: 'key',
      keyType: 'string',
      returnType: verbatim(printType(member.type, context, { column: 15, shift: 2 }), 2),
    }
  })
  return { kind: StructureKind.Interface, ...base, properties, indexSignatures }
}

function aliasOf(base: Base, node: ts.TypeNode, context: PrintContext): TypeAliasDeclarationStructure {
  const type = printType(node, context, { column: `export type ${base.name} = `.length })
  return { kind: StructureKind.TypeAlias, ...base, type: verbatim(type, 0) }
}

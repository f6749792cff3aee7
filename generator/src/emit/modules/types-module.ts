import type ts from 'typescript'
import type { SchemaIr } from '../../ir.js'
import { type DocComment, docText } from '../doc-comment.js'
import { Imports } from '../imports.js'
import type { Module } from '../module.js'
import { Names } from '../names.js'
import { folderOf, modulePath, schemasIn, type TypesPlan } from '../plan.js'
import { compiler } from '../types/compiler.js'
import { describeSchema } from '../types/limits.js'
import { membersText, type PrintContext, printType } from '../types/print-type.js'
import { toTypeNode } from '../types/to-type-node.js'
import { count } from './facts.js'

/** `<folder>/types.ts`: an interface or a type for each schema of the folder. */
export function typesModule(plan: TypesPlan, folder: string): Module {
  const schemas = schemasIn(plan, folder)
  const imports = new Imports(new Names(schemas.map(({ name }) => name)))
  const reference = (name: string) => {
    const home = folderOf(plan, name)
    return home === folder ? name : imports.type(modulePath(folder, home, 'types'), name)
  }
  const statements = schemas.map((schema) => declaration(schema, reference))
  return { path: `${folder}/types.ts`, imports, statements }
}

function declaration(schema: SchemaIr, reference: (name: string) => string): string {
  const comment = docText(commentOf(schema))
  if (schema.content === 'binary') return `${comment}export type ${schema.name} = Uint8Array`
  const { node, docs } = toTypeNode(schema.schema)
  return comment + typeText(schema.name, node, { docs, reference })
}

function typeText(name: string, node: ts.TypeNode, context: PrintContext): string {
  if (compiler.isTypeLiteralNode(node))
    return `export interface ${name} {\n${membersText(node.members, context, 2)}}`
  const start = `export type ${name} = `
  return start + printType(node, context, start.length)
}

function commentOf(schema: SchemaIr): DocComment {
  if (schema.content === 'binary') return { paragraphs: [schema.description, bytesText(schema)] }
  return typeof schema.schema === 'boolean'
    ? { paragraphs: [schema.description] }
    : describeSchema({ description: schema.description, ...schema.schema })
}

function bytesText({ maxBytes, mediaType }: SchemaIr): string {
  const kind = mediaType === undefined ? 'Raw bytes' : `Raw bytes of the media type \`${mediaType}\``
  return maxBytes === undefined ? `${kind}.` : `${kind}, at most ${count(maxBytes, 'byte')}.`
}

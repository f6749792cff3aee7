import type { Docs } from '../../ir.js'
import { type DocComment, describe, docText } from '../doc-comment.js'
import { flatten, type Layout, render } from '../layout.js'
import { typeKey } from '../literal.js'

/** A property of an interface. */
export interface Property {
  readonly name: string
  readonly type: Layout
  readonly docs?: DocComment
  readonly isReadonly?: boolean
  readonly isOptional?: boolean
}

/** A method of an interface. A parameter whose name ends in `?` may be left out. */
export interface Method {
  readonly name: string
  readonly parameters: readonly (readonly [name: string, type: Layout])[]
  readonly returns: Layout
  readonly docs?: DocComment
  /** Whether whoever implements the interface may leave it out. */
  readonly isOptional?: boolean
}

export interface InterfaceOptions {
  readonly name: string
  readonly docs?: DocComment
  readonly extends?: readonly Layout[]
  readonly properties?: readonly Property[]
  readonly methods?: readonly Method[]
  /** Properties and methods in an order of their own, behind the others. */
  readonly members?: readonly (Property | Method)[]
}

/** The declaration of an interface; of a type, where an interface would have no members of its own. */
export function interfaceOf(options: InterfaceOptions): string {
  const { name, docs, properties = [], methods = [], members = [] } = options
  const bases = options.extends ?? []
  const all = [...properties, ...methods, ...members]
  if (all.length === 0) return typeOf(name, emptyType(bases), docs)
  const head = [`export interface ${name}`, extendsClause(bases), ' {']
  const texts = all.map((member) => ('type' in member ? propertyText(member) : methodText(member)))
  return `${docText(docs ?? none)}${render(head)}\n${texts.join('')}}`
}

/** The declaration of a type under a name. */
export function typeOf(name: string, type: Layout, docs: DocComment = none): string {
  return docText(docs) + render([`export type ${name} = `, type])
}

const none: DocComment = { paragraphs: [] }

function emptyType(bases: readonly Layout[]): Layout {
  return bases.length === 0 ? nothing : bases.flatMap((base, index) => (index === 0 ? [base] : [' & ', base]))
}

function extendsClause(bases: readonly Layout[]): Layout {
  return bases.length === 0 ? '' : [' extends ', { items: bases, between: ',' }]
}

function propertyText({ name, type, docs, isReadonly, isOptional }: Property): string {
  const head = `${isReadonly ? 'readonly ' : ''}${typeKey(name)}${isOptional ? '?' : ''}: `
  return memberText([head, type], docs)
}

function methodText(method: Method): string {
  const { name, docs, isOptional } = method
  return memberText([typeKey(name), isOptional ? '?' : '', signature(method)], docs)
}

/** The parameters and the result of a method. */
function signature({ parameters, returns }: Method): Layout {
  const items = parameters.map(([name, type]): Layout => [`${name}: `, type])
  // The parameters are broken before the result is.
  return [{ open: '(', close: ')', between: ',', trailing: ',', items }, ': ', flatten(returns)]
}

function memberText(layout: Layout, docs: DocComment = none): string {
  return `${docText(docs, 2)}  ${render(layout, { indent: 2 })}\n`
}

/** An object type within another. */
export function objectType(members: readonly Layout[]): Layout {
  return { open: '{', close: '}', between: ';', padded: true, items: members }
}

/** A method as a member of an object type. */
export function methodMember(method: Method): Layout {
  return [typeKey(method.name), signature(method)]
}

/** `Name<A, B>`. */
export function generic(name: string, operands: readonly Layout[]): Layout {
  return operands.length === 0 ? name : [name, { open: '<', close: '>', between: ',', items: operands }]
}

/** A property with the comment that a person wrote about it. */
export function property(name: string, type: Layout, docs: Docs = {}): Property {
  return { name, type, docs: describe(docs) }
}

export function readonlyProperty(name: string, type: Layout, docs: Docs = {}): Property {
  return { ...property(name, type, docs), isReadonly: true }
}

/** The type for what a route has none of: nothing can be read from it, by any name. */
export const nothing = 'Record<never, never>'

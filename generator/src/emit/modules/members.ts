import {
  type InterfaceDeclarationStructure,
  type OptionalKind,
  type PropertySignatureStructure,
  StructureKind,
} from 'ts-morph'
import type { ChannelIr, ConversionIr, Docs, RouteIr } from '../../ir.js'
import { type DocComment, describe } from '../doc-comment.js'
import { typeKey } from '../literal.js'
import { toDocs, verbatim } from '../source-file.js'

export type Property = OptionalKind<PropertySignatureStructure>

export interface InterfaceOptions {
  readonly name: string
  readonly docs?: DocComment
  readonly extends?: readonly string[]
  readonly properties?: readonly Property[]
  readonly methods?: readonly Method[]
}

/** A method of an interface. */
export interface Method {
  readonly name: string
  readonly parameters: readonly (readonly [name: string, type: string])[]
  readonly returns: string
  readonly docs?: DocComment
  /** Whether whoever implements the interface may leave it out. */
  readonly isOptional?: boolean
}

export function interfaceOf(options: InterfaceOptions): InterfaceDeclarationStructure {
  const methods = (options.methods ?? []).map((method) => ({
    name: typeKey(method.name),
    hasQuestionToken: method.isOptional ?? false,
    docs: toDocs(method.docs ?? { paragraphs: [] }),
    parameters: method.parameters.map(([name, type]) => toParameter(name, type)),
    returnType: method.returns,
  }))
  return {
    kind: StructureKind.Interface,
    name: options.name,
    isExported: true,
    docs: toDocs(options.docs ?? { paragraphs: [] }),
    extends: [...(options.extends ?? [])],
    properties: [...(options.properties ?? [])],
    methods,
  }
}

/** A parameter; one whose name ends in `?` may be left out. */
function toParameter(name: string, type: string) {
  return name.endsWith('?') ? { name: name.slice(0, -1), type, hasQuestionToken: true } : { name, type }
}

/** A property with the comment that a person wrote about it. */
export function property(name: string, type: string, docs: Docs = {}): Property {
  return { name: typeKey(name), type: verbatim(type, 2), docs: toDocs(describe(docs)) }
}

export function readonlyProperty(name: string, type: string, docs: Docs = {}): Property {
  return { ...property(name, type, docs), isReadonly: true }
}

/** The type for what a route has none of. */
export const nothing = 'Readonly<Record<string, never>>'

/**
 * The parameters of a channel's name, as the argument of the function that picks the channel. Within a connection
 * those that the route has too may be left out.
 */
export function channelArguments(
  channel: ChannelIr,
  route: RouteIr,
  isConnected: boolean,
): Method['parameters'] {
  if (channel.params.length === 0) return []
  const isOptional = isConnected && channel.params.every((param) => param.fromRoute)
  const members = channel.params.map(({ name, fromRoute }) => {
    return `${typeKey(name)}${isConnected && fromRoute ? '?' : ''}: ${parameterType(name, route)}`
  })
  return [[isOptional ? 'params?' : 'params', `{ ${members.join('; ')} }`]]
}

const valueTypes: Readonly<Record<ConversionIr, string>> = {
  string: 'string',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
}

function parameterType(name: string, route: RouteIr): string {
  const conversion = route.params?.convert.find((param) => param.name === name)
  return conversion === undefined ? 'string' : valueTypes[conversion.to]
}

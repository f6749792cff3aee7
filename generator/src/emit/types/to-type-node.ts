import type ts from 'typescript'
import type { JsonSchema } from '../../ir.js'
import type { DocComment } from '../doc-comment.js'
import type { ObjectSchema } from '../schema-keywords.js'
import { compiler, transformSchemaObject } from './compiler.js'
import { describeSchema } from './limits.js'
import { simplifySchema } from './simplify-schema.js'

type Options = Parameters<typeof transformSchemaObject>[1]
type Transformable = Parameters<typeof transformSchemaObject>[0]

/** A schema as a TypeScript type, with the comments of its properties. */
export interface TypeOfSchema {
  readonly node: ts.TypeNode
  readonly docs: ReadonlyMap<ts.Node, DocComment>
}

const unknownNode = () => compiler.factory.createKeywordTypeNode(compiler.SyntaxKind.UnknownKeyword)
const neverNode = () => compiler.factory.createKeywordTypeNode(compiler.SyntaxKind.NeverKeyword)

/** Turns one schema into a type by the transforms of openapi-typescript. */
export function toTypeNode(schema: JsonSchema): TypeOfSchema {
  const docs = new Map<ts.Node, DocComment>()
  return { node: transform(simplifySchema(schema), { ctx: createContext(docs), path: '' }), docs }
}

function transform(schema: JsonSchema, options: Options): ts.TypeNode {
  if (schema === true) return unknownNode()
  if (schema === false) return neverNode()
  return transformSchemaObject(schema as Transformable, options)
}

function createContext(docs: Map<ts.Node, DocComment>): Options['ctx'] {
  const switches = {
    additionalProperties: false,
    alphabetize: false,
    arrayLength: false,
    conditionalEnums: false,
    dedupeEnums: false,
    defaultNonNullable: false,
    emptyObjectsUnknown: true,
    enum: false,
    enumValues: false,
    excludeDeprecated: false,
    exportType: false,
    generatePathParams: false,
    immutable: false,
    makePathsEnum: false,
    pathParamsAsTypes: false,
    propertiesRequiredByDefault: false,
    readWriteMarkers: false,
    rootTypes: false,
    rootTypesKeepCasing: false,
    rootTypesNoSchemaPrefix: false,
    silent: true,
  }
  const context = {
    ...switches,
    discriminators: { objects: {}, refsHandled: [] },
    injectFooter: [],
    postTransform: undefined,
    resolve: () => undefined,
    transform: (schema: unknown, options: Options) => transformSpecial(schema as ObjectSchema, options),
    transformProperty: (property: ts.PropertySignature, schema: unknown) => {
      if (typeof schema === 'object' && schema !== null)
        docs.set(property, describeSchema(schema as ObjectSchema))
      return property
    },
  }
  // The transforms never read the linter's configuration (`redoc`), which cannot be made without files.
  return context as unknown as Options['ctx']
}

/** The forms that the transforms would make too wide: tuples, arrays of nothing, and objects without properties. */
function transformSpecial(schema: ObjectSchema, options: Options): ts.TypeNode | undefined {
  if (schema.type === 'array' && Array.isArray(schema.prefixItems)) return tupleNode(schema, options)
  if (schema.type === 'array' && typeof schema.items === 'boolean') {
    return compiler.factory.createArrayTypeNode(transform(schema.items, options))
  }
  const isEmpty = Object.keys((schema.properties as object | undefined) ?? {}).length === 0
  if (schema.type !== 'object' || !isEmpty || schema.additionalProperties !== false) return undefined
  if (schema.patternProperties !== undefined) return undefined
  return recordNode(neverNode())
}

function recordNode(value: ts.TypeNode): ts.TypeNode {
  const key = compiler.factory.createKeywordTypeNode(compiler.SyntaxKind.StringKeyword)
  return compiler.factory.createTypeReferenceNode('Record', [key, value])
}

/** A tuple: items beyond `minItems` are optional, and what `items` allows may follow. */
function tupleNode(schema: ObjectSchema, options: Options): ts.TypeNode {
  const prefix = schema.prefixItems as readonly JsonSchema[]
  const least = typeof schema.minItems === 'number' ? schema.minItems : 0
  const most = typeof schema.maxItems === 'number' ? schema.maxItems : Number.POSITIVE_INFINITY
  const elements = prefix.slice(0, most).map((item, index) => {
    const node = transform(item, options)
    return index < least ? node : compiler.factory.createOptionalTypeNode(node)
  })
  const rest = schema.items ?? true
  if (rest === false || most <= prefix.length) return compiler.factory.createTupleTypeNode(elements)
  const restNode = compiler.factory.createArrayTypeNode(transform(rest as JsonSchema, options))
  return compiler.factory.createTupleTypeNode([...elements, compiler.factory.createRestTypeNode(restNode)])
}

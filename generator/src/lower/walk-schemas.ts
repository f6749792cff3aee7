import type { Path } from '../diagnose/diagnostic.js'
import type { Source } from '../model/model.js'
import { isRecord } from '../model/part-kind.js'
import { type KeywordForm, keywordForm } from './keywords.js'
import { opensScope, type RawSchema, type Scope } from './scope.js'

/** One schema of an API, at one of the places where it is used. */
export interface SchemaNode {
  readonly schema: unknown
  readonly path: Path
  readonly scope: Scope
  /** Whether the schema contains itself as a JavaScript object, which no JSON can. */
  readonly circular: boolean
}

/** Every schema that was given, outer ones first; one that is used twice is visited once. */
export function walkSchemas(sources: readonly Source[]): readonly SchemaNode[] {
  const nodes: SchemaNode[] = []
  const seen = new Set<unknown>()
  const visit = (node: Omit<SchemaNode, 'circular'>, ancestors: readonly unknown[]): void => {
    const circular = ancestors.includes(node.schema)
    if (!circular && isRecord(node.schema) && seen.has(node.schema)) return
    seen.add(node.schema)
    nodes.push({ ...node, circular })
    if (circular || !isRecord(node.schema)) return
    const { schema, path } = node as { schema: RawSchema; path: Path }
    const scope =
      node.scope.length === 0 || opensScope(schema) ? [...node.scope, { schema, path }] : node.scope
    for (const child of children(schema)) {
      const inner = { schema: child.schema, path: [...path, ...child.steps], scope }
      visit(inner, [...ancestors, schema])
    }
  }
  for (const { schema, path } of sources) visit({ schema, path, scope: [] }, [])
  return nodes
}

/** What holds schemas without being applied, or in a form that only older drafts have. */
const maps = ['$defs', 'definitions', 'dependencies']

interface Child {
  readonly steps: Path
  readonly schema: unknown
}

/** The schemas directly inside of a schema. */
export function children(schema: RawSchema): readonly Child[] {
  return Object.keys(schema).flatMap((keyword) => {
    const inner = schema[keyword]
    const form = maps.includes(keyword) ? 'map' : keywordForm(keyword)
    return inner === undefined ? [] : childrenOf(keyword, inner, form)
  })
}

function childrenOf(keyword: string, inner: unknown, form: KeywordForm | undefined): readonly Child[] {
  if (form === 'schema' || (form === 'items' && !Array.isArray(inner)))
    return [{ steps: [keyword], schema: inner }]
  if (form === 'list' || form === 'items') {
    const list: readonly unknown[] = Array.isArray(inner) ? inner : []
    return list.map((schema, index) => ({ steps: [keyword, String(index)], schema }))
  }
  if (form !== 'map' || !isRecord(inner)) return []
  return Object.entries(inner)
    .filter(([, schema]) => keyword !== 'dependencies' || !Array.isArray(schema))
    .map(([name, schema]) => ({ steps: [keyword, name], schema }))
}

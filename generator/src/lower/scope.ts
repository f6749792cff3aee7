import type { Path } from '../diagnose/diagnostic.js'
import { isRecord } from '../model/part-kind.js'

export type RawSchema = Readonly<Record<string, unknown>>

/** A schema that names others, where it stands. */
export interface Frame {
  readonly schema: RawSchema
  readonly path: Path
}

/** What encloses a schema: those that references can start from, outermost first. The first is the root. */
export type Scope = readonly Frame[]

/** What a reference leads to. */
export interface Target extends Frame {
  readonly scope: Scope
  /** The name that it was referred to by; empty for a whole schema without one. */
  readonly name: string
}

/** Whether references inside of `schema` can start from it. */
export function opensScope(schema: RawSchema): boolean {
  return '$id' in schema || '$defs' in schema || 'definitions' in schema
}

/** The schema that `ref` leads to, looked for from the inside out and then among all those with an `$id`. */
export function resolveRef(ref: string, scope: Scope, ids: ReadonlyMap<string, Target>): Target | undefined {
  const [base = '', fragment = ''] = ref.split('#', 2)
  if (base === '') return resolvePointer(fragment, scope)
  const found = findNamed(base, scope) ?? ids.get(base)
  if (found === undefined || fragment === '') return found
  return resolvePointer(fragment, [...found.scope, found])
}

function findNamed(name: string, scope: Scope): Target | undefined {
  for (let depth = scope.length; depth > 0; depth--) {
    const frame = scope[depth - 1] as Frame
    const inner = scope.slice(0, depth)
    if (frame.schema.$id === name) return { ...frame, scope: scope.slice(0, depth - 1), name }
    for (const holder of ['$defs', 'definitions']) {
      const schemas = frame.schema[holder]
      const schema = isRecord(schemas) && Object.hasOwn(schemas, name) ? schemas[name] : undefined
      if (isRecord(schema)) return { schema, path: [...frame.path, holder, name], scope: inner, name }
    }
  }
  return undefined
}

function resolvePointer(pointer: string, scope: Scope): Target | undefined {
  for (let depth = scope.length; depth > 0; depth--) {
    const found = follow(pointer, scope.slice(0, depth))
    if (found !== undefined) return found
  }
  return undefined
}

function follow(pointer: string, scope: Scope): Target | undefined {
  const root = scope.at(-1) as Frame
  const steps = pointer.split('/').slice(1).map(unescapeStep)
  let value: unknown = root.schema
  for (const step of steps) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    value = (value as RawSchema)[step]
  }
  if (!isRecord(value)) return undefined
  if (steps.length === 0) return { ...root, scope: scope.slice(0, -1), name: '' }
  return { schema: value, path: [...root.path, ...steps], scope, name: steps.at(-1) as string }
}

/** A step of a JSON Pointer in a fragment (RFC 6901, section 6); one with broken encoding stays as it is. */
function unescapeStep(step: string): string {
  const text = /%(?![0-9A-Fa-f]{2})/.test(step) ? step : decodeURIComponent(step)
  return text.replaceAll('~1', '/').replaceAll('~0', '~')
}

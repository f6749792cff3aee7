import type { CallSite } from '@wirepact/schema'
import type { Finding } from '../diagnose/diagnostic.js'
import type { ApiIr } from '../ir.js'
import type { Options, Payload } from '../model/model.js'
import { isRecord } from '../model/part-kind.js'
import { readApi } from '../model/read-api.js'
import { rules } from '../rules/rules.js'
import { warnings } from '../rules/warnings.js'
import { cutEndless, findEndless, refuseTooDeep } from './bounds.js'
import { SchemaLowering } from './lower-schemas.js'
import type { Lowered } from './lowered.js'
import type { Target } from './scope.js'
import { toIr } from './to-ir.js'
import { type SchemaNode, walkSchemas } from './walk-schemas.js'

/** What there is to say about an API. */
interface Judged {
  readonly findings: readonly Finding[]
  /** Where the parts were built, by their path joined with dots. */
  readonly sites: ReadonlyMap<string, CallSite>
}

/** An API in its intermediate form, with warnings, or everything that is wrong with it. */
export type LowerResult = ({ readonly ok: true; readonly api: ApiIr } | { readonly ok: false }) & Judged

/** Turns what `defineApi` built into the intermediate form. Finds every problem, and throws for none. */
export function lowerApi(value: Options): LowerResult {
  const model = readApi(value, refuseTooDeep)
  const nodes = walkSchemas(model.sources)
  const ids = idsOf(nodes)
  const lowering = new SchemaLowering(ids)
  const lowered = nodes.some((node) => node.circular) ? nothing : lowerPayloads(model.payloads, lowering)
  const endless = findEndless(lowered.definitions)
  const known = { ...lowered, definitions: cutEndless(lowered.definitions, endless) }
  const context = { model, nodes, lowering, lowered: known, ids: [...ids.keys()] }
  const found = rules.flatMap((rule) => rule(context))
  const findings = [...model.findings, ...endless, ...lowering.findings, ...found]
  const { sites } = model
  if (findings.length > 0) return { ok: false, findings, sites }
  return { ok: true, api: toIr(model, lowered), findings: warnings.flatMap((rule) => rule(context)), sites }
}

const nothing: Lowered = { definitions: new Map(), nameOf: () => '', partsOf: () => [] }

function lowerPayloads(payloads: readonly Payload[], lowering: SchemaLowering): Lowered {
  const names = new Map(payloads.map((payload) => [payload, lowering.lower(payload)]))
  const nameOf = (payload: Payload | null) => (payload === null ? null : (names.get(payload) ?? ''))
  const partsOf = (payload: Payload) =>
    lowering.parts.get(payload) ?? [
      { path: payload.path, schema: { $ref: `#/$defs/${nameOf(payload)}` }, isBorrowed: false },
    ]
  return { definitions: lowering.definitions, nameOf: nameOf as Lowered['nameOf'], partsOf }
}

function idsOf(nodes: readonly SchemaNode[]): ReadonlyMap<string, Target> {
  const ids = new Map<string, Target>()
  for (const { schema, path, scope } of nodes) {
    if (!isRecord(schema) || typeof schema.$id !== 'string' || ids.has(schema.$id)) continue
    if (schema.$id.startsWith('#')) continue
    ids.set(schema.$id, { schema, path, scope, name: schema.$id })
  }
  return ids
}

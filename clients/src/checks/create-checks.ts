import type { Core } from '../core/core.js'
import { ContractCheck } from './contract-check.js'
import { PayloadChecker, type SchemaName, type Schemas } from './payload-checker.js'

/** What the server sends on one route, by the names of its messages and the schemas of their payloads. */
export interface CheckedRoute {
  readonly events: Readonly<Record<string, SchemaName>>
  /** What answers the messages of the client. */
  readonly calls: Readonly<
    Record<string, { readonly answer: SchemaName; readonly errors: Readonly<Record<string, SchemaName>> }>
  >
  /** What the server asks of the client. */
  readonly answers: Readonly<Record<string, SchemaName>>
  /** By the template of the channel's name. */
  readonly channels: Readonly<Record<string, CheckedChannel>>
}

export interface CheckedChannel {
  readonly messages: Readonly<Record<string, SchemaName>>
  readonly presence: SchemaName
}

/**
 * The feature that looks at everything a server sends. Generated code has it loaded when a server says that it was made
 * from another schema, before anything that the server says is taken.
 */
export function createChecks(schemas: Schemas, route: CheckedRoute): (core: never) => void {
  const installed = new WeakSet<Core>()
  return (core: Core) => {
    if (installed.has(core)) return
    installed.add(core)
    const check = new ContractCheck(core, route, new PayloadChecker(schemas))
    const { decode } = core
    core.decode = (data) => check.take(decode(data)) ?? ignored
  }
}

/** A frame that nobody does anything about. */
const ignored = ['event', '', null]

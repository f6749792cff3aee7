import type { Hello, ServerFrame, TemplateValues, WirepactError } from '@wirepact/protocol'
import type { CallDefinition, RouteDefinition } from '../definition.js'
import type { Calls } from './calls/calls.js'
import type { Codec } from './codec/codec.js'
import type { Connection } from './connection/connection.js'
import type { Outbox } from './outbox/outbox.js'

/** What a part is given of the connection that it belongs to. */
export interface PartPorts {
  readonly route: RouteDefinition
  /** The values of the route's path parameters. */
  readonly params: TemplateValues
  readonly connection: Connection
  readonly outbox: Outbox
  readonly calls: Calls
  /** Asks for a credential; those who ask at the same moment share the answer. */
  readonly auth: (() => Promise<string | undefined>) | undefined
  readonly maxPendingCalls: number
  readonly maxUnacknowledged: number
  /** Takes what a listener threw. */
  report(thrown: unknown): void
  /** Takes an error that no call is waiting for. */
  tell(error: WirepactError): void
}

/**
 * What a feature does on one connection. A connection knows its parts by this alone, so that a client carries only
 * those that its routes use.
 */
export interface Part {
  /** What the user's connection has because of this part. */
  readonly members?: Readonly<Record<string, unknown>>
  /** The function that the user calls, where this part is the one for such messages. */
  toCall?(name: string, definition: CallDefinition): object | undefined
  /** In place of JSON; one part at most has it. */
  readonly codec?: Codec
  /** What is to be said in the handshake because of this part. */
  hello?(): Partial<Hello>
  /** Whether the frame was for this part. Not asked for events, replies and errors. */
  received?(frame: ServerFrame): boolean
  /** Called before what waited is sent. */
  opened?(): void
  /** The link is gone, and another one will come. */
  lost?(): void
  /** There will be no link any more. */
  closed?(reason?: WirepactError): void
}

/** Makes a part for one connection; generated code knows it as an opaque `Feature`. */
export type CreatePart = (ports: PartPorts) => Part

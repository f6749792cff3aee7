import type { Clock, MaybePromise, Random } from '@wirepact/protocol/client'
import type { RouteDefinition } from '../definition.js'
import type { ClientOptions } from '../options.js'
import type { ConnectArguments } from '../types.js'
import type { Signals } from './connection/signals.js'
import type { WebSocketConstructor } from './web-socket.js'

/** What every connection of a client is made with: the options, and the platform. */
export interface ClientSetting extends Omit<ClientOptions, 'auth'> {
  /** The hash of the schema that the client was made from. */
  readonly contract: string
  readonly clock: Clock
  readonly random: Pick<Random, 'next'>
  readonly signals?: Signals | undefined
  readonly auth: (() => Promise<string | undefined>) | undefined
  /** Asked once per socket. */
  findWebSocket(args: ConnectArguments): MaybePromise<WebSocketConstructor>
  /** Takes what a listener threw, where nobody listens for errors. */
  report(thrown: unknown): void
}

/** What one connection is made with. */
export interface Setting extends ClientSetting {
  readonly url: string
  readonly route: RouteDefinition
  readonly args: ConnectArguments
  /** Subprotocols in the order of preference; may be empty. */
  readonly protocols: string[]
}

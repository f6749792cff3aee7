import type { ClientOptions } from '@wirepact/client'
import type { Client as Chats } from '../../../examples/chat/generated/client.js'
import type { Client as Labs, NetworkConnection } from './api/generated/client.js'

/** Where the servers are. */
export interface Addresses {
  /** The laboratories, behind a network that can be broken. */
  readonly labs: string
  /** The chat example, behind the same network. */
  readonly chat: string
  /** The same server as `labs`, behind nothing. */
  readonly network: string
  /** Nobody listens here. */
  readonly nobody: string
}

/** What a step is handed; whatever it makes is closed after it. */
export interface Scene {
  readonly addresses: Addresses
  readonly network: NetworkConnection
  /** A lab of the step's own. */
  readonly lab: string
  /** Whether the platform's WebSocket sends headers. */
  readonly sendsHeaders: boolean
  /** What every client of the step is given beside what it asks for. */
  readonly options: ClientOptions
  labs(options?: ClientOptions, url?: string): Labs
  chats(): Chats
}

/** One sentence about the client, and what shows it. It throws when the sentence is not true. */
export interface Step {
  readonly name: string
  readonly needsHeaders?: true
  run(scene: Scene): Promise<void>
}

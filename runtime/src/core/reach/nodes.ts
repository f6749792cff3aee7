import { type ErrorBody, type MaybePromise, WirepactError } from '@wirepact/protocol'
import { decodeBytes } from '../../channel/encode.js'
import type { Engine, Publication } from '../../engine/engine.js'
import type { Environment } from '../environment.js'
import type { Target } from './target.js'

/** A payload as nodes tell it. */
export type Payload = { readonly json: unknown } | { readonly base64: string }

/** A message of a route that other nodes are to send, or to ask, on behalf of this one. */
export interface Told {
  readonly route: string
  readonly name: string
  readonly payload: Payload
  readonly target: Target
}

/** What nodes tell each other. */
export type NodeMessage =
  | { readonly kind: 'revoke'; readonly target: Target; readonly reason: string }
  | { readonly kind: 'say'; readonly said: Told }
  | { readonly kind: 'ask'; readonly id: number; readonly asked: Told; readonly timeoutMs: number }
  | { readonly kind: 'answer'; readonly id: number; readonly payload?: Payload; readonly error?: ErrorBody }

/** What the nodes are made of. */
export interface NodesParts {
  readonly engine: Engine
  readonly environment: Environment
  /** Takes what another node says. */
  readonly heard: (message: NodeMessage, from: string) => unknown
  /** Does something once the engine has finished what it is doing. */
  readonly later: (work: () => unknown) => void
}

/** No template can be filled so that it has this name: what is filled in is percent-encoded. */
const everybody = '\u0001nodes'

/**
 * What the nodes of one engine tell each other, over channels of their own. It is told at most once: a node that is
 * away never hears of it. It knows messages; it does not know what they do.
 */
export class Nodes {
  readonly #parts: NodesParts
  #name = ''
  /** Whether there can be no other node. */
  isAlone = false

  constructor(parts: NodesParts) {
    this.#parts = parts
  }

  /** Begins to listen, under the name that the engine knows this node by. */
  async open(name: string): Promise<void> {
    const { engine } = this.#parts
    this.#name = name
    this.isAlone = engine.isLocal?.() ?? false
    if (this.isAlone) return
    await Promise.all([engine.attach(everybody), engine.attach(toChannel(name))])
  }

  /** Tells every other node, or one of them. Throws `NOT_SERIALIZABLE`. */
  tell(message: NodeMessage, node?: string): MaybePromise<unknown> {
    if (this.isAlone) return undefined
    const { engine, environment } = this.#parts
    const data = encode({ from: this.#name, message })
    const channel = node === undefined ? everybody : toChannel(node)
    return engine.send(channel, { name: message.kind, data, at: environment.clock.now() })
  }

  /** Takes what came on a channel that has no members: what is none of the nodes' is ignored. */
  take(channel: string, { data }: Publication): void {
    if (channel.startsWith(everybody)) this.#parts.later(() => this.#read(data))
  }

  #read(data: string): unknown {
    const { from, message } = JSON.parse(data) as { readonly from: string; readonly message: NodeMessage }
    return from === this.#name ? undefined : this.#parts.heard(message, from)
  }
}

function toChannel(node: string): string {
  return `${everybody}/${node}`
}

function encode(told: object): string {
  try {
    return JSON.stringify(told)
  } catch (cause) {
    throw new WirepactError('NOT_SERIALIZABLE', 'The payload has no JSON form.', { cause })
  }
}

export function toPayload(data: unknown): Payload {
  if (!(data instanceof Uint8Array)) return { json: data ?? null }
  return { base64: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64') }
}

export function fromPayload(payload: Payload): unknown {
  return 'base64' in payload ? decodeBytes(payload.base64) : payload.json
}

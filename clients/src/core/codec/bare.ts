import { type ClientFrame, type Welcome, WirepactError } from '@wirepact/protocol/client'
import type { RouteDefinition } from '../../definition.js'
import type { Core, MakeCall } from '../core.js'
import { toBytes } from './to-bytes.js'

/** What a server that says nothing of itself is taken to have said: it has no heartbeat and names no limit. */
const welcome: Welcome = {
  connection: '',
  session: '',
  contract: '',
  pingIntervalMs: 0,
  pingTimeoutMs: 0,
  maxPayloadBytes: Infinity,
}

/** The feature `bare`: every message is the payload of an event, and there is no handshake. */
export function bare(core: Core): void {
  const { frames, make, protocols, route } = core
  make.text = make.event as MakeCall
  const part: Partial<Core> = {
    // Without the protocol's own.
    protocols: protocols.slice(1),
    greet: () => frames.welcome?.({ ...welcome, contract: core.contract }),
    encode: (frame) => encode(frame, route),
    decode: (data) => ['event', ...decode(data, route)],
  }
  Object.assign(core, part)
}

/** Only events come here: a bare route has no other messages. */
function encode([, name, data]: ClientFrame, { calls }: RouteDefinition): string | Uint8Array {
  if (data instanceof Uint8Array) return data
  if (calls[name as string] === 'text') return String(data)
  try {
    return JSON.stringify(data ?? null)
  } catch (cause) {
    throw new WirepactError('NOT_SERIALIZABLE', undefined, { cause })
  }
}

function decode(data: unknown, route: RouteDefinition): [name: string, data: unknown] {
  const bytes = toBytes(data)
  const content = bytes ? 'binary' : 'text'
  const name = findEvent(route, (event) => event === content)
  if (name !== undefined) return [name, bytes ?? data]
  if (bytes) throw new WirepactError('WRONG_KIND')
  return decodeJson(data as string, route)
}

function decodeJson(text: string, route: RouteDefinition): [name: string, data: unknown] {
  const data = parse(text)
  const tag = (data as Record<string, unknown> | null)?.[route.discriminator ?? '']
  const tagged = findEvent(route, (event) => typeof event === 'object' && event.is === tag)
  const name = tagged ?? findEvent(route, (event) => event === 'json')
  if (name === undefined) throw new WirepactError('UNKNOWN_MESSAGE')
  return [name, data]
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new WirepactError('INVALID_JSON', undefined, { cause })
  }
}

type BareEvents = NonNullable<RouteDefinition['events']>

function findEvent({ events = {} }: RouteDefinition, fits: (event: BareEvents[string]) => boolean) {
  return Object.entries(events).find(([, event]) => fits(event))?.[0]
}

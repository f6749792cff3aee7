import {
  fillTemplate,
  type Hello,
  type Position,
  type ServerFrame,
  type TemplateValues,
} from '@wirepact/protocol'
import type { ChannelDefinition } from '../../definition.js'
import type { Part, PartPorts } from '../part.js'
import { ClientChannel } from './channel.js'

type ChannelFactory = (params?: TemplateValues) => ClientChannel

/** The feature `channels`. */
export const channels = (ports: PartPorts): Part => new Channels(ports)

/** Every channel of one connection by its full name, whether or not anybody has asked for it. */
class Channels implements Part {
  readonly members: { readonly channels: Readonly<Record<string, ChannelFactory>> }
  readonly #ports: PartPorts
  readonly #byName = new Map<string, ClientChannel>()

  constructor(ports: PartPorts) {
    const { route, params: own } = ports
    const factories = Object.entries(route.channels).map(([key, definition]): [string, ChannelFactory] => [
      key,
      (params) => this.#get(fillTemplate(definition.name, { ...own, ...params }), definition),
    ])
    this.#ports = ports
    this.members = { channels: Object.fromEntries(factories) }
  }

  #get(name: string, definition?: ChannelDefinition): ClientChannel {
    const channel = this.#byName.get(name) ?? new ClientChannel(name, this.#ports)
    this.#byName.set(name, channel)
    channel.definition ??= definition
    return channel
  }

  hello(): Partial<Hello> {
    const known: [string, Position][] = []
    for (const [name, { membership }] of this.#byName) {
      if (membership.position) known.push([name, membership.position])
    }
    return { positions: Object.fromEntries(known) }
  }

  /** Takes a frame of a channel that answers no question. A channel that is unknown begins with `joined`. */
  received(frame: ServerFrame): boolean {
    // One with an id is the answer to a question, which may be an old one: only the question knows.
    if (frame[0] === 'joined' && frame[1] === null) this.#get(frame[2]).membership.joined(frame[3])
    if (frame[0] === 'left' && frame[1] === null) this.#byName.get(frame[2])?.membership.left(frame[3])
    const membership = this.#byName.get(frame[1] as string)?.membership
    if (frame[0] === 'publication') membership?.publication(frame[2], frame[3], frame[4])
    if (frame[0] === 'skip') membership?.skip(frame[2])
    if (frame[0] === 'presence') membership?.presence(frame[2])
    return false
  }

  opened(): void {
    for (const { membership } of this.#byName.values()) membership.opened()
  }

  lost(): void {
    for (const { membership } of this.#byName.values()) membership.lost()
  }

  closed(): void {
    for (const channel of this.#byName.values()) channel.closed()
  }
}

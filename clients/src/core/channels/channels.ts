import type { Position, ServerFrame } from '@wirepact/protocol'
import type { ChannelDefinition } from '../../definition.js'
import { type ChannelPorts, ClientChannel } from './channel.js'

/** Every channel of one connection by its full name, whether or not anybody has asked for it. */
export class Channels {
  readonly #ports: ChannelPorts
  readonly #byName = new Map<string, ClientChannel>()

  constructor(ports: ChannelPorts) {
    this.#ports = ports
  }

  get(name: string, definition?: ChannelDefinition): ClientChannel {
    const channel = this.#byName.get(name) ?? new ClientChannel(name, this.#ports)
    this.#byName.set(name, channel)
    channel.definition ??= definition
    return channel
  }

  positions(): Readonly<Record<string, Position>> {
    const known: [string, Position][] = []
    for (const [name, { membership }] of this.#byName) {
      if (membership.position) known.push([name, membership.position])
    }
    return Object.fromEntries(known)
  }

  /** Takes a frame of a channel that answers no question. A channel that is unknown begins with `joined`. */
  received(frame: ServerFrame): void {
    if (frame[0] === 'joined') this.get(frame[2]).membership.joined(frame[3])
    if (frame[0] === 'left') this.#byName.get(frame[2])?.membership.left()
    const membership = this.#byName.get(frame[1] as string)?.membership
    if (frame[0] === 'publication') membership?.publication(frame[2], frame[3], frame[4])
    if (frame[0] === 'skip') membership?.skip(frame[2])
    if (frame[0] === 'presence') membership?.presence(frame[2])
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

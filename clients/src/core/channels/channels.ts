import type { Position, ServerFrame, WirepactError } from '@wirepact/protocol'
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

  /** A frame that no question is waiting for. */
  received(frame: ServerFrame): void {
    if (frame[0] === 'joined') this.get(frame[2]).membership.joined(frame[3])
    else if (frame[0] === 'publication')
      this.#byName.get(frame[1])?.membership.publication(frame[2], frame[3], frame[4])
    else if (frame[0] === 'skip') this.#byName.get(frame[1])?.membership.skip(frame[2])
    else if (frame[0] === 'presence') this.#byName.get(frame[1])?.presenceChanged(frame[2])
    else if (frame[0] === 'left') this.#byName.get(frame[2])?.membership.left()
  }

  opened(): void {
    for (const channel of this.#byName.values()) channel.membership.opened()
  }

  lost(): void {
    for (const channel of this.#byName.values()) channel.membership.lost()
  }

  closed(error: WirepactError): void {
    for (const channel of this.#byName.values()) channel.closed(error)
  }
}

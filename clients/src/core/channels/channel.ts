import type { HistoryPage, PresenceChange, WirepactError } from '@wirepact/protocol'
import type { ChannelDefinition } from '../../definition.js'
import { defaults } from '../../options.js'
import type {
  ChannelStatus,
  Gap,
  History,
  HistoryOptions,
  MessagesOptions,
  PublicationInfo,
  Stop,
} from '../../types.js'
import { Listeners, NamedListeners, type Report } from '../listeners/listeners.js'
import { Membership, type MembershipPorts } from './membership.js'
import { PublicationQueue } from './publication-queue.js'
import { applyChanges, Roster, toMembers } from './roster.js'

type Messages = Record<string, unknown>
type Publication = { readonly name: string; readonly data: unknown; readonly info: PublicationInfo }

export interface ChannelPorts extends MembershipPorts {
  readonly report: Report
  readonly tell: (error: WirepactError) => void
}

/** One channel as its users see it: who listens to what. Its membership decides what there is to hear. */
export class ClientChannel {
  readonly name: string
  /** What the schema says of it; unknown until somebody asks for the channel. */
  definition: ChannelDefinition | undefined
  readonly membership: Membership
  readonly #ports: ChannelPorts
  readonly #roster: Roster
  readonly #publications: NamedListeners<[unknown, PublicationInfo]>
  readonly #statuses: Listeners<[ChannelStatus]>
  readonly #gaps: Listeners<[Gap]>
  readonly #queues = new Set<PublicationQueue<Publication>>()

  constructor(name: string, ports: ChannelPorts) {
    this.name = name
    this.#ports = ports
    this.#roster = new Roster(ports.report)
    this.#publications = new NamedListeners(ports.report)
    this.#statuses = new Listeners(ports.report)
    this.#gaps = new Listeners(ports.report)
    this.membership = new Membership(name, ports, {
      changed: (status) => this.#statuses.emit(status),
      present: (members) => this.#roster.set(toMembers(members)),
      missed: (gap) => this.#gaps.emit(gap),
      published: (message, data, info) => this.#publish(message, data, info),
      tell: ports.tell,
    })
  }

  get status(): ChannelStatus {
    return this.membership.status
  }

  get presence(): Roster | undefined {
    return this.definition?.presence ? this.#roster : undefined
  }

  on(name: string, listener: (data: unknown, info: PublicationInfo) => void): Stop {
    const stop = this.#publications.add(name, listener)
    this.#wantToHear()
    return stop
  }

  messages(options: MessagesOptions = {}): AsyncIterableIterator<Publication> {
    const queue = new PublicationQueue<Publication>(options)
    this.#queues.add(queue)
    queue.onEnd(() => this.#queues.delete(queue))
    if (this.#ports.connection.closed) queue.end()
    else this.#wantToHear()
    return queue
  }

  onStatus(listener: (status: ChannelStatus) => void): Stop {
    return this.#statuses.add(listener)
  }

  onGap(listener: (gap: Gap) => void): Stop {
    return this.#gaps.add(listener)
  }

  subscribe(intent: { readonly presence?: unknown } = {}): Promise<void> {
    return this.membership.subscribe(intent)
  }

  unsubscribe(): Promise<void> {
    return this.membership.unsubscribe()
  }

  async history(options: HistoryOptions = {}): Promise<History<Messages>> {
    const query = { limit: defaults.historyLimit, ...options }
    const page = await this.#ports.calls.call((id) => ['history', id, this.name, query])
    const { epoch, publications, more } = page as HistoryPage
    return {
      epoch,
      more,
      publications: publications.map(([offset, name, data, at]) => ({ name, data, offset, at })),
    }
  }

  /** Changes of who is here, since the snapshot of the confirmation. */
  presenceChanged(changes: readonly PresenceChange[]): void {
    if (this.membership.settled) this.#roster.set(applyChanges(this.#roster.members, changes))
  }

  closed(error: WirepactError): void {
    this.membership.closed(error)
    for (const queue of this.#queues) queue.end()
  }

  #publish(name: string, data: unknown, info: PublicationInfo): void {
    for (const queue of this.#queues) queue.push({ name, data, info })
    this.#publications.emit(name, data, info)
  }

  /** To listen is to subscribe, where the client may by itself and nothing else need be said. */
  #wantToHear(): void {
    if (this.definition && this.definition.join !== 'handler' && !this.definition.presence) {
      this.membership.want({})
    }
  }
}

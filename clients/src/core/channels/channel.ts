import {
  type HistoryPage,
  type MembersQuery,
  type MembersPage as Page,
  WirepactError,
} from '@wirepact/protocol'
import type { ChannelDefinition } from '../../definition.js'
import { defaults } from '../../options.js'
import type {
  ChannelMember,
  ChannelStatus,
  Gap,
  History,
  HistoryOptions,
  MembersOptions,
  MembersPage,
  MessagesOptions,
  Presence,
  PublicationInfo,
  Stop,
} from '../../types.js'
import { Listeners, settle } from '../listeners/listeners.js'
import { Queue } from '../listeners/queue.js'
import type { PartPorts } from '../part.js'
import { type Intent, Membership } from './membership.js'
import { applyChanges, Roster, toMembers } from './roster.js'

type Messages = Record<string, unknown>
type Publication = { readonly name: string; readonly data: unknown; readonly info: PublicationInfo }

/** One channel as its users see it: who listens to what. Its membership decides what there is to hear. */
export class ClientChannel {
  readonly name: string
  /** What the schema says of it; unknown until somebody asks for the channel. */
  definition: ChannelDefinition | undefined
  readonly membership: Membership
  readonly #ports: PartPorts
  readonly #publications: Listeners<[string, unknown, PublicationInfo]>
  readonly #statuses: Listeners<[ChannelStatus]>
  readonly #gaps: Listeners<[Gap]>
  readonly #ends: Listeners<[]>
  readonly #roster: Roster

  constructor(name: string, ports: PartPorts) {
    const report = (thrown: unknown) => ports.report(thrown)
    this.name = name
    this.#ports = ports
    this.#publications = new Listeners(report)
    this.#statuses = new Listeners(report)
    this.#gaps = new Listeners(report)
    this.#ends = new Listeners(report)
    this.#roster = new Roster(report)
    this.membership = new Membership(name, ports, {
      present: (members) => this.#roster.set(toMembers(members)),
      presenceChanged: (changes) => this.#roster.set(applyChanges(this.#roster.members, changes)),
      changed: (status) => this.#changed(status),
      missed: (gap) => this.#gaps.emit(gap),
      published: (message, data, info) => this.#publications.emit(message, data, info),
    })
  }

  get status(): ChannelStatus {
    return this.membership.status
  }

  /** While the connection is away, those who were here before. */
  get presence(): Presence<unknown> | undefined {
    return this.definition?.presence ? this.#roster : undefined
  }

  on(name: string, listener: (data: unknown, info: PublicationInfo) => void): Stop {
    const stop = this.#publications.add((published, data, info) => {
      if (published === name) listener(data, info)
    })
    this.#wantToHear()
    return stop
  }

  messages(options: MessagesOptions = {}): AsyncIterableIterator<Publication> {
    const stopListening = this.#publications.add((name, data, info) => queue.push({ name, data, info }))
    const stopWaiting = this.#ends.add(() => queue.end())
    const release = () => {
      stopListening()
      stopWaiting()
    }
    const queue = new Queue<Publication>({
      maxBuffered: defaults.maxBufferedPublications,
      ...options,
      release,
    })
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

  /** Whoever does not wait for it has the status: a rejection that nobody handles is none. */
  subscribe(intent: Intent = {}): Promise<void> {
    this.membership.want(intent)
    const joined = settle(this.#statuses, () => this.#isJoined())
    joined.catch(() => undefined)
    return joined
  }

  unsubscribe(): Promise<void> {
    return this.membership.unwant()
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

  async members(options: MembersOptions = {}): Promise<MembersPage<ChannelMember<unknown>>> {
    const page = await this.#membersPage({ limit: defaults.membersLimit, ...options })
    return { ...page, members: toMembers(page.members) }
  }

  async count(): Promise<number> {
    return (await this.#membersPage({ limit: 0 })).count
  }

  closed(): void {
    this.membership.lost()
    this.#ends.emit()
  }

  async #membersPage(query: MembersQuery): Promise<Page> {
    return (await this.#ports.calls.call((id) => ['members', id, this.name, query])) as Page
  }

  #isJoined(): boolean | WirepactError {
    const { status } = this
    if (status.state === 'refused') return status.error
    if (status.state !== 'idle') return status.state === 'joined'
    return this.#ports.connection.closed ?? new WirepactError('ABORTED', 'The subscription was ended.')
  }

  #changed(status: ChannelStatus): void {
    if (status.state === 'refused') this.#ports.tell(status.error)
    this.#statuses.emit(status)
  }

  /** To listen is to subscribe, where the client may by itself and nothing else need be said. */
  #wantToHear(): void {
    if (this.definition && this.definition.join !== 'handler' && !this.definition.presence) {
      this.membership.want({})
    }
  }
}

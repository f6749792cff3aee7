import { type HistoryPage, type MembersPage, type MembersQuery, WirepactError } from '@wirepact/protocol'
import type { ChannelDefinition } from '../../definition.js'
import { defaults } from '../../options.js'
import type { History, HistoryOptions, MessagesOptions, SubscribableChannel } from '../../types.js'
import type { Core } from '../core.js'
import { settle } from '../listeners/listeners.js'
import { Queue } from '../listeners/queue.js'
import type { Membership, Publication } from './membership.js'
import { toMember } from './roster.js'

/** A channel of whatever messages. */
export type AnyChannel = SubscribableChannel<Record<string, unknown>, unknown>

/** One channel as its users see it. Its membership decides what there is to hear. */
export function createChannel(
  membership: Membership,
  { join, presence }: ChannelDefinition,
  core: Core,
): AnyChannel {
  const { publications, statuses, gaps, roster, name } = membership
  /** To listen is to subscribe, where the client may by itself and nothing else need be said. */
  const wantToHear = () => {
    if (join !== 'handler' && !presence) membership.want({})
  }
  return {
    name,
    get status() {
      return membership.status
    },
    /** While the connection is away, those who were here before. */
    presence: (presence ? roster : undefined) as AnyChannel['presence'],
    on(wanted, listener) {
      const stop = publications.add(({ name, data, info }) => name === wanted && listener(data, info))
      wantToHear()
      return stop
    },
    messages(options) {
      const queue = read(membership, core, options)
      wantToHear()
      return queue
    },
    onStatus: (listener) => statuses.add(listener),
    onGap: (listener) => gaps.add(listener),
    subscribe(intent = {} as never) {
      membership.want(intent)
      const joined = settle(statuses, () => isJoined(membership, core))
      // Whoever does not wait for it has the status: a rejection that nobody handles is none.
      joined.catch(() => undefined)
      return joined
    },
    unsubscribe: () => membership.unwant(),
    history: (options) => readHistory(name, core, options),
    async members(options) {
      const page = await askMembers(name, core, { limit: defaults.membersLimit, ...options })
      return { ...page, members: page.members.map(toMember) }
    },
    count: async () => (await askMembers(name, core, { limit: 0 })).count,
  }
}

/** What is published from now on, until the connection is closed for good. */
function read({ publications }: Membership, { connection, statuses }: Core, options?: MessagesOptions) {
  const stopListening = publications.add((publication) => queue.push(publication))
  const end = () => connection.closed && queue.end()
  const stopWaiting = statuses.add(end)
  const release = () => {
    stopListening()
    stopWaiting()
  }
  const maxBuffered = defaults.maxBufferedPublications
  const queue = new Queue<Publication>({ maxBuffered, ...options, release })
  end()
  return queue
}

function isJoined({ status }: Membership, { connection }: Core): boolean | WirepactError {
  if (status.state === 'refused') return status.error
  if (status.state !== 'idle') return status.state === 'joined'
  return connection.closed ?? new WirepactError('ABORTED')
}

async function askMembers(channel: string, { outbox }: Core, query: MembersQuery): Promise<MembersPage> {
  return (await outbox.call((id) => ['members', id, channel, query])) as MembersPage
}

async function readHistory(
  channel: string,
  { outbox }: Core,
  options?: HistoryOptions,
): Promise<History<Record<string, unknown>>> {
  const query = { limit: defaults.historyLimit, ...options }
  const page = (await outbox.call((id) => ['history', id, channel, query])) as HistoryPage
  const publications = page.publications.map(([offset, name, data, at]) => ({ name, data, offset, at }))
  return { epoch: page.epoch, more: page.more, publications }
}

import type { HistoryPage, MembersPage, MembersQuery } from '@wirepact/protocol'
import type { ChannelDefinition } from '../../definition.js'
import { channelDefaults } from '../../options.js'
import type { Channel, History, HistoryOptions, MessagesOptions } from '../../types.js'
import type { Core } from '../core.js'
import { createQueue } from '../listeners/queue.js'
import type { Membership, Publication } from './membership.js'
import { toMember } from './roster.js'

/** A channel of whatever messages. */
export type AnyChannel = Channel<Record<string, unknown>, unknown>

/** One channel as its users see it. Its membership decides what there is to hear. */
export function createChannel(
  membership: Membership,
  { presence }: ChannelDefinition,
  core: Core,
): AnyChannel {
  const { publications, statuses, gaps, roster, name } = membership
  return {
    name,
    get status() {
      return membership.status
    },
    /** While the connection is away, those who were here before. */
    presence: (presence ? roster : undefined) as AnyChannel['presence'],
    on: (wanted, listener) =>
      publications.add(({ name, data, info }) => name === wanted && listener(data, info)),
    messages: (options) => read(membership, core, options),
    onStatus: (listener) => statuses.add(listener),
    onGap: (listener) => gaps.add(listener),
    history: (options) => readHistory(name, core, options),
    async members(options) {
      const page = await askMembers(name, core, { limit: channelDefaults.membersLimit, ...options })
      return { ...page, members: page.members.map(toMember) as never }
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
  const maxBuffered = channelDefaults.maxBufferedPublications
  const queue = createQueue<Publication>({ maxBuffered, ...options, release })
  end()
  return queue.items
}

async function askMembers(channel: string, { outbox }: Core, query: MembersQuery): Promise<MembersPage> {
  return (await outbox.call((id) => ['members', id, channel, query])) as MembersPage
}

async function readHistory(
  channel: string,
  { outbox }: Core,
  options?: HistoryOptions,
): Promise<History<Record<string, unknown>>> {
  const query = { limit: channelDefaults.historyLimit, ...options }
  const page = (await outbox.call((id) => ['history', id, channel, query])) as HistoryPage
  const publications = page.publications.map(([offset, name, data, at]) => ({ name, data, offset, at }))
  const { epoch, offset, more } = page
  return { epoch, position: [epoch, offset], more, publications }
}

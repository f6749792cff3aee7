import type { ClientFrame, HistoryPage, MembersPage } from '@wirepact/protocol/client'
import type { HistoryOptions, MembersOptions } from '../../types.js'
import type { Core } from '../core.js'
import type { AnyChannel } from './membership.js'
import { toMember } from './roster.js'

type Query = HistoryOptions | MembersOptions

/** What a channel can be asked for, page by page. */
export function pages(name: string, { call }: Core): Pick<AnyChannel, 'history' | 'members' | 'count'> {
  const ask = (type: 'history' | 'members', { limit = 50, ...query }: Query = {}) =>
    call((id) => [type, id, name, { limit, ...query }] as ClientFrame)
  return {
    async history(options) {
      const { offset, publications, ...page } = (await ask('history', options)) as HistoryPage
      return {
        ...page,
        position: [page.epoch, offset],
        publications: publications.map(([offset, name, data, at]) => ({ name, data, offset, at })),
      }
    },
    async members(options) {
      const page = (await ask('members', options)) as MembersPage
      return { ...page, members: page.members.map(toMember) as never }
    },
    count: async () => ((await ask('members', { limit: 0 })) as MembersPage).count,
  }
}

import type { WrongUse } from './types-table.js'

/** What a client takes presence for that it is not. */
export const wrongPresenceUses: readonly WrongUse[] = [
  {
    name: 'who is there where members are only counted',
    error: 'TS2339',
    code: `client.hall({ params: { hallId: 'a' } }).channels.seats().presence.members.length // here`,
  },
  {
    name: 'users taken for connections',
    error: 'TS2551',
    code: `client.hall({ params: { hallId: 'a' } }).channels.guests().presence.members[0]?.connection // here`,
  },
  {
    name: 'a subscription where only handlers join',
    error: 'TS2339',
    code: `client.hall({ params: { hallId: 'a' } }).channels.doors().subscribe() // here`,
  },
  {
    name: 'metadata where members are only counted',
    error: 'TS2353',
    code: `client.hall({ params: { hallId: 'a' } }).channels.seats().subscribe({ presence: { name: 'a' } }) // here`,
  },
  {
    name: 'presence where there is none',
    error: 'TS2532',
    code: `client.hall({ params: { hallId: 'a' } }).channels.notes().presence.count // here`,
  },
]

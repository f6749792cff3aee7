import type { Observer } from '../observer.js'
import { guilds } from './handlers.js'
import type { Resident } from './resident.js'
import type { Life } from './servers.js'
import type { Town } from './town.js'

const quietMs = 10_000

/** What has to be so when nothing has gone wrong for a while. */
export async function judgeTown(town: Town): Promise<void> {
  const { residents, servers, time, wrong } = town
  const before = residents.map(({ connection: { status } }) => status)
  for (const [index, status] of before.entries())
    if (status.state !== 'open') wrong.push(`${residents[index]?.name} ends as ${JSON.stringify(status)}`)
  town.flows.judgeIdle()
  town.calls.judgeIdle()
  await judgeCalls(town)
  await judgeLast(town, servers.lives.at(-1) as Life)
  await judgePrices(town, servers.lives[0] as Life)
  await time.advance(quietMs)
  for (const life of servers.lives) await judgePresence(town, life)
  for (const [index, { connection, name }] of residents.entries())
    if (connection.status !== before[index])
      wrong.push(`${name} lost its connection: ${JSON.stringify(connection.status)}`)
  await judgeRevocation(town, servers.lives.at(-1) as Life)
}

/** Everybody can do something, and answers to every server. */
async function judgeCalls({ residents, servers, time, wrong }: Town): Promise<void> {
  const failed = (what: string) => (thrown: unknown) => void wrong.push(`${what}: ${String(thrown)}`)
  const calls = residents.flatMap(({ connection, name }) => {
    const { status } = connection
    const sum = connection.add([1, 2]).catch(failed(`${name} cannot add`))
    if (status.state !== 'open') return [sum]
    const whom = { connection: status.connection }
    const asked = servers.lives.map(({ server }) =>
      server.routes.town
        .to(whom)
        .confirm(1)
        .catch(failed(`${name} does not answer`)),
    )
    return [sum, ...asked]
  })
  await time.advance(quietMs)
  await Promise.all(calls)
}

/** Who is thrown out by one server has lost all connections, on whichever they are. */
async function judgeRevocation({ residents, time, wrong }: Town, { server }: Life): Promise<void> {
  const user = residents[0]?.user ?? ''
  void server.revoke({ user })
  await time.advance(quietMs)
  for (const { connection, name } of residents.filter((one) => one.user === user)) {
    const { status } = connection
    if (status.state !== 'closed' || status.cause.code !== 4502)
      wrong.push(`${name} is not thrown out: ${JSON.stringify(status)}`)
  }
}

function isIn({ wants, user }: Resident, place: keyof Resident['observers']): boolean {
  return wants.has(place) && (guilds[place]?.includes(user) ?? true)
}

/** Everybody sees what is published now, and has seen everything before it, in order. */
async function judgeLast({ residents, store, time, wrong }: Town, { server }: Life): Promise<void> {
  const { channels } = server.routes.town
  const places = {
    square: channels.square(),
    gold: channels.guild({ key: 'gold' }),
    tin: channels.guild({ key: 'tin' }),
    council: channels.council(),
  }
  for (const [key, channel] of Object.entries(places)) {
    const place = key as keyof typeof places
    const published = channel.publish('said', { text: `the last of ${place}` })
    await time.advance(1_000)
    const { position = ['', 0] } = await published
    for (const resident of residents) {
      const observer: Observer = resident.observers[place]
      wrong.push(...observer.judge(store))
      if (isIn(resident, place) && !observer.hasSeen(store, ...position))
        wrong.push(`${resident.name} never saw the last of ${place}: ${observer.channel.status.state}`)
      if (!isIn(resident, place) && observer.hasSeen(store, ...position))
        wrong.push(`${resident.name} saw the last of ${place}`)
    }
  }
}

/** Whoever looks at prices sees the newest of each good. */
async function judgePrices({ residents, time, wrong }: Town, { server }: Life): Promise<void> {
  const read = server.routes.town.channels.prices().history({ limit: 10 })
  await time.advance(1_000)
  const newest = new Map((await read).publications.map(({ data }) => [data.good, data.text]))
  for (const { wants, shop } of residents) {
    wrong.push(...shop.wrong.splice(0))
    if (wants.has('prices')) wrong.push(...shop.judge(newest))
  }
}

/** Presence is exactly who is there, on the server and in every client. */
async function judgePresence({ residents, time, wrong }: Town, { server }: Life): Promise<void> {
  const { channels } = server.routes.town
  const asked = Promise.all([
    channels.square().members(),
    channels.guild({ key: 'gold' }).members(),
    channels.crowd().count(),
  ])
  await time.advance(1_000)
  const [square, gold, crowd] = await asked
  const inSquare = residents.filter(({ wants }) => wants.has('square'))
  const inGold = residents.filter((resident) => isIn(resident, 'gold'))
  const names = sorted(inSquare.map(({ name }) => name))
  const users = toUsers(inGold)
  const inCrowd = residents.filter(({ wants }) => wants.has('crowd'))
  const expect = (who: string, seen: string, expected: string) => {
    if (seen !== expected) wrong.push(`${who} sees ${seen || 'nobody'} instead of ${expected || 'nobody'}`)
  }
  expect('the server in the square', sorted(square.map(({ data }) => data.name)), names)
  expect('the server in the guild', toList(gold), users)
  expect('the server in the crowd', `${crowd}`, `${inCrowd.length}`)
  for (const { name, connection } of inSquare) {
    const { members } = connection.channels.square().presence
    expect(`${name} in the square`, sorted(members.map(({ data }) => data.name)), names)
  }
  for (const { name, connection } of inGold)
    expect(`${name} in the guild`, toList(connection.channels.guild({ key: 'gold' }).presence.members), users)
  for (const { name, connection } of inCrowd)
    expect(`${name} in the crowd`, `${connection.channels.crowd().presence.count}`, `${inCrowd.length}`)
}

/** Users with how many connections each has. */
function toUsers(residents: readonly Resident[]): string {
  const counts = new Map<string, number>()
  for (const { user } of residents) counts.set(user, (counts.get(user) ?? 0) + 1)
  return toList([...counts].map(([user, connections]) => ({ user, connections })))
}

function toList(users: readonly { readonly user: string; readonly connections: number }[]): string {
  return sorted(users.map(({ user, connections }) => `${user}×${connections}`))
}

function sorted(names: readonly string[]): string {
  return [...names].sort().join()
}

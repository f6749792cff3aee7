import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Figures } from '../../soak/run/figures.mjs'
import { judgePresence, judgeRooms } from './judge.mjs'
import { Member } from './member.mjs'
import { Puts } from './puts.mjs'
import { Random } from './random.mjs'
import { Relay } from './relay.mjs'
import { Server } from './server.mjs'

const rooms = ['attic', 'cellar']
const pause = (delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs))

/** Clients and a server that is killed, over real sockets and a bad network, for so many seconds. */
export async function soakNetwork(seconds, seed = 1) {
  const folder = await mkdtemp(join(tmpdir(), 'wirepact-network-'))
  const random = new Random(seed)
  const puts = new Puts()
  const heard = (line, life) => puts.heard(line, life)
  const server = new Server({ port: await findPort(), file: join(folder, 'state.db'), heard })
  await server.start()
  const relay = await Relay.open(server.port)
  const members = ['ada', 'bob', 'cid', 'dan'].map((name) => new Member({ name, port: relay.port, rooms }))
  const world = { members, relay, puts, random, rooms, server, kills: 0, harms: 0, last: 0 }
  try {
    await run(world, Date.now() + seconds * 1000)
    return await judge(world)
  } finally {
    for (const member of members) member.close()
    relay.close()
    await server.kill()
    await rm(folder, { recursive: true, force: true })
  }
}

async function run(world, until) {
  const { random } = world
  while (Date.now() < until) {
    for (let count = random.between(1, 4); count > 0; count--) act(world)
    if (random.chance(0.3)) harm(world)
    if (random.chance(0.03)) await crash(world)
    await pause(random.between(5, 60))
  }
  for (const link of world.relay.links) link.cut()
}

function act({ members, puts, random, rooms }, member = random.pick(members)) {
  const what = random.pick(['say', 'say', 'say', 'add', 'put', 'count'])
  const { connection } = member
  if (what === 'say')
    member.call(connection.say({ id: random.pick(rooms), text: `t${random.between(0, 1e9)}` }))
  else if (what === 'add') member.call(connection.add([1, random.between(0, 9)]))
  else if (what === 'put') member.wrong.push(...refusalOf(connection.put(puts.next())))
  else void member.read(random.between(0, 100))
}

function refusalOf({ outcome, error }) {
  return outcome === 'refused' ? [`an event was refused: ${error}`] : []
}

function harm(world) {
  const { relay, random } = world
  const links = [...relay.links]
  if (links.length === 0) return
  world.harms++
  const link = random.pick(links)
  const lane = random.pick(link.lanes)
  const how = random.pick(['cut', 'all', 'half', 'late', 'slow', 'hole'])
  if (how === 'cut') link.cut()
  else if (how === 'all') for (const one of links) one.cut()
  else if (how === 'half') link.halfClose(random.between(0, 1))
  else if (how === 'late') lane.delayMs = random.pick([20, 200, 1_000])
  else if (how === 'slow') lane.bytesPerSecond = random.pick([500, 5_000])
  else for (const one of random.chance(0.5) ? [lane] : link.lanes) one.isHole = true
}

async function crash(world) {
  world.kills++
  await world.server.kill()
  await pause(world.random.between(0, 400))
  await world.server.start()
}

/** Everybody is back, hears the last line of every room, and has heard everything before it. */
async function judge({ members, relay, puts, kills, harms }) {
  const wrong = []
  for (const id of rooms) await sayLast(members[0], id)
  const isOpen = ({ connection }) => connection.status.state === 'open'
  const hasAll = ({ heard }) => rooms.every((id) => heard.get(id).at(-1)?.[2] === `the last of ${id}`)
  await until(
    () =>
      members.every(isOpen) &&
      members.every(hasAll) &&
      judgePresence(members, rooms).length === 0 &&
      puts.isComplete &&
      members.every(({ unsettled }) => unsettled === 0),
  )
  for (const id of rooms) wrong.push(...(await judgeRooms(members, id)))
  wrong.push(...judgePresence(members, rooms), ...puts.judge(), ...members.flatMap((member) => member.wrong))
  for (const { name, unsettled } of members)
    if (unsettled > 0) wrong.push(`${unsettled} calls of ${name} are open`)
  const figures = new Figures()
  figures.add('times the network was harmed', harms)
  figures.add('times the server was killed', kills)
  figures.add('connections made', relay.accepted)
  figures.add(
    'publications heard',
    members.reduce((sum, { heard }) => sum + heard.get('attic').length, 0),
  )
  figures.add('acknowledged events', puts.size)
  figures.add('of them handled again after a kill', puts.repeated)
  figures.exactly('sockets at the end', relay.links.size, members.length)
  figures.exactly('promises broken', wrong.length, 0)
  for (const line of wrong.slice(0, 20)) console.log(`  ${line}`)
  return figures
}

/** A client that has not yet noticed that it was cut loses what it asks. */
async function sayLast({ connection }, id) {
  for (;;) {
    const outcome = await connection.say.safe({ id, text: `the last of ${id}` }, { timeoutMs: 10_000 })
    if (outcome.ok) return
  }
}

/** Waits, and goes on when it has waited for long: what is missing then is told by who judges. */
async function until(look) {
  for (let step = 0; step < 600 && !look(); step++) await pause(50)
}

async function findPort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}

import type { Status } from '@wirepact/client'
import { failureOf, same, until } from './expect.js'
import type { Step } from './step.js'

export const connectionSteps: readonly Step[] = [
  {
    name: 'there is no page, and the client does not miss it',
    async run({ labs, lab }) {
      same([typeof document, 'window' in globalThis], ['undefined', false], 'page')
      const client = labs()
      const connection = client.lab({ params: { lab } })
      const seen = [connection.status.state]
      connection.onStatus(({ state }) => seen.push(state))
      await connection.ready()
      connection.close()
      same(seen, ['connecting', 'open', 'closed'], 'states')
    },
  },
  {
    name: 'a code and a reason arrive with close(), and nothing is left open',
    async run({ labs, lab, network }) {
      const connection = labs().lab({ params: { lab } })
      await connection.ready()
      connection.close(3001, 'enough')
      const closes = async () => (await network.report({ lab })).closes
      await until(closes, [{ code: 3001, reason: 'enough' }], 'close that the server saw')
      same((await network.report({ lab })).open, 0, 'number of open connections')
    },
  },
  {
    name: 'a close code that says so is followed by another connection, its reason is told',
    async run({ labs, lab, network }) {
      const connection = labs().lab({ params: { lab } })
      const causes = causesOf(connection)
      connection.dismiss({ code: 4400, reason: 'come back' })
      await until(() => causes, ['waiting 4400 come back'])
      await connection.ready()
      same((await network.report({ lab })).connections, 2, 'number of connections')
    },
  },
  {
    name: 'a close code that says so is the end',
    async run({ labs, lab, network }) {
      const connection = labs().lab({ params: { lab } })
      const causes = causesOf(connection)
      connection.dismiss({ code: 4600, reason: 'go away' })
      await until(() => causes, ['closed 4600 go away'])
      same((await failureOf(connection.add({ a: 1, b: 1 }))).code, 'CONNECTION_CLOSED', 'error')
      same((await network.report({ lab })).connections, 1, 'number of connections')
    },
  },
  {
    name: 'where nobody listens, or the address is wrong, it goes on trying',
    async run({ labs, lab, addresses }) {
      for (const url of [addresses.nobody, `${addresses.labs}/nowhere`]) {
        const causes = causesOf(labs({}, url).lab({ params: { lab } }))
        await until(() => causes.length > 1, true, 'second attempt')
        same(causes[0]?.startsWith('waiting 1006'), true, `cause (${causes[0]})`)
      }
    },
  },
  {
    name: 'a network that swallows everything is noticed, before the welcome and after it',
    async run({ labs, lab, network }) {
      const connection = labs({ connectTimeoutMs: 300 }).lab({ params: { lab } })
      await connection.ready()
      const causes = causesOf(connection)
      await network.swallow(true)
      await until(() => causes.length > 1, true, 'second failure')
      await network.swallow(false)
      await connection.ready()
      same(causes.slice(0, 2).map(toCode), ['4001', '4000'], 'codes')
      same(await connection.add({ a: 1, b: 1 }), { sum: 2 })
      await network.cut({ lab, from: 1, to: 0 })
    },
  },
  {
    name: 'a credential is asked for before every attempt, also one that takes a while',
    async run({ labs, lab, network }) {
      let asked = 0
      const auth = async () => {
        await new Promise((resolve) => setTimeout(resolve, 5))
        return `key ${++asked}`
      }
      const connection = labs({ auth }).lab({ params: { lab } })
      await connection.ready()
      await network.cut({ lab, from: 1, to: 0 })
      await until(async () => (await network.report({ lab })).tokens, ['key 1', 'key 2'], 'tokens')
    },
  },
  {
    name: 'a credential that is refused is the end, with the reason',
    async run({ labs }) {
      let key = 'key'
      const client = labs({ auth: () => key })
      same(await client.vault().whoami(), 'ada', 'user')
      key = 'no key'
      const refused = client.vault()
      same((await failureOf(refused.ready())).code, 'UNAUTHENTICATED', 'error')
      const { status } = refused
      same(status.state === 'closed' && status.cause.code, 4501, 'close code')
    },
  },
  {
    name: 'a bare route carries text and bytes, with no subprotocol, and comes back too',
    async run({ labs, lab, network }) {
      const plain = labs().plain()
      const heard: unknown[] = []
      plain.on('capitals', (line) => heard.push(line))
      plain.on('backwards', (bytes) => heard.push([...bytes]))
      const causes = causesOf(plain)
      await plain.ready()
      plain.line('straße 👋')
      plain.block(new Uint8Array([1, 2, 255]))
      await until(() => heard, ['STRASSE 👋', [255, 2, 1]])
      await network.cut({ lab, from: 1, to: 0 })
      await until(() => causes.length > 0, true, 'cut')
      await plain.ready()
      plain.line('again')
      await until(() => heard.at(-1), 'AGAIN')
    },
  },
  {
    name: 'headers, cookies and subprotocols go with the opening handshake',
    needsHeaders: true,
    async run({ labs }) {
      const gate = labs().gate({ headers: { 'x-tenant': 7 }, cookies: { theme: 'dark blue' } })
      const subprotocols = ['wirepact.v1.json', 'gate.v2', 'gate.v1']
      same(await gate.look(), { tenant: 7, theme: 'dark blue', subprotocols })
    },
  },
]

/** Every wait and end from now on: the state, the code and the reason. */
function causesOf(connection: { onStatus(listener: (status: Status) => void): unknown }): string[] {
  const causes: string[] = []
  connection.onStatus((status) => {
    if (!('cause' in status)) return
    causes.push(`${status.state} ${status.cause.code} ${status.cause.reason}`.trim())
  })
  return causes
}

function toCode(cause: string): string | undefined {
  return cause.split(' ')[1]
}

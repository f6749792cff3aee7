import type { Observer } from '@wirepact/runtime'
import { afterEach, expect, test, vi } from 'vitest'
import { type LabContext, startLab, stopLabs } from '../runtime/lab.js'
import { RawClient } from '../support/raw-client.js'

afterEach(stopLabs)

/** Notes everything that observers are told, as one line each. */
function notes(): { lines: string[]; observer: Required<Observer> } {
  const lines: string[] = []
  const note = (line: string) => void lines.push(line)
  const span = (line: string) => {
    note(`${line} begins`)
    return {
      within: <Result>(run: () => Result) => run(),
      ended: (error?: unknown) => note(`${line} ${error === undefined ? 'ends' : 'fails'}`),
    }
  }
  const observer: Required<Observer> = {
    watch: ({ routes }) => note(`watch ${routes.join()}`),
    accepted: ({ route }) => note(`accepted ${route}`),
    opened: ({ route, status }) => note(`opened ${route} ${status}`),
    closed: ({ route }, { code }) => note(`closed ${route} ${code}`),
    refused: ({ code, path }) => note(`refused ${code} ${path}`),
    received: ({ name, kind }) => note(`received ${kind} ${name}`),
    handling: ({ name, kind }) => span(`handling ${kind} ${name}`),
    sent: ({ name, kind }) => note(`sent ${kind} ${name}`),
    failed: ({ name, code, isBad }) => note(`failed ${name} ${code} ${isBad}`),
    dropped: (_connection, policy) => note(`dropped ${policy}`),
    publishing: ({ channel, name }) => span(`publishing ${channel.template} ${name}`),
    delivered: ({ channel, name }, members) => note(`delivered ${channel.name} ${name} ${members}`),
    started: ({ name }, start) => note(`started ${name} ${start}`),
    asking: (method) => span(`asking ${method}`),
  }
  return { lines, observer }
}

test('an observer is told the life of a connection, in order', async () => {
  const { lines, observer } = notes()
  const { asking: _, ...rest } = observer
  const connect = (ctx: LabContext) => ctx.client.notice({ text: 'hello' })
  const lab = await startLab({ connect, run: async () => 'done' }, { observers: [rest] })
  const client = await RawClient.open(lab.url())
  await client.ask(1, 'run', { what: 'anything' })
  client.socket.close(1000)
  await vi.waitFor(() => expect(lines).toContain('closed lab 1000'))
  expect(lines).toEqual([
    'watch lab,plain',
    'accepted lab',
    'handling connect connect begins',
    'sent event notice',
    'handling connect connect ends',
    'opened lab open',
    'received request run',
    'handling request run begins',
    'handling request run ends',
    'closed lab 1000',
  ])
})

test('an observer is told publications, deliveries, starts and what the engine is asked', async () => {
  const { lines, observer } = notes()
  const lab = await startLab({}, { observers: [observer] })
  const first = await RawClient.open(lab.url())
  const second = await RawClient.open(lab.url())
  second.send(['event', 'whisper', { text: 'psst' }])
  await first.next('publication')
  second.send(['subscribe', 1, 'room/lobby', { position: ['gone', 7] }])
  await vi.waitFor(() => expect(lines).toContain('started room/lobby epoch-changed'))
  expect(lines).toContain('started room/lobby fresh')
  expect(lines.filter((line) => line.startsWith('delivered'))).toEqual(['delivered room/lobby said 1'])
  expect(lines.filter((line) => line.startsWith('publishing'))).toEqual([
    'publishing room/{roomId} said begins',
    'publishing room/{roomId} said ends',
  ])
  expect(lines).toContain('asking append begins')
  expect(lines).toContain('asking append ends')
})

test('an observer is told failures and refusals, and never a name that a client has made up', async () => {
  const { lines, observer } = notes()
  const lab = await startLab({}, { observers: [observer] })
  const client = await RawClient.open(lab.url())
  client.send(['event', 'made-up', null])
  client.send(['event', 'say', { text: '' }])
  client.send(['event', 'fail', null])
  await client.ask(1, 'add', { a: 'no', b: 1 })
  await client.ask(2, 'add', { a: 100, b: 1 })
  await expect(RawClient.open(lab.url('NO'))).rejects.toThrow('400')
  await vi.waitFor(() => expect(lines).toContain('refused INVALID_PARAMS /lab/NO'))
  expect(lines.filter((line) => line.startsWith('failed')).sort()).toEqual([
    'failed add INVALID_PAYLOAD true',
    'failed add TOO_LARGE false',
    'failed fail INTERNAL false',
    'failed say INVALID_PAYLOAD true',
    'failed undefined UNKNOWN_MESSAGE true',
  ])
  expect(lines).toContain('handling event fail fails')
})

test('observers that throw change nothing, are reported once, and others hear everything', async () => {
  const fail = () => {
    throw new Error('observing failed')
  }
  const within = { within: fail, ended: fail }
  const bad: Observer = { accepted: fail, received: fail, handling: () => within, asking: fail }
  const { lines, observer } = notes()
  const lab = await startLab({}, { observers: [bad, observer] })
  const client = await RawClient.open(lab.url())
  expect(await client.ask(1, 'add', { a: 1, b: 2 })).toEqual({ sum: 3 })
  expect(lines).toContain('handling request add ends')
  expect(lab.logged.filter(({ message }) => message.startsWith('An observer failed'))).toHaveLength(1)
})

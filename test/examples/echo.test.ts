import { afterEach, expect, test, vi } from 'vitest'
import { createClient } from '../../examples/echo/generated/client.js'
import { createEcho } from '../../examples/echo/server.js'
import { Cable } from '../support/cable.js'
import { keepLog, noted, serve, stopAll } from '../support/running.js'

afterEach(stopAll)

async function start() {
  const { logged, logger } = keepLog()
  const cable = new Cable()
  const client = noted(createClient(await serve(createEcho({ logger })), cable.options))
  return { client, cable, logged }
}

test('JSON and bytes come back as they were, whatever they are', async () => {
  const { client } = await start()
  const echo = client.echo()
  for (const value of [null, 'ä€😀', 1.5, [[]], { a: { b: [true] } }])
    expect(await echo.json(value)).toEqual(value)
  expect(await echo.bytes(new Uint8Array())).toEqual(new Uint8Array())
  expect(await echo.bytes(Uint8Array.of(0, 255))).toEqual(Uint8Array.of(0, 255))
})

test('a line of text goes without an envelope, and comes back so', async () => {
  const { client } = await start()
  const lines = client.lines()
  const heard: string[] = []
  lines.on('echo', (text) => heard.push(text))
  for (const text of ['', '{"not": "parsed"}', 'ä€😀']) lines.line(text)
  await vi.waitFor(() => expect(heard).toEqual(['', '{"not": "parsed"}', 'ä€😀']))
})

test('a refusal tells what was wrong, and the connection goes on', async () => {
  const { client } = await start()
  const echo = client.echo()
  expect(await echo.repeat.safe({ word: 'ha', times: 5001 })).toMatchObject({
    error: { code: 'TOO_LONG', data: { maxLength: 10_000 } },
  })
  expect(await echo.repeat.safe({ word: '', times: 1.5 })).toMatchObject({
    error: { code: 'INVALID_PAYLOAD', problems: [{ path: '/word' }, { path: '/times' }] },
  })
  expect(await echo.repeat({ word: 'ha', times: 2 })).toBe('haha')
})

test('a mistake in a handler is logged with its cause, and told to nobody', async () => {
  const { client, logged } = await start()
  const echo = client.echo()
  const { error } = await echo.fail.safe(undefined)
  expect(error).toMatchObject({ code: 'INTERNAL' })
  expect(JSON.stringify(error)).not.toContain('mistake')
  expect(logged.filter(({ level }) => level === 'error')).toMatchObject([
    { level: 'error', details: { handler: 'fail', err: { message: 'This is a mistake in the code.' } } },
  ])
  expect(await echo.json(1)).toBe(1)
})

test('every connection is logged once as it comes and once as it goes, also when it breaks', async () => {
  const { client, cable, logged } = await start()
  const echo = client.echo()
  await echo.json(1)
  cable.cut()
  expect(await echo.json(2)).toBe(2)
  client.close()
  await vi.waitFor(() => expect(logged).toHaveLength(4))
  const said = logged.map(({ message, details }) => `${message} ${'code' in details ? details.code : ''}`)
  expect(said.sort()).toEqual(['Connected. ', 'Connected. ', 'Disconnected. 1000', 'Disconnected. 1006'])
  for (const { details } of logged) expect(details).toMatchObject({ route: 'echo' })
})

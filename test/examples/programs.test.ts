import { type ChildProcessByStdio, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import { waitForOutput } from '../e2e/wait-for-output.js'

const folder = fileURLToPath(new URL('../../examples/', import.meta.url))
const names = (await readdir(folder, { withFileTypes: true }))
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort()
/** The chat has a page and a terminal in the place of one client; it has tests of its own. */
const small = names.filter((name) => name !== 'chat')

/** What the client of an example prints last. */
const lastLines: Readonly<Record<string, string>> = {
  auction: 'bob offers 1100',
  dashboard: 'samples of the last minute',
  devices: 'the attic runs 1.1.0',
  echo: 'text: no envelope at all',
  editor: 'version 3: ',
  game: 'ada is at 5',
  live: 'ada: Bravo!',
  messenger: 'ada to me alone: Come and see.',
  notifications: 'read, on every device',
}

const servers: ChildProcessByStdio<null, Readable, null>[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.kill('SIGKILL')
})

/** Runs the server of an example on a free port. */
async function start(name: string) {
  const server = spawn(process.execPath, [`${folder}${name}/dist/main.js`], {
    env: { ...process.env, PORT: '0' },
    // What a handler throws on purpose is logged there.
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  servers.push(server)
  const [, port] = await waitForOutput(server.stdout, /ready on (\d+)/)
  return { server, url: `ws://127.0.0.1:${port}` }
}

describe.each(small)('the example %s', (name) => {
  it('runs as its README says: the client against the server, which then stops when it is told to', async () => {
    const { server, url } = await start(name)
    const client = [`${folder}${name}/dist/client.js`]
    const env = { ...process.env, SERVER_URL: url }
    const { stdout, stderr } = await promisify(execFile)(process.execPath, client, { env })
    expect(stderr).toBe('')
    expect(stdout).toContain(lastLines[name])
    server.kill('SIGTERM')
    expect(await once(server, 'exit')).toEqual([0, null])
  })

  it('has a README that names its files and says how to start it', async () => {
    const readme = await readFile(`${folder}${name}/README.md`, 'utf8')
    expect(readme).toContain(`npm start -- ${name}`)
    expect(readme).toContain(`node examples/${name}/dist/client.js`)
    const named = [...readme.matchAll(/^\| `([\w./-]+\.ts)`/gm)].map(([, file]) => file)
    expect(named.length).toBeGreaterThan(2)
    for (const file of named) await readFile(`${folder}${name}/${file}`)
  })
})

it('every example is in the README of the project', async () => {
  const readme = await readFile(`${folder}../README.md`, 'utf8')
  for (const name of names) expect(readme).toContain(`](examples/${name})`)
})

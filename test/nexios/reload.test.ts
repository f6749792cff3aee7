import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Connection, createApiClient } from '@wirepact/client'
import { afterEach, expect, test, vi } from 'vitest'
import { waitForOutput } from '../e2e/wait-for-output.js'
import { removeEmitted, writeEmitted } from '../generator/compile-emitted.js'
import { noted, stopAll } from '../support/running.js'

const root = fileURLToPath(new URL('../../', import.meta.url))
const patience = { timeout: 30_000, interval: 50 }

const children: ChildProcess[] = []
let folder = ''

afterEach(async () => {
  await stopAll()
  await Promise.all(children.splice(0).map(stop))
  await removeEmitted(folder)
})

/** With a signal that it can hand on: Node's own `--watch` has a process below it, which would be left behind. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

function run(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  children.push(child)
  return child
}

const schema = (messages: string) => `import { defineApi, request, route, Type } from '@wirepact/schema'

export default defineApi({
  title: 'Reload',
  version: '1.0.0',
  routes: { desk: route({ path: '/desk', clientToServer: { ${messages} } }) },
})
`
const server = (handlers: string) => `import { createServer } from './generated/server.js'

const server = createServer({ desk: { ${handlers} } })
const { port } = await server.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })
console.log('ready on ' + port)
`
const greet = 'greet: request({ output: Type.String() })'
const tsconfig = {
  compilerOptions: {
    target: 'es2022',
    module: 'nodenext',
    types: ['node'],
    strict: true,
    rootDir: '.',
    outDir: 'js',
  },
  include: ['server.ts', 'generated'],
}

type Ask = { safe(input: undefined): Promise<{ readonly output?: unknown }> }

test('[nexios 34] while a person writes, a change of a handler or of the schema is served at once', async () => {
  folder = await writeEmitted('reload', [
    ['schema.ts', schema(greet)],
    ['server.ts', server(`greet: () => 'one'`)],
    ['tsconfig.json', JSON.stringify(tsconfig)],
  ])
  const port = await findFreePort()
  await waitForOutput(run([join(root, 'generator/bin/wirepact.js'), 'generate', '--watch']).stdout, /written/)
  run([join(root, 'node_modules/typescript-7/bin/tsc'), '--watch', '--preserveWatchOutput'])
  await vi.waitFor(() => access(join(folder, 'js/server.js')), patience)
  const running = run(['--watch', 'js/server.js'], { PORT: String(port) })
  await waitForOutput(running.stdout, /ready on/)

  const client = noted(
    createApiClient('', `ws://127.0.0.1:${port}`, { reconnect: { minDelayMs: 20, maxDelayMs: 100 } }),
  )
  const calls = { greet: 'request', leave: 'request' } as const
  const desk = client.connect<Connection<object> & { greet: Ask; leave: Ask }>({
    path: '/desk',
    uses: [],
    calls,
    channels: {},
  })
  const answers = async (ask: Ask) => (await ask.safe(undefined)).output
  expect(await answers(desk.greet)).toBe('one')

  await writeFile(join(folder, 'server.ts'), server(`greet: () => 'two'`))
  await vi.waitFor(async () => expect(await answers(desk.greet)).toBe('two'), patience)

  await writeFile(join(folder, 'schema.ts'), schema(`${greet}, leave: request({ output: Type.String() })`))
  await writeFile(join(folder, 'server.ts'), server(`greet: () => 'three', leave: () => 'bye'`))
  await vi.waitFor(async () => expect(await answers(desk.leave)).toBe('bye'), patience)
}, 90_000)

function findFreePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

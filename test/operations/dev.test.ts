import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, expect, test, vi } from 'vitest'
import { createFolder } from '../generator/load-source.js'
import { RawClient } from '../support/raw-client.js'

const root = join(import.meta.dirname, '../..')
const bin = join(root, 'node_modules/.bin')
const env = { ...process.env, PORT: '0', PATH: `${bin}${delimiter}${process.env.PATH}` }
const started: ChildProcess[] = []

/** Several processes start, and a compiler among them. */
const patience = 120_000

afterEach(async () => {
  for (const child of started.splice(0)) {
    if (child.exitCode !== null) continue
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
})

const run = (cwd: string, file: string, ...args: string[]) =>
  promisify(execFile)(process.execPath, [file, ...args], { cwd, env })

/** Runs what `npm run dev` runs, and answers with the address of the newest server. */
async function develop(folder: string): Promise<() => string> {
  await run(folder, join(bin, 'wirepact'), 'generate')
  await run(folder, join(bin, 'tsc'))
  const child = spawn(process.execPath, ['dev.mjs'], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  started.push(child)
  let printed = ''
  child.stdout.on('data', (chunk) => {
    printed += String(chunk)
  })
  await vi.waitFor(() => expect(printed).toMatch(/ready on \d+/), { timeout: patience, interval: 50 })
  return () => `ws://127.0.0.1:${[...printed.matchAll(/ready on (\d+)/g)].at(-1)?.[1]}/echo`
}

/** Asks the newest server until it answers as is expected. */
function expectAnswer(address: () => string, name: string, answer: unknown): Promise<void> {
  const ask = async () => {
    const client = await RawClient.open(address())
    try {
      expect(await client.ask(1, name, { text: 'hey' })).toEqual(answer)
    } finally {
      client.terminate()
    }
  }
  return vi.waitFor(ask, { timeout: patience, interval: 200 })
}

async function change(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(file, 'utf8')
  expect(text).toContain(from)
  await writeFile(file, text.replace(from, to))
}

test(
  '[nexios 34] a new project starts anew when a handler or the schema changes',
  async () => {
    const folder = createFolder()
    await run(folder, join(bin, 'wirepact'), 'init', '--template', 'echo')
    const address = await develop(folder)
    await expectAnswer(address, 'echo', { text: 'hey', length: 3 })

    await change(
      join(folder, 'handlers/echo.ts'),
      'return { text, length',
      'return { text: `${text}!`, length',
    )
    await expectAnswer(address, 'echo', { text: 'hey!', length: 3 })

    const request =
      'reverse: request({ input: Type.Object({ text: Type.String() }), output: Type.String() }),'
    await change(join(folder, 'schema.ts'), 'clientToServer: {', `clientToServer: {\n${request}`)
    await expectAnswer(address, 'reverse', { code: 'INTERNAL', message: expect.any(String) })
    const handlers = await readFile(join(folder, 'handlers/echo.ts'), 'utf8')
    expect(handlers).toContain('reverse(')
    expect(handlers).toContain('${text}!')
  },
  patience,
)

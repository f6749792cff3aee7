import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, expect, test } from 'vitest'
import { run } from './cli-world.js'
import { createFolder, readText } from './load-source.js'

const root = join(import.meta.dirname, '../..')
const bin = join(root, 'generator/bin/wirepact.js')
const tsc = join(root, 'node_modules/typescript-7/bin/tsc')
const started: ChildProcess[] = []

/** Processes start slowly on a busy machine. */
const patience = 90_000

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
})

async function node(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  const options = { cwd, env: { ...process.env, ...env } }
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [...args], options)
  return stdout + stderr
}

/** Starts the server of a project, and answers with its address once it is ready. */
async function serve(cwd: string): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const child = spawn(process.execPath, ['dist/server.js'], { cwd, env: { ...process.env, PORT: '0' } })
  started.push(child)
  child.stderr.pipe(process.stderr)
  const [line] = await once(child.stdout, 'data')
  const port = /^ready on (\d+)\n/.exec(String(line))?.[1]
  return { child, url: `ws://127.0.0.1:${port}` }
}

const clients = [
  ['chat', ['ada', 'Good morning.'], /^ada: Good morning\.$/m],
  ['echo', ['Hey'], /^Hey \(3\)\nH\ne\ny\nHEY\n$/],
  ['dashboard', ['2'], /^[-\d:.TZ]+ {2}[\d.]+ MB {2}\d watching\n[-\d:.TZ]+ {2}[\d.]+ MB {2}\d watching\n/],
] as const

for (const [template, args, said] of clients) {
  test(
    `the template ${template} generates, compiles in strict mode, and runs`,
    async () => {
      const folder = join(createFolder(), `My ${template}!`)
      mkdirSync(folder)
      expect(await run(folder, ['init', '--template', template], { version: '0.1.0' })).toMatchObject({
        code: 0,
      })
      const handlers = readText(folder, `handlers/${template}.ts`)
      expect(await node(folder, [bin, 'generate'])).toMatch(/^generated: \d+ written/)
      expect(readText(folder, `handlers/${template}.ts`)).toBe(handlers)
      expect(await node(folder, [tsc])).toBe('')
      const { child, url } = await serve(folder)
      expect(await node(folder, ['dist/client.js', ...args], { URL: url })).toMatch(said)
      child.kill('SIGTERM')
      expect(await once(child, 'close')).toEqual([0, null])
    },
    patience,
  )
}

test('a new project has everything that it needs, under its own name', async () => {
  const folder = createFolder()
  const outcome = await run(folder, ['init', 'My Echo', '--template=echo'])
  expect(outcome).toMatchObject({ code: 0, err: '' })
  const files = ['.gitignore', 'README.md', 'client.ts', 'dev.mjs', 'handlers', 'package.json', 'schema.ts']
  expect(readdirSync(join(folder, 'My Echo')).sort()).toEqual(
    [...files, 'server.ts', 'tsconfig.json', 'wirepact.config.ts'].sort(),
  )
  const manifest = JSON.parse(readText(folder, 'My Echo/package.json'))
  expect(manifest).toMatchObject({ name: 'my-echo', devDependencies: { wirepact: '1.2.3' } })
  expect(outcome.out).toContain('Wrote My Echo/handlers/echo.ts\n')
  expect(outcome.out).toContain('  cd My Echo\n  npm install\n')
})

test('a folder with files in it gets a schema and a configuration, and is told the rest', async () => {
  const folder = createFolder({ 'package.json': '{}' })
  const outcome = await run(folder, ['init'])
  expect(outcome).toMatchObject({ code: 0 })
  expect(readdirSync(folder).sort()).toEqual(['package.json', 'schema.ts', 'wirepact.config.ts'])
  expect(outcome.out).toContain('npm install --save-dev wirepact@1.2.3 @wirepact/schema@1.2.3')
  expect(readText(folder, 'package.json')).toBe('{}')
  expect(await run(folder, ['generate'])).toMatchObject({ code: 0 })
  expect(existsSync(join(folder, 'handlers/chat.ts'))).toBe(true)
})

test('nothing is ever written over, and none of the files is written when one is there', async () => {
  const folder = createFolder({ 'schema.ts': 'mine' })
  expect(await run(folder, ['init'])).toEqual({
    code: 1,
    out: '',
    err: 'schema.ts is there already. Nothing was written.\n',
    emitted: 0,
  })
  expect(existsSync(join(folder, 'wirepact.config.ts'))).toBe(false)
  writeFileSync(join(folder, 'wirepact.config.ts'), 'mine, too')
  expect((await run(folder, ['init', '--template', 'echo'])).err).toBe(
    'schema.ts and wirepact.config.ts are there already. Nothing was written.\n',
  )
  expect(readText(folder, 'schema.ts')).toBe('mine')
})

test('a template that there is not is wrong use', async () => {
  expect(await run(createFolder(), ['init', '--template', 'dashbord'])).toMatchObject({
    code: 2,
    err: 'There is no template "dashbord". Did you mean dashboard?\nSee `wirepact init --help`.\n',
  })
})

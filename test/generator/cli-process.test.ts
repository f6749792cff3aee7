import { spawnSync } from 'node:child_process'
import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { emitApi } from 'wirepact/compiler'
import { createFolder, lowerSource, readText, routeSource } from './load-source.js'

const bin = join(import.meta.dirname, '../../generator/bin/wirepact.js')

/** Processes start slowly on a busy machine. */
const patience = 60_000

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

function spawn(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Ended {
  const { NO_COLOR: _none, FORCE_COLOR: _force, ...rest } = process.env
  const options = { cwd, encoding: 'utf8', env: { ...rest, ...env }, timeout: patience / 2 } as const
  const result = spawnSync(process.execPath, [bin, ...args], options)
  return { code: result.status, out: result.stdout, err: result.stderr }
}

const schema = routeSource(`path: '/', description: 'Ä ß İ', clientToServer: {
  say: event({ data: Type.Object({ zebra: Type.String(), ähre: Type.String(), İ: Type.Number() }) }),
  rename: request({ input: Type.String({ format: 'date-time' }), output: Type.Number() }),
}`)

/** Node's options that write the name of everything that is imported to the file in IMPORTS. */
const recorder = `import { appendFileSync } from 'node:fs'
export async function resolve(name, context, next) {
  const resolved = await next(name, context)
  appendFileSync(process.env.IMPORTS, resolved.url + '\\n')
  return resolved
}`
const recording = `--import=data:text/javascript,${encodeURIComponent(
  `import { register } from 'node:module'; register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(recorder)}))`,
)}`

test(
  'an unchanged run emits nothing, and loads neither ts-morph nor a compiler of types',
  () => {
    const folder = createFolder({
      'schema.ts': schema,
      'wirepact.config.ts': `export default { handlers: './h' }`,
    })
    const generate = (file: string) => {
      writeFileSync(join(folder, file), '')
      const outcome = spawn(folder, ['generate'], { NODE_OPTIONS: recording, IMPORTS: join(folder, file) })
      expect(outcome).toMatchObject({ code: 0, err: '' })
      return readText(folder, file)
    }
    const heavy =
      /node_modules\/(ts-morph|openapi-typescript|typescript)\/|generator\/dist\/(emit|stubs\/plan)/
    expect(generate('first.txt')).toMatch(heavy)
    generate('second.txt')
    const unchanged = generate('third.txt')
    expect(unchanged).toContain('generator/dist/cli/generate-round.js')
    expect(unchanged).not.toMatch(heavy)
  },
  patience,
)

test(
  'the bytes are the same under every locale and time zone, and unchanged files keep their times',
  () => {
    const worlds = [
      { LC_ALL: 'C', TZ: 'UTC' },
      { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', TZ: 'Asia/Kathmandu' },
      { LC_ALL: 'de_DE.UTF-8', TZ: 'America/St_Johns' },
    ]
    const outputs = worlds.map((env) => {
      const folder = createFolder({ 'schema.ts': schema })
      expect(spawn(folder, ['generate'], env)).toMatchObject({ code: 0 })
      return readOutput(join(folder, 'generated'))
    })
    expect(Object.keys(outputs[0] ?? {})).toContain('manifest.json')
    expect(outputs[1]).toEqual(outputs[0])
    expect(outputs[2]).toEqual(outputs[0])
  },
  patience,
)

function readOutput(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  const files = entries.filter((path) => statSync(join(folder, path)).isFile())
  return Object.fromEntries(files.map((path) => [path, readText(folder, path)]))
}

test(
  'the command, which writes types on a thread of its own, writes what a tool is given in one',
  async () => {
    const folder = createFolder({ 'schema.ts': schema })
    expect(spawn(folder, ['generate'])).toMatchObject({ code: 0, err: '' })
    const { 'manifest.json': _, ...written } = readOutput(join(folder, 'generated'))
    expect(written).toEqual(Object.fromEntries(await emitApi(await lowerSource(schema))))
  },
  patience,
)

test(
  'where the compiler of types cannot be loaded, the command says so and writes nothing',
  () => {
    const folder = createFolder({ 'schema.ts': schema })
    const broken = `export async function resolve(name, context, next) {
  if (name.endsWith('write-types.js')) throw new Error('the compiler is gone')
  return next(name, context)
}`
    const register = `import { register } from 'node:module'; register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(broken)}))`
    const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(register)}`
    const outcome = spawn(folder, ['generate'], { NODE_OPTIONS })
    expect(outcome).toMatchObject({ code: 1, err: expect.stringContaining('the compiler is gone') })
    expect(readdirSync(folder)).not.toContain('generated')
  },
  patience,
)

test(
  'a checkout that turned line ends around is up to date, and is not written to',
  () => {
    const folder = createFolder({ 'schema.ts': schema })
    spawn(folder, ['generate'])
    const files = Object.keys(readOutput(join(folder, 'generated'))).map((path) =>
      join(folder, 'generated', path),
    )
    for (const file of files) writeFileSync(file, readText('/', file).replaceAll('\n', '\r\n'))
    const before = files.map((file) => statSync(file).mtimeMs)
    expect(spawn(folder, ['generate', '--check'])).toMatchObject({ code: 0 })
    expect(spawn(folder, ['generate']).out).toContain(': 0 written, ')
    expect(files.map((file) => statSync(file).mtimeMs)).toEqual(before)
  },
  patience,
)

test(
  'what a schema leaves running does not keep the command from its end, and nothing of what it says is lost',
  () => {
    const folder = createFolder({
      'schema.ts': `setInterval(() => undefined, 1000)\n${routeSource(`path: 'chat'`, `${'\n'.repeat(1)}`)}`,
    })
    const outcome = spawn(folder, ['generate'])
    expect(outcome.code).toBe(1)
    expect(outcome.err).toMatch(/INVALID_PATH[\s\S]*Nothing was written\.\n$/)
    const routes = Array.from({ length: 3000 }, (_, index) => `r${index}: route({ path: 'x${index}' })`)
    const many = `import { defineApi, route } from '@wirepact/schema'
setInterval(() => undefined, 1000)
export default defineApi({ title: 'T', version: '1', routes: { ${routes.join(',\n')} } })`
    writeFileSync(join(folder, 'schema.ts'), many)
    expect(spawn(folder, ['generate']).err).toMatch(/3000 problems found\. Nothing was written\.\n$/)
  },
  patience,
)

test(
  'colours are for terminals, and NO_COLOR and FORCE_COLOR are heeded',
  () => {
    const folder = createFolder({ 'schema.ts': routeSource(`path: 'chat'`) })
    const isPainted = (env: Readonly<Record<string, string>>) =>
      spawn(folder, ['generate'], env).err.includes('\u001B[')
    expect(isPainted({})).toBe(false)
    expect(isPainted({ FORCE_COLOR: '1' })).toBe(true)
    expect(isPainted({ FORCE_COLOR: '0' })).toBe(false)
    expect(isPainted({ NO_COLOR: '1' })).toBe(false)
    expect(onTerminal(folder, {})).toContain('\u001B[31m')
    expect(onTerminal(folder, { NO_COLOR: '1' })).not.toContain('\u001B[31m')
  },
  patience,
)

/** What is said to a terminal. */
function onTerminal(cwd: string, env: Readonly<Record<string, string>>): string {
  const preload = 'process.stdout.isTTY=true;process.stderr.isTTY=true'
  return spawn(cwd, ['generate'], {
    NODE_OPTIONS: `--import=data:text/javascript,${preload}`,
    TERM: 'xterm',
    ...env,
  }).err
}

test(
  'what is being done right now is for terminals, and gives way to what stays',
  () => {
    const valid = () => createFolder({ 'schema.ts': schema })
    expect(onTerminal(valid(), {})).toBe('\r\u001B[2KEmitting…\r\u001B[2K')
    expect(spawn(valid(), ['generate']).err).toBe('')
  },
  patience,
)

test(
  '--timing shows the phases as a tree, and goes where problems go',
  () => {
    const folder = createFolder({ 'schema.ts': routeSource(`path: '/'`) })
    const { out, err } = spawn(folder, ['generate', '--timing'])
    expect(out).toMatch(/^generated: \d+ written/)
    const shape = err.replace(/ +[\d.]+ ms/g, '')
    expect(shape).toBe(`generate
  compare with the last run
  read the configuration
  load the schema
  compile the schema
  emit
    load the emitter
    write the modules as text
  compare the handlers
  write
`)
  },
  patience,
)

test('modes that exclude each other are wrong use', () => {
  const { code, err } = spawn(createFolder(), ['generate', '--check', '--watch'])
  expect({ code, err }).toEqual({
    code: 2,
    err: '--watch and --check do not go together.\nSee `wirepact generate --help`.\n',
  })
})

/** Runs when the file has been loaded, while the emitter is. */
function later(code: string): string {
  return `setImmediate(() => setImmediate(() => setImmediate(() => { ${code} })))`
}

/** Code that would end the process of the generator, or leave it waiting, and what is said about it. */
const endings: Readonly<Record<string, readonly [code: string, said: RegExp]>> = {
  'an exit': [
    'process.exit(0)',
    /^schema\.ts:2:9 LOAD_FAILED The file asked to end the process: process\.exit\(0\)/,
  ],
  'an exit that is caught': [
    'try { process.exit() } catch {}',
    /^schema\.ts:2:15 LOAD_FAILED The file asked to end the process/,
  ],
  'a wait for nothing': [
    'await new Promise(() => {})',
    /^schema\.ts:1:1 LOAD_FAILED The file awaits something that will never happen/,
  ],
  'a rejection that nobody handles': [
    `Promise.reject(new Error('later'))`,
    /^schema\.ts:2:16 LOAD_FAILED The file threw while it was loaded: Error: later/,
  ],
  'a rejection that more will follow': [
    `Promise.reject(new Error('first')); ${later(`throw new Error('second')`)}`,
    /^schema\.ts:2:16 LOAD_FAILED The file threw while it was loaded: Error: first/,
  ],
  'something thrown long after': [
    later(`throw new Error('timer')`),
    /^wirepact failed: what was loaded threw Error: timer before the work was done\.\n$/,
  ],
  'an exit long after': [
    later('process.exit(0)'),
    /^wirepact failed: what was loaded ended the process before the work was done\.\n$/,
  ],
}

test.each(Object.entries(endings))(
  '%s in a schema file is reported, and leaves nothing behind',
  (_, [code, said]) => {
    const source = routeSource(`path: '/'`)
    const [imports = '', ...rest] = source.split('\n')
    const folder = createFolder({
      'schema.ts': [imports, code, ...rest].join('\n'),
      'node_modules/.keep': '',
    })
    const outcome = spawn(folder, ['generate'])
    expect(outcome.err).toMatch(said)
    expect(outcome.code).toBe(1)
    expect(readdirSync(join(folder, 'node_modules/.cache/wirepact'))).toEqual([])
  },
  patience,
)

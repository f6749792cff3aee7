import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { run } from './cli-world.js'
import { createFolder, readText, routeSource } from './load-source.js'

const bin = join(import.meta.dirname, '../../generator/bin/wirepact.js')

function spawn(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const result = spawnSync(process.execPath, [bin, ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  })
  return { code: result.status, out: result.stdout, err: result.stderr }
}

test('the command answers with its version', async () => {
  const { version } = JSON.parse(readText(join(bin, '../..'), 'package.json'))
  expect(spawn(createFolder(), ['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' })
})

test('the command refuses a broken schema with exit code 1, without colours in a pipe, and writes nothing', () => {
  const folder = createFolder({ 'schema.ts': routeSource(`path: 'chat'`) })
  const outcome = spawn(folder, ['generate'])
  expect(outcome).toMatchObject({ code: 1, out: '' })
  expect(outcome.err).toBe(`schema.ts:5:11 INVALID_PATH The path "chat" does not start with a slash.
  4 |   chat: route({
> 5 |     path: 'chat'
    |           ^
  6 |   }),
  at routes.chat.path
  Did you mean /chat?

1 problem found. Nothing was written.
`)
  expect(readdirSync(folder)).toEqual(['schema.ts'])
})

test('the command ends with 2 when it is used wrongly', () => {
  expect(spawn(createFolder(), ['generate', '--chek'])).toEqual({
    code: 2,
    out: '',
    err: 'There is no option "--chek". Did you mean --check?\nSee `wirepact generate --help`.\n',
  })
})

test('what the system refuses is said in one line', () => {
  const folder = createFolder({ 'schema.ts': routeSource(`path: '/'`), generated: 'a file' })
  const outcome = spawn(folder, ['generate'])
  expect(outcome.code).toBe(1)
  expect(outcome.err).not.toContain('    at ')
})

const wrong: readonly (readonly [args: readonly string[], message: string])[] = [
  [['genrate'], 'There is no command "genrate". Did you mean generate?'],
  [['--hlep'], 'There is no option "--hlep". Did you mean --help?'],
  [['generate', '--schema'], '--schema needs a value: --schema FILE.'],
  [['generate', '--schema', '--check'], '--schema needs a value: --schema FILE.'],
  [['generate', '--check=yes'], '--check takes no value.'],
  [['generate', 'schema.ts'], '`wirepact generate` does not know what to do with "schema.ts".'],
  [['init', 'a', 'b'], '`wirepact init` does not know what to do with "b".'],
]

for (const [args, message] of wrong) {
  test(`"wirepact ${args.join(' ')}" is wrong use`, async () => {
    const outcome = await run(createFolder(), args)
    expect(outcome).toMatchObject({ code: 2, out: '' })
    expect(outcome.err.split('\n')[0]).toBe(message)
  })
}

test('help goes where it was asked for, and is an answer to no command at all', async () => {
  const folder = createFolder()
  const asked = await run(folder, ['--help'])
  expect(asked).toMatchObject({ code: 0, err: '', out: expect.stringContaining('wirepact COMMAND --help') })
  expect(await run(folder, [])).toMatchObject({ code: 2, out: '', err: asked.out })
})

test('the help of each command has its options, examples and exit codes', async () => {
  const help = await run(createFolder(), ['generate', '--help'])
  expect(help.code).toBe(0)
  for (const part of [
    '--config FILE',
    '--check',
    'Examples:',
    'wirepact generate --check',
    'Exit codes:',
    '  2  wrong use',
  ]) {
    expect(help.out).toContain(part)
  }
  expect((await run(createFolder(), ['init', '--help'])).out).toContain('wirepact init my-chat')
})

test('problems are painted only where that was asked for', async () => {
  const folder = createFolder({ 'schema.ts': routeSource(`path: 'chat'`) })
  expect((await run(folder, ['generate'], { colour: true })).err).toContain('\u001B[31mINVALID_PATH')
  expect((await run(folder, ['generate'])).err).not.toContain('\u001B')
})

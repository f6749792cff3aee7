import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { emitChanged } from 'wirepact/compiler'
import { run } from './cli-world.js'
import { createFolder, routeSource } from './load-source.js'

const schema = routeSource(`path: '/'`)
const config = (options: string) =>
  `import { defineConfig } from 'wirepact'\nexport default defineConfig(${options})\n`

test('paths in the configuration are relative to it, and those on the command line to the current folder', async () => {
  const folder = createFolder({
    'api/wirepact.config.ts': config(`{ schema: './src/schema.ts', output: './out' }`),
    'api/src/schema.ts': schema,
  })
  expect(await run(folder, ['generate', '--config', 'api/wirepact.config.ts'])).toMatchObject({ code: 0 })
  expect(existsSync(join(folder, 'api/out/manifest.json'))).toBe(true)
  const args = ['generate', '--config=api/wirepact.config.ts', '--output', 'here']
  expect(await run(folder, args)).toMatchObject({ code: 0 })
  expect(existsSync(join(folder, 'here/manifest.json'))).toBe(true)
})

test('without a configuration it is schema.ts and generated', async () => {
  const folder = createFolder({ 'schema.ts': schema, 'other.ts': schema })
  expect(await run(folder, ['generate'])).toMatchObject({ code: 0 })
  expect(existsSync(join(folder, 'generated/manifest.json'))).toBe(true)
  expect(existsSync(join(folder, 'handlers'))).toBe(false)
  expect(await run(folder, ['generate', '--schema', 'other.ts'])).toMatchObject({ code: 0 })
})

test('every mistake in the configuration is reported at its place', async () => {
  const folder = createFolder({
    'wirepact.config.ts': config(`{\n  shcema: './a.ts',\n  output: 5,\n} as never`),
  })
  const outcome = await run(folder, ['generate'])
  expect(outcome.code).toBe(1)
  expect(outcome.err).toContain(
    'wirepact.config.ts:3:3 UNKNOWN_OPTION The configuration has no option "shcema".',
  )
  expect(outcome.err).toContain('Did you mean schema?')
  expect(outcome.err).toContain('wirepact.config.ts:4:11 WRONG_VALUE output is a path.')
})

test('what a person writes cannot be in the folder that belongs to the generator', async () => {
  for (const [options, inside] of [
    [`{ output: '.' }`, 'schema'],
    [`{ output: './out', handlers: './out/handlers' }`, 'handlers'],
  ] as const) {
    const folder = createFolder({ 'schema.ts': schema, 'wirepact.config.ts': config(options) })
    expect(await run(folder, ['generate'])).toMatchObject({
      code: 1,
      err: expect.stringContaining(`OVERLAPPING_FOLDERS ${inside} is inside of output`),
    })
  }
})

test('hooks for React are written where they are asked for, are checked as other files are, and go when they are not', async () => {
  const folder = createFolder({ 'schema.ts': schema, 'wirepact.config.ts': config(`{ react: true }`) })
  const real = { loadEmitter: () => Promise.resolve(emitChanged) }
  const hooks = join(folder, 'generated/react.ts')
  expect(await run(folder, ['generate'], real)).toMatchObject({ code: 0 })
  expect(readFileSync(hooks, 'utf8')).toContain("'use client'")
  expect(await run(folder, ['generate', '--check'], real)).toMatchObject({ code: 0 })
  writeFileSync(hooks, '// changed\n')
  const checked = await run(folder, ['generate', '--check'], real)
  expect(checked).toMatchObject({ code: 1, err: expect.stringContaining('react.ts') })
  expect(await run(folder, ['generate'], real)).toMatchObject({ code: 0 })
  writeFileSync(join(folder, 'wirepact.config.ts'), config('{}'))
  expect(await run(folder, ['generate', '--check'], real)).toMatchObject({ code: 1 })
  expect(await run(folder, ['generate'], real)).toMatchObject({ code: 0 })
  expect(existsSync(hooks)).toBe(false)
})

test('whether there are hooks is true or false', async () => {
  const folder = createFolder({ 'wirepact.config.ts': config(`{ react: 'yes' } as never`) })
  const { err } = await run(folder, ['generate'])
  expect(err).toContain('WRONG_VALUE react is true or false.')
})

test('a configuration that exports something else, and one that is not there, are problems', async () => {
  const folder = createFolder({ 'wirepact.config.ts': 'export const a = 1\n' })
  expect((await run(folder, ['generate'])).err).toContain('NOT_A_CONFIG')
  const missing = await run(folder, ['generate', '--config', 'nowhere.ts'])
  expect(missing).toMatchObject({ code: 1, err: expect.stringContaining('FILE_NOT_FOUND') })
})

test('importing defineConfig loads nothing of what the generator works with', () => {
  const hook = `import { writeSync } from 'node:fs'
export function resolve(name, context, next) { writeSync(1, name + ' '); return next(name, context) }`
  const script = `import { register } from 'node:module'
register('data:text/javascript,' + encodeURIComponent(\`${hook}\`))
await import('wirepact')`
  const options = { cwd: createFolder(), encoding: 'utf8' } as const
  const loaded = execFileSync(process.execPath, ['--input-type=module', '-e', script], options)
  expect(loaded.trim().split(' ')).toEqual(['wirepact', './config/define-config.js'])
})

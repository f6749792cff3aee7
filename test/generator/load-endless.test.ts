import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createFolder, routeSource } from './load-source.js'

/** Loads `schema.ts` twice, the second time in peace, and prints what came of it. */
const load = `
import { renameSync } from 'node:fs'
import { loadApi } from 'wirepact/compiler'
const first = await loadApi('schema.ts', { maxRunMs: 1_000 })
renameSync('peace.ts', 'schema.ts')
const second = await loadApi('schema.ts')
console.log(JSON.stringify({ first: first.diagnostics, second: second.ok }))
process.exit()
`

function loadEndless(code: string, more: Readonly<Record<string, string>> = {}) {
  const source = routeSource(`path: '/'`)
  const folder = createFolder({ 'schema.ts': `${code}\n${source}`, 'peace.ts': source, ...more })
  const options = { cwd: folder, encoding: 'utf8', timeout: 30_000 } as const
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', load], options)
  expect(readdirSync(folder)).toEqual(['schema.ts', ...Object.keys(more)].sort())
  return { folder, ...JSON.parse(stdout) }
}

const running = 'The file was not loaded within 1000 ms: it still ran here, as a loop without an end does.'
const waiting = 'The file was not loaded within 1000 ms: it awaits something that does not happen.'

const patience = 60_000

test.each([
  ['a loop that swallows what is thrown', '\nfor (;;) try { throw 1 } catch {}', 2],
  ['a loop after a wait', 'await null\nconst spin = () => { do {} while (true) }\nspin()', 2],
])(
  '%s without an end is interrupted and shown, and the process goes on',
  (_, code, line) => {
    const { folder, first, second } = loadEndless(code)
    const site = { file: join(folder, 'schema.ts'), line, column: expect.any(Number) }
    expect(first).toEqual([{ code: 'LOAD_TIMEOUT', message: running, path: '', site }])
    expect(second).toBe(true)
  },
  patience,
)

test(
  'a loop in a file of another language is shown there',
  () => {
    const { folder, first } = loadEndless(`import { spin } from './spin.mjs'\nspin()`, {
      'spin.mjs': 'export const spin = () => { for (;;); }',
    })
    const site = { file: join(folder, 'spin.mjs'), line: 1 }
    expect(first).toMatchObject([{ code: 'LOAD_TIMEOUT', message: running, site }])
  },
  patience,
)

test(
  'a wait without an end is given up, whatever keeps the process alive',
  () => {
    const { folder, first, second } = loadEndless('setInterval(() => {}, 1_000); await new Promise(() => {})')
    const site = { file: join(folder, 'schema.ts'), line: 1, column: 1 }
    expect(first).toEqual([{ code: 'LOAD_TIMEOUT', message: waiting, path: '', site }])
    expect(second).toBe(true)
  },
  patience,
)

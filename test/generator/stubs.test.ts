import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { run } from './cli-world.js'
import { createFolder, readText, routeSource } from './load-source.js'

const tsc = join(import.meta.dirname, '../../node_modules/typescript-7/bin/tsc')
const config = `export default { handlers: './src/handlers' }`
const schema = routeSource(`path: '/', clientToServer: {
  say: event({ data: Type.String(), description: 'Says it.' }),
  typing: event(),
  rename: request({ input: Type.String(), output: Type.String(), description: 'Two\\nlines, and */ the end.' }),
  count: request({ output: Type.Integer() }),
}, channels: { vip: channel({ name: 'vip', messages: {}, join: 'guarded' }), all: channel({ name: 'all', messages: {} }) }`)

/** What the generated server module says about the same route. */
const server = `export interface ChatHandlers {
  authorize: { vip(ctx: object, request: object): boolean | Promise<boolean> }
  say(ctx: object, data: string): void | Promise<void>
  typing(ctx: object): void | Promise<void>
  rename(ctx: object, input: string): string | Promise<string>
  count(ctx: object): number | Promise<number>
}
`

test('the handlers of a route are written once', async () => {
  const folder = createFolder({ 'schema.ts': schema, 'wirepact.config.ts': config })
  const first = await run(folder, ['generate'])
  expect(first).toMatchObject({
    code: 0,
    out: expect.stringContaining('New handlers in src/handlers/chat.ts'),
  })
  expect(readText(folder, 'src/handlers/chat.ts')).toMatchSnapshot()
  writeFileSync(join(folder, 'src/handlers/chat.ts'), 'mine')
  expect((await run(folder, ['generate'])).out).not.toContain('New handlers')
  expect(readText(folder, 'src/handlers/chat.ts')).toBe('mine')
})

test('the handlers compile in strict mode against the generated interface', async () => {
  const folder = createFolder({ 'schema.ts': schema, 'wirepact.config.ts': config })
  await run(folder, ['generate'])
  writeFileSync(join(folder, 'generated/chat/server.ts'), server)
  const options = [
    '--ignoreConfig',
    '--noEmit',
    '--strict',
    '--noUnusedParameters',
    '--noUnusedLocals',
    '--noImplicitReturns',
  ]
  const modules = ['--module', 'nodenext', '--target', 'es2023', '--verbatimModuleSyntax', '--types', '']
  const args = [tsc, ...options, ...modules, join(folder, 'src/handlers/chat.ts')]
  const result = spawnSync(process.execPath, args, { encoding: 'utf8', cwd: folder })
  expect(result.stdout).toBe('')
  expect(result.status).toBe(0)
})

test('no path ends the comment above its handlers', async () => {
  const folder = createFolder({
    'schema.ts': routeSource(`path: '/a*/b', clientToServer: { typing: event() }`),
    'wirepact.config.ts': config,
  })
  await run(folder, ['generate'])
  const [comment] = /\/\*\*.*?\*\//s.exec(readText(folder, 'src/handlers/chat.ts')) ?? []
  expect(comment).toMatch(/and nothing else\. \*\/$/)
})

test('a route that is called like a word of the language still has handlers', async () => {
  const folder = createFolder({
    'schema.ts': schema.replace('chat: route', 'delete: route'),
    'wirepact.config.ts': config,
  })
  await run(folder, ['generate'])
  expect(readText(folder, 'src/handlers/delete.ts')).toContain(
    'export const deleteHandlers: DeleteHandlers = {',
  )
})

test('--check writes no handlers', async () => {
  const folder = createFolder({ 'schema.ts': schema, 'wirepact.config.ts': config })
  expect(await run(folder, ['generate', '--check'])).toMatchObject({ code: 1 })
  expect(() => readText(folder, 'src/handlers/chat.ts')).toThrow()
})

import { chmodSync, existsSync, lstatSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readText } from './load-source.js'
import { generate, prepare, schemaOf } from './stubs-world.js'

const members = 'say() {}, typing() {}, rename: () => ({ name: "" }), count: () => 1'
const type = `import type { ChatHandlers } from '../generated/chat/server.js'\n`

test('handlers are found through what the expected file exports from elsewhere', async () => {
  const folder = prepare({
    'handlers/chat.ts': `export { room as chat } from '../rooms/index.js'\n`,
    'rooms/index.ts': `export * from './room.js'\n`,
    'rooms/room.ts': `const room = {\n  ${members},\n}\nexport { room }\n`,
  })
  expect((await generate(folder)).out).toContain('Added to rooms/room.ts: transcript.\n')
  expect(readText(folder, 'rooms/room.ts')).toContain('  async *transcript() {\n')
  expect(readText(folder, 'handlers/chat.ts')).toBe(`export { room as chat } from '../rooms/index.js'\n`)
})

test('handlers are found by their type in any file of the folder, and no second ones are written', async () => {
  const folder = prepare({
    'handlers/people/talk.ts': `${type.replace('../', '../../')}export const talk: ChatHandlers = { ${members} }\n`,
  })
  expect((await generate(folder)).out).toContain('Added to handlers/people/talk.ts: transcript.\n')
  expect(existsSync(join(folder, 'handlers/chat.ts'))).toBe(false)
})

test('handlers are found where they are given to createServer, in the one file that is configured', async () => {
  const server = `import { createServer } from './generated/server.js'
export const server = createServer({
  chat: {
    ${members},
  },
})
`
  const folder = prepare({
    'server.ts': server,
    'wirepact.config.ts': `export default { handlers: './server.ts' }`,
  })
  expect((await generate(folder)).out).toContain('Added to server.ts: transcript.\n')
  expect(readText(folder, 'server.ts')).toContain('    async *transcript(_ctx, _input) {\n')
})

test('handlers that are given to createServer by a name are followed to where they are', async () => {
  const folder = prepare({
    'server.ts': `import { createServer } from './generated/server.js'
import { Chat } from './chat.js'
export const server = createServer({ chat: Chat })
`,
    'chat.ts': `export class Chat {\n  say() {}\n  typing() {}\n  rename() {}\n  count() {}\n}\n`,
    'wirepact.config.ts': `export default { handlers: './server.ts' }`,
  })
  expect((await generate(folder)).out).toContain('Added to chat.ts: transcript.\n')
  expect(readText(folder, 'chat.ts')).toContain('  async *transcript() {\n')
})

test('a file of handlers that is not there yet is written with those of all routes', async () => {
  const two = schemaOf().replace(
    'routes: {',
    `routes: { other: route({ path: '/other', clientToServer: { ping: event() } }),`,
  )
  const folder = prepare({
    'schema.ts': two,
    'wirepact.config.ts': `export default { handlers: './all.ts' }`,
  })
  expect((await generate(folder)).out).toContain('New handlers in all.ts: they are yours.\n')
  const text = readText(folder, 'all.ts')
  expect(text).toContain('export const chat: ChatHandlers = {')
  expect(text).toContain('export const other: OtherHandlers = {')
  expect(
    text.split('\n').slice(0, 3).join('\n'),
  ).toBe(`import type { OtherHandlers } from './generated/other/server.js'
import type { ChatHandlers } from './generated/chat/server.js'
`)
})

test('--dry-run shows the change as a unified diff, and writes nothing', async () => {
  const handlers = `${type}export const chat: ChatHandlers = {\n  say() {},\n  typing() {},\n  rename: () => ({ name: '' }),\n  count: () => 1,\n}\n`
  const folder = prepare({ 'handlers/chat.ts': handlers })
  const outcome = await generate(folder, '--dry-run')
  expect(outcome.code).toBe(0)
  expect(outcome.out).toContain('missing  generated/chat/server.ts\n')
  expect(outcome.out).toContain(`--- handlers/chat.ts
+++ handlers/chat.ts
@@ -4,4 +4,13 @@
   typing() {},
   rename: () => ({ name: '' }),
   count: () => 1,
+  /**
+   * All of it:
+   *
+   * - from the start *\\/
+   * - to the end
+   */
+  async *transcript(_ctx, _input) {
+    throw new Error('chat.transcript has no handler yet')
+  },
 }
`)
  expect(outcome.out).toContain('Nothing was written.\n')
  expect(readText(folder, 'handlers/chat.ts')).toBe(handlers)
  expect(existsSync(join(folder, 'generated'))).toBe(false)
})

test('--dry-run shows new files as a diff from nothing, and says when nothing would change', async () => {
  const folder = prepare({})
  expect((await generate(folder, '--dry-run')).out).toContain(
    '--- /dev/null\n+++ handlers/chat.ts\n@@ -0,0 +1,',
  )
  expect(existsSync(join(folder, 'handlers'))).toBe(false)
  await generate(folder)
  expect((await generate(folder, '--dry-run')).out).toBe('Nothing would change. Nothing was written.\n')
})

test('--check fails for handlers that are missing or lacking, and names them', async () => {
  const folder = prepare({})
  await generate(folder)
  expect(await generate(folder, '--check')).toMatchObject({ code: 0 })
  writeFileSync(
    join(folder, 'schema.ts'),
    schemaOf().replace('typing: event()', 'typing: event(), leave: event()'),
  )
  await generate(folder, '--config', 'wirepact.config.ts')
  writeFileSync(
    join(folder, 'handlers/chat.ts'),
    `${type}export const chat: ChatHandlers = { ${members}, leave() {} }\n`,
  )
  const outcome = await generate(folder, '--check')
  expect(outcome.code).toBe(1)
  expect(outcome.err).toBe(`lacking  handlers/chat.ts: transcript
1 file out of date. Run \`wirepact generate\`.
`)
})

test('what a person has to look at is said again by every run, until it is done', async () => {
  const folder = prepare({
    'handlers/chat.ts': `${type}export const chat: ChatHandlers = { ${members}, shout() {}, async *transcript() {} }\n`,
  })
  const first = await generate(folder)
  expect(first.err).toContain('OBSOLETE_HANDLER The route `chat` has no message `shout` any more')
  expect((await generate(folder)).err).toBe(first.err)
  expect((await generate(folder, '--check')).err).toBe(first.err)
})

test('a file that is added to keeps its mode, and a link stays a link', async () => {
  const folder = prepare({
    'elsewhere/chat.ts': `${type}export const chat: ChatHandlers = { ${members} }\n`,
    'handlers/.keep': '',
  })
  const target = join(folder, 'elsewhere/chat.ts')
  chmodSync(target, 0o640)
  symlinkSync(target, join(folder, 'handlers/chat.ts'))
  expect((await generate(folder)).out).toContain('Added to handlers/chat.ts')
  expect(lstatSync(join(folder, 'handlers/chat.ts')).isSymbolicLink()).toBe(true)
  expect(statSync(target).mode & 0o777).toBe(0o640)
  expect(readText(folder, 'elsewhere/chat.ts')).toContain('transcript')
})

test('a file that is no text is named, and left alone', async () => {
  const folder = prepare({ 'handlers/.keep': '' })
  const bytes = Buffer.from([0x2f, 0x2f, 0xff, 0xfe, 0x0a])
  writeFileSync(join(folder, 'handlers/chat.ts'), bytes)
  expect((await generate(folder)).err).toContain('UNREADABLE_HANDLERS The file is not UTF-8 text')
})

test('handlers of a route that is gone are named, and stay', async () => {
  const text = `import type { OldHandlers } from '../generated/old/server.js'\nexport const old: OldHandlers = {}\n`
  const folder = prepare({ 'handlers/old.ts': text })
  const { code, err } = await generate(folder)
  expect({ code, err }).toEqual({
    code: 0,
    err: 'handlers/old.ts:1:1 OBSOLETE_HANDLERS There is no route `old` any more: nothing calls the handlers in this file.\n',
  })
  expect(readText(folder, 'handlers/old.ts')).toBe(text)
})

test('a handler that is taken out again is added again, although the schema is the same', async () => {
  const folder = prepare({})
  await generate(folder)
  await generate(folder)
  const file = join(folder, 'handlers/chat.ts')
  const text = readText(folder, 'handlers/chat.ts')
  writeFileSync(file, text.replace('  typing(_ctx) {},\n\n', ''))
  expect((await generate(folder)).out).toContain('Added to handlers/chat.ts: typing.\n')
})

test('handlers that serve two routes get what any of them needs, once', async () => {
  const server = `import { createServer } from './generated/server.js'
const both = {
  ${members},
}
export const server = createServer({ chat: both, other: both })
`
  const two = schemaOf().replace(
    'routes: {',
    `routes: { other: route({ path: '/other', clientToServer: { say: event({ data: Type.Object({}) }), ping: event(), transcript: event() } }),`,
  )
  const config = `export default { handlers: './server.ts' }`
  const folder = prepare({ 'schema.ts': two, 'server.ts': server, 'wirepact.config.ts': config })
  const outcome = await generate(folder)
  expect(outcome).toMatchObject({ code: 0, err: '' })
  expect(outcome.out).toMatch(/Added to server\.ts: (ping, transcript|transcript, ping)\.\n/)
  expect(readText(folder, 'server.ts').match(/transcript\(/g)).toHaveLength(1)
  expect(await generate(folder, '--check')).toMatchObject({ code: 0, err: '' })
})

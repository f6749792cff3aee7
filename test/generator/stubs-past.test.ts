import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readText } from './load-source.js'
import { compile, generate, prepare, schemaOf } from './stubs-world.js'

const type = `import type { ChatHandlers } from '../generated/chat/server.js'\n`
const members = `  say() {}
  typing() {}
  rename() {
    return { name: '' }
  }
  count() {
    return 1
  }
  async *transcript() {}
`

/** A folder that was generated when the schema had the message `shout`, whose handler is `code`. */
async function withPast(code: string): Promise<string> {
  const folder = prepare({
    'schema.ts': schemaOf().replace('typing: event(),', 'typing: event(), shout: event(),'),
    'handlers/chat.ts': `${type}\nexport class Chat implements ChatHandlers {\n${members}${code}}\n`,
  })
  await generate(folder)
  writeFileSync(join(folder, 'schema.ts'), schemaOf())
  return folder
}

const gone =
  'OBSOLETE_HANDLER The route `chat` has no message `shout` any more: nothing calls this handler.\n'

test.each([
  ['without parameters', '  shout() {}\n'],
  [
    'with parameters of other names',
    '  shout(connection: unknown, words: unknown) {\n    void [connection, words]\n  }\n',
  ],
  ['as a property that something made', '  shout = once(() => {})\n'],
])(
  'the method of a message that was removed is named %s, by every run until it is gone',
  async (_name, code) => {
    const folder = await withPast(code)
    const first = await generate(folder)
    expect(first.err).toBe(`handlers/chat.ts:13:3 ${gone}`)
    expect((await generate(folder)).err).toBe(first.err)
    expect((await generate(folder, '--check')).err).toBe(first.err)
    writeFileSync(join(folder, 'handlers/chat.ts'), readText(folder, 'handlers/chat.ts').replace(code, ''))
    expect((await generate(folder)).err).toBe('')
  },
)

test('a method of a class that never was a handler is not taken for one, although it takes a context', async () => {
  const folder = await withPast('  shout() {}\n  whisper(ctx: unknown) {\n    return ctx\n  }\n')
  expect((await generate(folder)).err).toBe(`handlers/chat.ts:13:3 ${gone}`)
})

test('a method of a removed message that the class itself calls is in use', async () => {
  const folder = await withPast('  shout() {}\n  whisper() {\n    this.shout()\n  }\n')
  expect((await generate(folder)).err).toBe('')
})

test('a property that is typed as the handler of a message is one, whatever is known of the past', async () => {
  const code = `  one: ChatHandlers['one'] = (a) => void a\n  other: (ctx: unknown) => void = () => {}\n`
  const folder = prepare({
    'handlers/chat.ts': `${type}\nexport class Chat implements ChatHandlers {\n${members}${code}}\n`,
  })
  expect((await generate(folder)).err).toContain(
    '13:3 OBSOLETE_HANDLER The route `chat` has no message `one`',
  )
})

test('every object that a function may return gets what is missing', async () => {
  const text = `${type}
export function handlers(isQuiet: boolean): ChatHandlers {
  if (isQuiet) {
    return {
      say() {},
      rename: () => ({ name: '' }),
      count: () => 0,
      async *transcript() {},
    }
  }
  const log = () => {
    return { level: 1 }
  }
  return {
    say: () => void log(),
    typing() {},
    count: () => 1,
    async *transcript() {},
  }
}
`
  const folder = prepare({ 'handlers/chat.ts': text })
  const outcome = await generate(folder)
  expect(outcome.out).toContain('Added to handlers/chat.ts: typing, rename.\n')
  expect(outcome.err).toBe('')
  const after = readText(folder, 'handlers/chat.ts')
  expect(after.match(/^ +typing\(/gm)).toHaveLength(2)
  expect(after.match(/^ +rename\b/gm)).toHaveLength(2)
  expect(after).toContain('    return { level: 1 }\n')
  expect(compile(folder, ['handlers/chat.ts'])).toBe('')
})

test('both objects of a condition get what is missing', async () => {
  const one = (name: string) => `const ${name} = { say() {}, rename: () => ({ name: '' }), count: () => 1 }\n`
  const text = `${type}${one('loud')}${one('quiet')}export const chat = (process.env.QUIET ? quiet : loud) as ChatHandlers\n`
  const folder = prepare({ 'handlers/chat.ts': text })
  expect((await generate(folder)).out).toContain(
    'Added to handlers/chat.ts: typing, transcript, typing, transcript.\n',
  )
})

test('guards in an object of another file: those that are missing are named, and no others', async () => {
  const folder = prepare(
    {
      'handlers/chat.ts': `${type}import { guards } from '../guards.js'\nexport class Chat implements ChatHandlers {\n  authorize = guards\n${members}}\n`,
      'guards.ts': 'export const guards = { vip: () => true }\n',
    },
    'guards',
  )
  const { err } = await generate(folder)
  expect(err).toContain('UNCLEAR_HANDLERS')
  expect(err).toContain('see that `staff` has a handler.')
})

import { writeFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { readText } from './load-source.js'
import { caseFile, cases, compile, generate, prepare, readCase } from './stubs-world.js'

describe.each(cases)('handlers that a person has edited: %s', (name) => {
  it('get what is missing, and nothing else of them changes (UPDATE_GOLDEN=1 writes the cases anew)', async () => {
    const before = readCase(name, 'before.ts')
    const folder = prepare({ 'handlers/chat.ts': before }, name)
    const outcome = await generate(folder)
    const after = readText(folder, 'handlers/chat.ts')
    if (process.env.UPDATE_GOLDEN === '1') {
      writeFileSync(caseFile(name, 'after.ts'), after)
      writeFileSync(caseFile(name, 'said.txt'), outcome.err)
    }
    expect(outcome.code).toBe(0)
    expect(after).toBe(readCase(name, 'after.ts'))
    expect(outcome.err).toBe(readCase(name, 'said.txt'))
    expect(isKept(before, after)).toBe(true)
  })

  it('are left alone by the next run', async () => {
    const after = readCase(name, 'after.ts')
    const folder = prepare({ 'handlers/chat.ts': after }, name)
    expect((await generate(folder)).out).not.toContain('Added to')
    expect(readText(folder, 'handlers/chat.ts')).toBe(after)
  })
})

/** Whether every character that was there is there still, in the same order; a space before a brace may go. */
function isKept(before: string, after: string): boolean {
  const wanted = before.replace(/ (?=\}\r?\n)/g, '')
  let position = 0
  for (const character of wanted) {
    position = after.indexOf(character, position) + 1
    if (position === 0) return false
  }
  return true
}

/** Cases in which a person has to do something before the compiler is content. */
const open = [
  'guards-added',
  'mistake-in-syntax',
  'removed-from-object',
  'renamed-in-object',
  'unclear-spread',
]

for (const kind of ['with', 'without'] as const) {
  test(`what is added compiles in strict mode, ${kind} guards`, async () => {
    const names = cases.filter(
      (name) => !open.includes(name) && name.startsWith('guards') === (kind === 'with'),
    )
    expect(names.length).toBeGreaterThan(1)
    const folder = prepare({}, kind === 'with' ? 'guards' : '')
    await generate(folder)
    for (const name of names) writeFileSync(`${folder}/handlers/${name}.ts`, readCase(name, 'after.ts'))
    expect(compile(folder, ['handlers/chat.ts', ...names.map((name) => `handlers/${name}.ts`)])).toBe('')
  })
}

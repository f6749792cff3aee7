import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { run } from './cli-world.js'

const file = join(import.meta.dirname, '../../docs/cli.md')

/** The block of text that stands under a heading, with its place in the document. */
function blockUnder(document: string, heading: string): readonly [text: string, start: number] {
  const at = document.indexOf(`\n## \`${heading}\`\n`)
  const start = document.indexOf('```text\n', at) + '```text\n'.length
  return at < 0 ? ['', -1] : [document.slice(start, document.indexOf('```', start)), start]
}

async function helpOf(heading: string): Promise<string> {
  const { code, out, err } = await run('/', [...heading.split(' ').slice(1), '--help'])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return out
}

/** The commands that the help lists. */
async function listCommands(): Promise<readonly string[]> {
  const [, list = ''] = (await helpOf('wirepact')).split('Commands:\n')
  return (list.split('\n\n')[0] ?? '').split('\n').map((line) => `wirepact ${line.trim().split(' ')[0]}`)
}

test('docs/cli.md has the help of every command, word for word (UPDATE_GOLDEN=1 writes it anew)', async () => {
  const headings = ['wirepact', ...(await listCommands())]
  expect(headings).toContain('wirepact generate')
  for (const heading of headings) {
    const help = await helpOf(heading)
    const document = readFileSync(file, 'utf8')
    const [text, start] = blockUnder(document, heading)
    if (process.env.UPDATE_GOLDEN === '1' && start < 0) {
      writeFileSync(file, `${document.trimEnd()}\n\n## \`${heading}\`\n\n\`\`\`text\n${help}\`\`\`\n`)
    } else if (process.env.UPDATE_GOLDEN === '1') {
      writeFileSync(file, document.slice(0, start) + help + document.slice(start + text.length))
    } else expect(text, heading).toBe(help)
  }
})

test('docs/cli.md describes no command that there is not', async () => {
  const headings = [...readFileSync(file, 'utf8').matchAll(/^## `(wirepact .*)`$/gm)].map(([, name]) => name)
  expect(headings).toEqual(expect.arrayContaining((await listCommands()) as string[]))
  expect(headings).toHaveLength((await listCommands()).length)
})

test('every command has examples, the meaning of each exit code, and a line for every option', async () => {
  for (const command of await listCommands()) {
    const help = await helpOf(command)
    expect(help, command).toMatch(new RegExp(`\nExamples:\n {2}${command}\\b.* # `))
    expect(help, command).toMatch(/\nExit codes:\n {2}0 {2}.+\n {2}1 {2}.+\n {2}2 {2}.+\n$/)
    const usage = /\nUsage:\n(.*)\n/.exec(help)?.[1] ?? ''
    const options = (/\nOptions:\n([\s\S]*?)\n\n/.exec(help)?.[1] ?? '').split('\n')
    for (const [option] of usage.matchAll(/--[a-z-]+/g)) {
      expect(
        options.some((line) => line.startsWith(`  ${option}`)),
        `${command} ${option}`,
      ).toBe(true)
    }
  }
})

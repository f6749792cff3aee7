import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'

const page = await readFile(new URL('../../docs/lifecycle.md', import.meta.url), 'utf8')
const rows = page.split('\n').filter((line) => /^\| (?!---|what |state |event )/.test(line))

/** The tests that the page names: in which file, and what they are called. */
const named = [...page.matchAll(/`([\w/-]+)` “([^”]+)”/g)].map(([, file, name]) => [file, name] as const)

describe('the page about the life of a connection', () => {
  it('has a test in every row of its tables', () => {
    const without = rows.filter((row) => !/`[\w/-]+` “[^”]+” \|$/.test(row))
    expect(without.filter((row) => !row.startsWith('|---'))).toEqual([])
    expect(rows.length).toBeGreaterThan(50)
  })

  it.each(named)('names a test of %s that exists: %s', async (file, name) => {
    const text = await readFile(new URL(`../${file}.test.ts`, import.meta.url), 'utf8')
    expect(text).toContain(`it('${name}'`)
  })

  it('names every state and every reason of a gap that there is', async () => {
    for (const state of ['idle', 'connecting', 'open', 'waiting', 'closed', 'joining', 'joined', 'refused']) {
      expect(page).toContain(`\`${state}\``)
    }
  })
})

import { readFile, writeFile } from 'node:fs/promises'
import { defaultLimits, type Limits } from '@wirepact/runtime'
import { expect, test } from 'vitest'

const page = new URL('../../docs/limits.md', import.meta.url)
const source = new URL('../../runtime/src/core/limits.ts', import.meta.url)

const head = `# Limits

Every buffer, rate and wait of a server has a limit, and every limit a default. What differs goes to
\`createServer(handlers, { limits: { … } })\`; a name that is none, and what is no number from 0 on, throws a
\`RangeError\`. What a limit refuses is counted and nobody else notices. Limits of single messages stand in the
schema (\`rateLimit\`), those of a channel's history there, too.

| limit | default | |
|---|---|---|
`

/** What the source says about each limit. */
async function readComments(): Promise<Map<string, string>> {
  const text = await readFile(source, 'utf8')
  const found = text.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*readonly (\w+): number/g)
  return new Map(
    [...found].map(([, comment = '', name = '']) => [
      name,
      comment
        .replaceAll(/^\s*\* ?/gm, ' ')
        .replaceAll(/\s+/g, ' ')
        .replace(/\s*Default:? [^.;]*\.\s*$/, '')
        .replace(/\s*Default:? [^.;]*;\s*(0 [^.]*\.)\s*$/, ' $1')
        .trim(),
    ]),
  )
}

async function writePage(): Promise<string> {
  const comments = await readComments()
  const rows = Object.entries(defaultLimits).map(([name, value]) => {
    const shown = value === Number.POSITIVE_INFINITY ? 'none' : value.toLocaleString('en-US')
    return `| \`${name}\` | ${shown} | ${comments.get(name)} |\n`
  })
  return head + rows.join('')
}

test('every limit stands on its page with its default and what it does', async () => {
  const expected = await writePage()
  if (process.env.UPDATE_GOLDEN !== undefined) await writeFile(page, expected)
  expect(expected).not.toContain('undefined')
  expect(await readFile(page, 'utf8'), 'UPDATE_GOLDEN=1 renews docs/limits.md').toBe(expected)
})

test('a limit that is none is refused, and one that is left out has its default', async () => {
  const { createApiServer } = await import('@wirepact/runtime')
  const create = (limits: Partial<Limits>) =>
    createApiServer({ title: 'None', version: '1', contract: '0', routes: [] }, {}, { limits })
  for (const name of Object.keys(defaultLimits)) {
    expect(() => create({ [name]: -1 }), name).toThrow(RangeError)
    expect(() => create({ [name]: Number.NaN }), name).toThrow(RangeError)
    expect(() => create({ [name]: undefined as never }), name).not.toThrow()
  }
  expect(() => create({ maxNothing: 1 } as never)).toThrow(RangeError)
})

import { readdir, readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'

const folder = new URL('../nexios/', import.meta.url)
const page = new URL('../../docs/coming-from-nexios.md', import.meta.url)
const rows = Array.from({ length: 35 }, (_, index) => index + 1)

it('every row of the seed system has a test that is named after it', async () => {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.test.ts'))
  const texts = await Promise.all(files.map((name) => readFile(new URL(name, folder), 'utf8')))
  const named = new Set(
    texts.flatMap((text) => [...text.matchAll(/'\[nexios (\d+)\] /g)].map(([, row]) => Number(row))),
  )
  expect([...named].sort((a, b) => a - b)).toEqual(rows)
})

it('every row stands on the page for those who come from there, in order', async () => {
  const text = await readFile(page, 'utf8')
  expect([...text.matchAll(/^\| (\d+) \|/gm)].map(([, row]) => Number(row))).toEqual(rows)
})

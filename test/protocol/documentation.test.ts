import { readFile } from 'node:fs/promises'
import { closeCodes, errorCodes, shouldReconnect } from '@wirepact/protocol'
import { describe, expect, test } from 'vitest'

const page = await readFile(new URL('../../docs/protocol.md', import.meta.url), 'utf8')

/** The cells of every table row whose first cell looks like this. */
function rows(first: RegExp): string[][] {
  return page
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    )
    .filter(([cell = '']) => first.test(cell))
}

/** What a chapter says. */
function chapter(title: string): string {
  const start = page.indexOf(`\n## ${title}`)
  return page.slice(start, page.indexOf('\n## ', start + 1) >>> 0)
}

describe('the protocol page', () => {
  test('lists every error code with its status and its close code, and no others', () => {
    const listed = rows(/^`[A-Z_]+`$/)
      .filter((cells) => cells.length === 4)
      .map(([code, http, close]) => [code?.replaceAll('`', ''), http, close])
    const table = Object.entries<{ http?: number; close?: number }>(errorCodes)
    expect(listed.sort()).toEqual(
      table.map(([code, { http = '', close = '' }]) => [code, `${http}`, `${close}`]).sort(),
    )
  })

  test('lists every close code with its verdict, and no others', () => {
    const listed = rows(/^\d{4}$/).map(([code, name, verdict]) => [
      name?.replaceAll('`', ''),
      Number(code),
      verdict,
    ])
    const table = Object.entries(closeCodes).map(([name, code]) => [
      name,
      code,
      shouldReconnect(code) ? 'yes' : 'no',
    ])
    expect(listed.sort()).toEqual(table.sort())
  })

  test('lists the refusals before the upgrade with the status of the table', () => {
    const listed = rows(/^\d{3}$/).map(([status, code]) => [code?.replaceAll('`', ''), Number(status)])
    const table = Object.entries<{ http?: number; close?: number }>(errorCodes)
      .filter(([, { http }]) => http !== undefined && http !== 500)
      .map(([code, { http }]) => [code, http])
    expect(listed.sort()).toEqual(table.sort())
  })

  test('describes every frame', async () => {
    const source = await readFile(new URL('../../protocol/src/frames.ts', import.meta.url), 'utf8')
    const types = [...source.matchAll(/readonly \[type: '(\w+)'/g)].map(([, type]) => type)
    expect(types.length).toBeGreaterThan(15)
    for (const type of types) expect(chapter('3. Frames')).toMatch(new RegExp(`\\["${type}"[,\\]]`))
  })
})

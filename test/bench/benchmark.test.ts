import { spawnSync } from 'node:child_process'
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Contender, inTurn } from '../../bench/lib/measure.mjs'
import { peers } from '../../bench/lib/peers.mjs'
import { toConclusion, toResult } from '../../bench/lib/report.mjs'
import { exchange } from '../../bench/workloads/request.mjs'

const root = join(import.meta.dirname, '../..')

describe('what the benchmark is asked for', () => {
  it('is refused before anything is installed or built where there is no such thing', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'wirepact-bench-'))
    try {
      for (const part of ['bench', 'scripts']) await copySources(part, folder)
      for (const argument of ['stalld', '--slow']) {
        const script = join(folder, 'scripts/bench.mjs')
        const { status, stdout, stderr } = spawnSync(process.execPath, [script, argument], {
          encoding: 'utf8',
        })
        expect([status, stdout]).toEqual([2, ''])
        expect(stderr).toContain(argument)
      }
      expect(await readdir(folder)).toEqual(['bench', 'scripts'])
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
})

describe('what the benchmark says in the end', () => {
  const row = { name: 'a row', group: 'rows', unit: 'µs', atMost: 1 }
  const conclude = (isJudged: boolean, ours: number) => {
    const result = toResult(row, { figures: { ours: [ours], theirs: [10] }, isJudged })
    return toConclusion({ isJudged, results: [result] })
  }

  it('is judged by the targets', () => {
    expect(conclude(true, 9)).toEqual({ text: 'Every target is met.', exitCode: 0 })
    expect(conclude(true, 11)).toEqual({ text: 'Missed: a row.', exitCode: 1 })
  })

  it('is not judged after a quick look', () => {
    const text = 'A quick look scatters too much to be judged by the targets.'
    expect(conclude(false, 11)).toEqual({ text, exitCode: 0 })
  })

  it('names what could not be measured, also after a quick look', () => {
    const results = [{ name: 'a row', failed: 'It did not start.' }]
    expect(toConclusion({ isJudged: true, results })).toEqual({ text: 'Not measured: a row.', exitCode: 1 })
    const { text, exitCode } = toConclusion({ isJudged: false, results })
    expect(text).toMatch(/ Not measured: a row\.$/)
    expect(exitCode).toBe(1)
  })
})

describe('the sides of a measurement', () => {
  it('go first in turns', () => {
    const orders = [-2, -1, 0, 1].map((round) => inTurn({ ours: 1, theirs: 2 }, round).map(([side]) => side))
    expect(orders).toEqual([
      ['ours', 'theirs'],
      ['theirs', 'ours'],
      ['ours', 'theirs'],
      ['theirs', 'ours'],
    ])
  })
})

describe('the exchange of requests', () => {
  const work = { inFlight: 2, perSocket: 10 }
  const wrong = {
    'another total': (id: number) => peers.ws.request(id).replace('"quantity":250', '"quantity":251'),
    'another id': (id: number) => peers.ws.request(id + 1000),
    'an error': () => '{"id":1,"method":"order","input":{}}',
  }

  it('takes replies to what was asked', async () => {
    await withServer((contender) => exchange(contender, work))
  })

  it.each(Object.entries(wrong))('notices %s in the reply', async (_what, request) => {
    await withServer(async ({ sockets, peer }) => {
      const asked = exchange({ sockets, peer: { ...peer, request } }, work)
      await expect(asked).rejects.toThrow(/^The order was answered with \{.*\}\.$/)
    })
  })
})

/** What is installed and built stays behind. */
function copySources(part: string, folder: string): Promise<void> {
  const filter = (path: string) => !/[\\/](node_modules|dist)$/.test(path)
  return cp(join(root, part), join(folder, part), { recursive: true, filter })
}

async function withServer(use: (contender: Contender) => Promise<unknown>): Promise<void> {
  const contender = await Contender.start({ name: 'ws', connections: 3 })
  try {
    await use(contender)
  } finally {
    await contender.stop()
  }
}

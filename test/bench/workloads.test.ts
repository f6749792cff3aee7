import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { measureClient } from '../../bench/workloads/client.mjs'
import { measureStalled } from '../../bench/workloads/stalled.mjs'

const root = join(import.meta.dirname, '../..')
const effort = { instances: 1, blocks: 2, warmUps: 1, turns: 40 }
const members = 5
const sides = [
  ['beside ours', {}],
  ['beside a peer', { peer: 'ws' }],
] as const

/** What our server of the benchmark is made of; nothing happens where it is there. */
beforeAll(async () => {
  const tsc = join(root, 'node_modules/typescript-7/bin/tsc')
  await promisify(execFile)(process.execPath, [tsc, '-b', 'bench/api'], { cwd: root })
})

describe('the workload of a member that does not read', () => {
  it('measures while the server itself has something queued for that member, in every block', async () => {
    const { ours, theirs } = await measureStalled({ members, effort })
    expect([ours.length, theirs.length]).toEqual([2, 2])
  })

  it('measures beside a peer that has such a member, too', async () => {
    const { ours, theirs } = await measureStalled({ peer: 'ws', members, effort })
    expect([ours.length, theirs.length]).toEqual([2, 2])
  })

  it.each(sides)('fails with a sentence where the system takes everything, %s', async (_what, side) => {
    // A few kilobytes, which the buffers of every system have room for.
    const options = { ...side, members, minQueuedBytes: 0, effort: { ...effort, turns: 3 } }
    await expect(measureStalled(options)).rejects.toThrow(
      /^(wirepact|ws) had nothing queued for the member that does not read: 0 bytes wait of \d+ that a block/,
    )
  })

  it.each(sides)('fails with a sentence where the server lets go of the member, %s', async (_what, side) => {
    // Room for what is queued before, and not for the blocks.
    const options = { ...side, members, maxBufferedBytes: 1.3 * 1024 * 1024, effort }
    await expect(measureStalled(options)).rejects.toThrow(
      /^(wirepact|ws) let go of the member that does not read: 5 of 6 connections are left\.$/,
    )
  })
})

describe('the workload of the client', () => {
  it.each(['request', 'event', 'publication'] as const)('loses no %s on either side', async (what) => {
    const { ours, theirs } = await measureClient({ what, effort: { rounds: 3, messages: 50 } })
    expect([ours.length, theirs.length]).toEqual([3, 3])
  })
})

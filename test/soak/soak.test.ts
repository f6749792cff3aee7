import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const script = fileURLToPath(new URL('./run/soak-process.mjs', import.meta.url))

/** Runs a small version of a soak in a process of its own: what it printed, and its exit code. */
function soak(name: string, size: number): Promise<{ readonly code: unknown; readonly output: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--expose-gc', '--no-warnings', script, name, `${size}`],
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : error.code, output: `${stdout}${stderr}` })
      },
    )
  })
}

test('idle connections cost little, and one publication reaches them all', async () => {
  const { code, output } = await soak('idle', 500)
  expect(code, output).toBe(0)
  expect(output).toMatch(/connections +700 +exactly 700/)
})

test('200 members that stop reading cost no more than their caps, and the others get everything', async () => {
  const { code, output } = await soak('stalled', 12)
  expect(code, output).toBe(0)
  expect(output).toMatch(/publications that every healthy member got +240 +exactly 240/)
})

test('nothing is left of connections that came and went', async () => {
  const { code, output } = await soak('leaks', 2_000)
  expect(code, output).toBe(0)
  expect(output).toMatch(/connections among the objects +0 +at most 0/)
})

import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const script = fileURLToPath(new URL('../soak/run/soak-process.mjs', import.meta.url))

/** Runs a short version of the soak in a process of its own: what it printed, and its exit code. */
function runNetwork(seconds: number): Promise<{ readonly code: unknown; readonly output: string }> {
  return new Promise((resolve) => {
    const args = ['--expose-gc', '--no-warnings', script, 'network', `${seconds}`]
    execFile(process.execPath, args, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : error.code, output: `${stdout}${stderr}` })
    })
  })
}

test('over real sockets, a bad network and a server that is killed, nothing is lost, doubled or left open', async () => {
  const { code, output } = await runNetwork(6)
  expect(code, output).toBe(0)
  expect(output).toMatch(/promises broken +0 +exactly 0/)
  expect(output).toMatch(/sockets at the end +4 +exactly 4/)
}, 90_000)

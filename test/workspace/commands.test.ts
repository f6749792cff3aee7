import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

interface Result {
  readonly code: number | string | null | undefined
  readonly said: string
}

function run(script: string, ...args: string[]): Promise<Result> {
  return new Promise((resolve) => {
    execFile(process.execPath, [`${root}scripts/${script}.mjs`, ...args], (error, stdout, stderr) =>
      resolve({ code: error ? error.code : 0, said: stdout + stderr }),
    )
  })
}

describe('a command', () => {
  it.each([
    ['sim', '--bogus'],
    ['sim', '--seeds', 'many'],
    ['sim', '--seeds', '0'],
    ['soak', '--bogus'],
    ['soak', 'bogus'],
    ['soak', 'idle', '--size', 'big'],
    ['measure', 'bogus'],
  ])('says how it is called when it is told what it does not know: %s %s', async (script, ...args) => {
    const { code, said } = await run(script, ...args)
    expect(code).toBe(1)
    expect(said).toMatch(/npm run|There is no/)
    expect(said).not.toMatch(/^ +at /m)
    expect(said.split('\n').length).toBeLessThan(20)
  })
})

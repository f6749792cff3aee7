import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const golden = fileURLToPath(new URL('./golden/', import.meta.url))
const biome = fileURLToPath(new URL('../../node_modules/@biomejs/biome/bin/biome', import.meta.url))

/** What a project would have that takes Biome as it comes; the layout of lines is its own matter. */
const config = {
  root: true,
  linter: { rules: { preset: 'recommended' } },
  assist: { enabled: true },
  formatter: { enabled: false },
}

describe('the golden modules', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wirepact-lint-'))
    await cp(golden, folder, { recursive: true })
    await writeFile(join(folder, 'biome.json'), JSON.stringify(config))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  async function lint(): Promise<string> {
    const args = [biome, 'ci', '--error-on-warnings', '--colors=off', '.']
    const done = promisify(execFile)(process.execPath, args, { cwd: folder })
    return done.then(
      () => '',
      (failed: { stdout: string; stderr: string }) => failed.stdout + failed.stderr,
    )
  }

  it("pass Biome's recommended rules, imports in order, without a warning", async () => {
    expect(await lint()).toBe('')
  })

  it('are really looked at: a module with a mistake is reported', async () => {
    await writeFile(join(folder, 'wrong.ts'), 'export const wrong: any = 1\n')
    expect(await lint()).toContain('noExplicitAny')
  })
})

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { createFolder, readText } from './load-source.js'

const bin = join(import.meta.dirname, '../../generator/bin/wirepact.js')
const started: ChildProcess[] = []

/** Processes start slowly on a busy machine. */
const patience = 60_000

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
})

/** `wirepact generate --watch` as a process, and what it says. */
class Watching {
  readonly #child: ChildProcess
  #said = ''
  #read = 0
  #wake: () => void = () => undefined

  constructor(folder: string, args: readonly string[] = []) {
    this.#child = spawn(process.execPath, [bin, 'generate', '--watch', ...args], { cwd: folder })
    started.push(this.#child)
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (data) => {
        this.#said += data
        this.#wake()
      })
    }
  }

  /** What is said next, up to and with the pattern. */
  async until(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = pattern.exec(this.#said.slice(this.#read))
      if (found !== null) {
        const from = this.#read
        this.#read += found.index + found[0].length
        return this.#said.slice(from, this.#read)
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  /** Everything that was said and not asked for yet. */
  get rest(): string {
    return this.#said.slice(this.#read)
  }

  async interrupt(): Promise<number | null> {
    this.#child.kill('SIGINT')
    const [code] = await once(this.#child, 'close')
    return code
  }
}

const part = (name: string, field: string) => `import { event, route, Type } from '@wirepact/schema'
export const ${name} = route({ path: '/${name}', clientToServer: {
  say: event({ data: Type.Object({ ${field}: Type.String() }) }),
} })
`
const schema = `import { defineApi } from '@wirepact/schema'
import { left } from './parts/left.js'
import { right } from './parts/right.js'
export default defineApi({ title: 'T', version: '1', routes: { left, right } })
`
const done = /generated: .*\n/

function createApi(): string {
  return createFolder({
    'schema.ts': schema,
    'parts/left.ts': part('left', 'text'),
    'parts/right.ts': part('right', 'text'),
  })
}

/** Replaces a file as many editors do. */
function replace(file: string, text: string): void {
  writeFileSync(`${file}~`, text)
  renameSync(`${file}~`, file)
}

function inodes(folder: string): readonly number[] {
  return readdirSync(folder).map((name) => statSync(join(folder, name)).ino)
}

test(
  'a change of an imported file emits and writes one route, and touches nothing of the others',
  async () => {
    const folder = createApi()
    const watching = new Watching(folder)
    expect(await watching.until(done)).toMatch(/13 written, 0 unchanged, 0 removed, 2 of 2 routes emitted/)
    expect(await watching.until(/Watching .*\n/)).toBe('Watching 4 files. Ctrl-C ends it.\n')
    const before = inodes(join(folder, 'generated/left'))
    replace(join(folder, 'parts/right.ts'), part('right', 'more'))
    expect(await watching.until(done)).toMatch(/6 written, 7 unchanged, 0 removed, 1 of 2 routes emitted/)
    expect(readText(folder, 'generated/right/types.ts')).toContain('more: string')
    expect(inodes(join(folder, 'generated/left'))).toEqual(before)
    replace(join(folder, 'parts/left.ts'), part('left', 'other'))
    expect(await watching.until(done)).toMatch(/6 written, 7 unchanged, 0 removed, 1 of 2 routes emitted/)
    expect(watching.rest).toBe('')
    expect(await watching.interrupt()).toBe(0)
  },
  patience,
)

test(
  'problems are shown, nothing is written, and the watch goes on',
  async () => {
    const folder = createApi()
    const watching = new Watching(folder)
    await watching.until(/Watching .*\n/)
    const before = readText(folder, 'generated/manifest.json')
    writeFileSync(join(folder, 'parts/left.ts'), part('left', 'text').replace(`'/left'`, `'left'`))
    expect(await watching.until(/1 problem found.*\n/)).toContain('parts/left.ts:2:35 INVALID_PATH')
    writeFileSync(join(folder, 'parts/left.ts'), 'export const left = {')
    expect(await watching.until(/1 problem found.*\n/)).toContain('SYNTAX_ERROR')
    writeFileSync(join(folder, 'parts/left.ts'), `throw new Error('not today')`)
    expect(await watching.until(/problems? found.*\n/)).toContain('parts/left.ts')
    expect(readText(folder, 'generated/manifest.json')).toBe(before)
    writeFileSync(join(folder, 'parts/left.ts'), part('left', 'text'))
    expect(await watching.until(done)).toContain('0 written, 13 unchanged, 0 removed, 0 of 2 routes emitted')
    expect(await watching.interrupt()).toBe(0)
  },
  patience,
)

test(
  'files that go away and come back, and imports that lead nowhere yet, are followed',
  async () => {
    const folder = createApi()
    const watching = new Watching(folder)
    await watching.until(/Watching .*\n/)
    rmSync(join(folder, 'parts'), { recursive: true })
    await watching.until(/UNRESOLVED_IMPORT[\s\S]*problems? found.*\n/)
    writeFileSync(join(folder, 'schema.ts'), schema.replaceAll('./parts/', './new/deep/'))
    await watching.until(/new\/deep[\s\S]*problems? found.*\n/)
    mkdirSync(join(folder, 'new/deep'), { recursive: true })
    writeFileSync(join(folder, 'new/deep/left.ts'), part('left', 'one'))
    writeFileSync(join(folder, 'new/deep/right.ts'), part('right', 'two'))
    expect(await watching.until(done)).toContain('2 of 2 routes emitted')
    expect(readText(folder, 'generated/right/types.ts')).toContain('two: string')
    expect(await watching.interrupt()).toBe(0)
  },
  patience,
)

test(
  'a configuration that appears or changes counts at once, and being touched is no change',
  async () => {
    const folder = createApi()
    const watching = new Watching(folder)
    await watching.until(/Watching .*\n/)
    utimesSync(join(folder, 'schema.ts'), new Date(), new Date())
    writeFileSync(join(folder, 'unrelated.ts'), 'export const a = 1\n')
    // Long enough for a watch that takes this for a change to say so.
    await setTimeout(400)
    writeFileSync(join(folder, 'wirepact.config.ts'), `export default { output: './out' }\n`)
    expect(await watching.until(/.* written, .*\n/)).toMatch(/^out: 13 written/)
    writeFileSync(
      join(folder, 'wirepact.config.ts'),
      `export default { output: './out', handlers: './handlers' }\n`,
    )
    expect(await watching.until(/.* written, .*\n/)).toContain('New handlers in handlers/left.ts')
    expect(watching.rest).toBe('')
    expect(await watching.interrupt()).toBe(0)
  },
  patience,
)

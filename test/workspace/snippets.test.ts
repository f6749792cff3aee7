import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compile as compileApi, type EmitOptions, emitApi, loadApi } from 'wirepact/compiler'
import { compile, removeEmitted, writeEmitted } from '../generator/compile-emitted.js'
import { type Page, readPages, type Snippet } from './support/snippets.js'

const isFile = ({ label }: Snippet) => /^[\w.-]+\.tsx?$/.test(label)
const isSchema = ({ label }: Snippet) => label === 'schema'

const pages = await readPages()
const folders: string[] = []
afterAll(() => Promise.all(folders.map(removeEmitted)))

async function writeFolder(name: string, files: Iterable<readonly [string, string]>): Promise<string> {
  const folder = await writeEmitted(`snippets/${name}`, files)
  folders.push(folder)
  return folder
}

/** What the generator makes of a schema file. A problem in it fails the test, with its code frame. */
async function generate(file: string, options?: EmitOptions): Promise<[string, string][]> {
  const compiled = await compileApi(await loadApi(file))
  if (!compiled.ok) throw new Error(compiled.diagnostics.map(({ message }) => message).join('\n'))
  return [...(await emitApi(compiled.api, options))].map(([path, text]) => [`generated/${path}`, text])
}

it('every block of TypeScript says which file it is, or that it is a schema file', () => {
  const unmarked = pages.flatMap(({ snippets }) => snippets.filter((one) => !isFile(one) && !isSchema(one)))
  expect(unmarked.map(({ place }) => place)).toEqual([])
  expect(pages.flatMap(({ snippets }) => snippets).length).toBeGreaterThan(10)
})

const schemas = pages.flatMap(({ snippets }) => snippets).filter(isSchema)

describe('schemas on pages', () => {
  let output = ''
  beforeAll(async () => {
    const files = schemas.map(({ code }, index): [string, string] => [`${index}/schema.ts`, code])
    const folder = await writeFolder('schemas', files)
    const generated: [string, string][] = []
    for (const [index] of schemas.entries()) {
      const modules = await generate(join(folder, String(index), 'schema.ts')).catch(() => [])
      generated.push(...modules.map(([path, text]): [string, string] => [`${index}/${path}`, text]))
    }
    await writeFolder('schemas', [...files, ...generated])
    output = await compile(folder, { compiler: '7', resolution: 'nodenext' })
  }, 120_000)

  it.each(schemas)('$place is accepted by the generator', async ({ code }) => {
    const folder = await writeFolder('one', [['schema.ts', code]])
    expect((await generate(join(folder, 'schema.ts'))).length).toBeGreaterThan(0)
  })

  it('compile, with all that is generated from them', () => {
    expect(output).toBe('')
  })
})

/** A page without a schema of its own speaks of the README's. */
const readmeSchema = pages
  .filter(({ path }) => path === 'README.md')
  .flatMap(({ snippets }) => snippets)
  .filter(({ label }) => label === 'schema.ts')
  .map(({ code }): [string, string] => ['schema.ts', code])[0] ?? ['schema.ts', '']

describe.each<Page>(pages.filter(({ snippets }) => snippets.some(isFile)))(
  'the files of $path',
  ({ path, snippets }) => {
    const files = snippets.filter(isFile)
    let folder = ''
    let output = ''
    beforeAll(async () => {
      const own = files.map(({ label, code }): [string, string] => [label, code])
      const hasSchema = files.some(({ label }) => label === 'schema.ts')
      const sources = hasSchema ? own : [...own, readmeSchema]
      const name = path.replaceAll(/\W/g, '-')
      folder = await writeFolder(name, sources)
      const react = files.some(
        ({ label, code }) => label === 'wirepact.config.ts' && code.includes('react: true'),
      )
      const generated = await generate(join(folder, 'schema.ts'), { react })
      await writeFolder(name, [...sources, ...generated])
      output = await compile(folder, { compiler: '7', resolution: 'nodenext', emits: true })
    }, 120_000)

    it('compile', () => {
      expect(output).toBe('')
    })

    if (files.some(({ label }) => label === 'server.ts')) {
      it('run: the client against the server, the others by themselves', async () => {
        const running = await startServer(folder)
        try {
          for (const { label } of files) {
            if (label === 'server.ts') continue
            const env = { ...process.env, CHAT_URL: `ws://127.0.0.1:${running.port}` }
            const script = join(folder, 'js', label.replace(/\.ts$/, '.js'))
            const { stdout, stderr } = await promisify(execFile)(process.execPath, [script], {
              cwd: folder,
              env,
            })
            expect(stderr, label).toBe('')
            if (label === 'client.ts') expect(stdout).toContain('now called')
          }
        } finally {
          running.child.kill()
        }
      }, 120_000)
    }
  },
)

/** The page's server on a free port. */
async function startServer(folder: string): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, [join(folder, 'js/server.js')], {
    cwd: folder,
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let printed = ''
  for await (const chunk of child.stdout) {
    printed += String(chunk)
    const port = /ready on (\d+)/.exec(printed)?.[1]
    if (port !== undefined) return { child, port: Number(port) }
  }
  throw new Error(`The server ended before it was ready: ${printed}`)
}

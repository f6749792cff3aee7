import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeInBrowser, launchBrowser } from '../e2e/browser.js'
import { Consumers, type Project } from './support/consumer.js'
import { readReadmeCode } from './support/readme-code.js'

const compilers = ['typescript', 'typescript-7'] as const
const resolutions = ['nodenext', 'bundler'] as const
const strict = [
  '--strict',
  '--exactOptionalPropertyTypes',
  '--noUncheckedIndexedAccess',
  '--verbatimModuleSyntax',
]
const fixtures = ['page.ts', 'page-server.ts', 'hooks.tsx', 'wirepact.config.ts']
const sources = ['schema.ts', 'server.ts', 'client.ts', ...fixtures]

let consumers: Consumers
let project: Project

beforeAll(async () => {
  consumers = await Consumers.create()
  const ours = ['@wirepact/protocol', '@wirepact/schema', '@wirepact/runtime', '@wirepact/client', 'wirepact']
  const compilers = ['typescript@5.9.3', 'typescript-7@npm:typescript@7.0.2']
  const optional = [
    '@photostructure/sqlite@1',
    'prom-client@15',
    '@opentelemetry/api@1',
    'openapi-fetch@0.17',
  ]
  const react = ['react@19', 'react-dom@19', '@types/react@19', '@types/react-dom@19']
  const others = ['@types/node@20', 'ws@8', ...optional, ...react]
  project = await consumers.install('application', ours, [...compilers, ...others])
  await project.write('schema.ts', await readReadmeCode('defineApi('))
  await project.write('server.ts', await readReadmeCode('createServer({'))
  await project.write('client.ts', await readReadmeCode('createClient('))
  for (const file of [...fixtures, 'operations.ts']) await project.write(file, await readFixture(file))
  await project.npx('wirepact', 'generate')
}, 180_000)

afterAll(async () => {
  await project?.stop()
  await consumers?.remove()
})

function readFixture(file: string): Promise<string> {
  return readFile(new URL(`fixtures/consumer/${file}`, import.meta.url), 'utf8')
}

async function compile(
  compiler: string,
  resolution: string,
  emit: readonly string[],
  files = sources,
): Promise<void> {
  const module = resolution === 'nodenext' ? 'nodenext' : 'esnext'
  const target = [
    '--target',
    'es2022',
    '--lib',
    'es2023,dom',
    '--module',
    module,
    '--moduleResolution',
    resolution,
    '--jsx',
    'react-jsx',
  ]
  const tsc = join(project.folder, 'node_modules', compiler, 'bin', 'tsc')
  await project.node([tsc, ...strict, ...target, ...emit, '--types', 'node', ...files])
}

/** Compilers and installations are slow on a busy machine. */
const patience = 240_000

describe('the packages, installed as they would be published', () => {
  for (const compiler of compilers) {
    for (const resolution of resolutions) {
      it(
        `what was generated compiles strictly with ${compiler} under ${resolution}`,
        async () => {
          await compile(compiler, resolution, ['--noEmit'])
        },
        patience,
      )
    }
  }

  it(
    'the server and the client of the README talk, where evaluating text is forbidden',
    async () => {
      await compile('typescript-7', 'nodenext', ['--outDir', 'dist'])
      const port = await project.serve(['--disallow-code-generation-from-strings', 'dist/server.js'])
      const printed = await project.node(['dist/client.js'], { CHAT_URL: `ws://127.0.0.1:${port}` })
      expect(printed).toContain('ada: hi')
      expect(printed).toContain('now called grace')
    },
    patience,
  )

  it(
    'metrics, traces, the admin API with its client and the test helpers work from their entries',
    async () => {
      await compile('typescript-7', 'nodenext', ['--outDir', 'dist'], ['operations.ts'])
      expect(await project.node(['dist/operations.js'])).toBe('ok 200 true\n')
    },
    patience,
  )

  it('the hooks draw on a server, by the React of the application', async () => {
    await compile('typescript-7', 'nodenext', ['--outDir', 'dist'])
    expect(await project.node(['dist/hooks.js'])).toContain('<p>idle, 0 lines, 0 people</p>')
  })

  it('generating again changes nothing', async () => {
    await project.npx('wirepact', 'generate', '--check')
  })

  it(
    'an application for the browser installs neither a compiler nor ws',
    async () => {
      const { packages } = await install('browser', ['@wirepact/protocol', '@wirepact/client'])
      expect(packages).toEqual(['@wirepact/client', '@wirepact/protocol'])
    },
    patience,
  )

  it(
    'a server installs ws and nothing that compiles',
    async () => {
      const server = await consumers.install('server', ['@wirepact/protocol', '@wirepact/runtime'])
      expect([...(await server.packages())].sort()).toEqual(['@wirepact/protocol', '@wirepact/runtime', 'ws'])
      const load = (entry: string) =>
        server.node(['--input-type=module', '-e', `await import('@wirepact/runtime${entry}')`])
      for (const entry of ['', '/testing', '/admin', '/sqlite']) expect(await load(entry)).toBe('')
      await expect(load('/metrics')).rejects.toThrow("Cannot find package 'prom-client'")
      await expect(load('/tracing')).rejects.toThrow("Cannot find package '@opentelemetry/api'")
      await expect(load('/admin-client')).rejects.toThrow("Cannot find package 'openapi-fetch'")
    },
    patience,
  )

  async function install(name: string, ours: readonly string[]): Promise<{ packages: readonly string[] }> {
    const installed = await consumers.install(name, ours)
    return { packages: [...(await installed.packages())].sort() }
  }
})

describeInBrowser('a page bundled from the installed packages', () => {
  it(
    'talks to its server under a policy that forbids evaluating text',
    async () => {
      await compile('typescript-7', 'nodenext', ['--outDir', 'dist'])
      const options = ['--bundle', '--format=esm', '--outfile=page.js', '--log-level=error']
      await project.npx('esbuild', 'page.ts', ...options)
      const port = await project.serve(['dist/page-server.js'])
      const browser = await launchBrowser()
      try {
        const page = await browser.newPage()
        const complaints: string[] = []
        page.on('console', (message) => complaints.push(message.text()))
        page.on('pageerror', (error) => complaints.push(String(error)))
        await page.goto(`http://127.0.0.1:${port}/`)
        await page.getByText('page: from the browser').waitFor()
        expect(complaints).toEqual([])
      } finally {
        await browser.close()
      }
    },
    patience,
  )
})

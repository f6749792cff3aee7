import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const biome = join(root, 'node_modules/@biomejs/biome/bin/biome')

/** Where a file stands, and what it may not import from there. */
const wrong = [
  ['protocol/src', '@wirepact/schema'],
  ['protocol/src', 'ws'],
  ['protocol/src', 'typebox'],
  ['protocol/src', 'node:fs'],
  ['protocol/src', '../../runtime/src/types.js'],
  ['schema/src', '@wirepact/protocol'],
  ['schema/src', 'node:fs'],
  ['schema/src', 'ts-morph'],
  ['runtime/src', '@wirepact/schema'],
  ['runtime/src', '@wirepact/client'],
  ['runtime/src', 'wirepact'],
  ['runtime/src', 'typebox'],
  ['runtime/src', 'ws/lib/sender.js'],
  ['runtime/src', '@photostructure/sqlite'],
  ['runtime/src', 'prom-client'],
  ['runtime/src', '@opentelemetry/api'],
  ['runtime/src/metrics', '@opentelemetry/api'],
  ['runtime/src/tracing', 'prom-client'],
  ['runtime/src/admin', 'openapi-fetch'],
  ['runtime/src/engine', '../../../protocol/src/index.js'],
  ['runtime/src/engine', '../../../protocol/dist/index.js'],
  ['runtime/src/engine/sqlite', 'ws'],
  ['clients/src', '@wirepact/runtime'],
  // It would come into what a page loads first.
  ['clients/src', '@wirepact/protocol'],
  ['clients/src/core', '@wirepact/protocol'],
  ['clients/src', 'node:http'],
  ['clients/src', 'ws'],
  ['clients/src', 'react'],
  ['clients/src/core', 'react'],
  ['clients/src/react', 'react-dom'],
  ['generator/src', '@wirepact/runtime'],
  ['generator/src', '@wirepact/client'],
  ['generator/src', '../../schema/src/index.js'],
  ['test/runtime', '../../runtime/src/index.js'],
  ['test/runtime', '../../runtime/dist/index.js'],
  ['examples/chat', 'wirepact'],
  ['examples/chat', '../../runtime/src/index.js'],
  ['examples/chat/page', '@wirepact/runtime'],
  ['examples/chat/page', 'node:fs'],
  ['scripts', '@wirepact/runtime'],
] as const

/** What each room may import. */
const right = [
  ['protocol/src/validation', '../problem.js'],
  ['schema/src', 'typebox'],
  ['runtime/src', '@wirepact/protocol'],
  ['runtime/src', 'ws'],
  ['runtime/src', 'node:fs/promises'],
  ['runtime/src/engine/sqlite', '@photostructure/sqlite'],
  ['runtime/src/metrics', 'prom-client'],
  ['runtime/src/tracing', '@opentelemetry/api'],
  ['clients/src/react', 'react'],
  ['runtime/src/admin-client', 'openapi-fetch'],
  ['clients/src', '@wirepact/protocol/client'],
  ['clients/src/checks', '@wirepact/protocol'],
  ['clients/src', './status.js'],
  ['generator/src', '@wirepact/schema'],
  ['generator/src', 'ts-morph'],
  ['test/runtime', '@wirepact/runtime'],
  ['examples/chat', '@wirepact/runtime/sqlite'],
  ['examples/chat/page', '@wirepact/client'],
] as const

type Case = readonly [folder: string, specifier: string]

const toFile = ([folder, specifier]: Case) => `${folder}/case-${Buffer.from(specifier).toString('hex')}.ts`

let folder: string
let refused: ReadonlySet<string>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirepact lint '))
  await cp(join(root, 'biome.json'), join(folder, 'biome.json'))
  for (const row of [...wrong, ...right]) {
    const file = join(folder, toFile(row))
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, `import '${row[1]}'\n`)
  }
  refused = await lint(folder)
})

afterAll(() => rm(folder, { recursive: true, force: true }))

/** The files in which the lint finds an import that their room may not have. */
function lint(cwd: string): Promise<ReadonlySet<string>> {
  const only = '--only=style/noRestrictedImports'
  const args = ['lint', only, '--vcs-enabled=false', '--max-diagnostics=200', '--reporter=json', '.']
  return new Promise((resolve) => {
    execFile(process.execPath, [biome, ...args], { cwd }, (_error, stdout) => {
      const { diagnostics } = JSON.parse(stdout) as { diagnostics: { location: { path: string } }[] }
      resolve(
        new Set(diagnostics.map(({ location }) => location.path.split(sep).join('/').replace('./', ''))),
      )
    })
  })
}

describe('import directions', () => {
  it.each(wrong)('a file in %s may not import %s', (...row) => {
    expect(refused).toContain(toFile(row))
  })

  it.each(right)('a file in %s may import %s', (...row) => {
    expect(refused).not.toContain(toFile(row))
  })

  it('what was generated imports the public entries of runtime, client and protocol alone', async () => {
    const generated = join(root, 'examples/chat/generated')
    const files = (await readdir(generated, { recursive: true })).filter((file) => file.endsWith('.ts'))
    const texts = await Promise.all(files.map((file) => readFile(join(generated, file), 'utf8')))
    const specifiers = texts.flatMap((text) =>
      [...text.matchAll(/^(?:import|export|\})[^'\n]* from '([^'.][^']*)'/gm)].map((match) => match[1]),
    )
    const allowed = [
      '@wirepact/client',
      '@wirepact/client/checks',
      '@wirepact/protocol',
      '@wirepact/protocol/validation',
      '@wirepact/runtime',
    ]
    expect([...new Set(specifiers)].filter((name) => !allowed.includes(name ?? ''))).toEqual([])
    expect(specifiers.length).toBeGreaterThan(0)
  })
})

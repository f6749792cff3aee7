import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { inWorkspace } from '../../scripts/lib/workspace.mjs'

const source = inWorkspace('test/clients/platforms')

/**
 * A folder as a user has it: the packages as npm would leave them, and beside them the scenario, which imports the
 * client by its name, so that each runtime finds its entry by itself. For workers, the same in one file, as their
 * bundlers make it.
 */
export async function makeProject() {
  const folder = await mkdtemp(join(tmpdir(), 'wirepact-platforms-'))
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }')
  for (const name of ['client', 'protocol']) await copyPackage(folder, name)
  await cp(inWorkspace('node_modules/ws'), join(folder, 'node_modules/ws'), { recursive: true })
  await bundle({ entryPoints: { scenario: join(source, 'scenario-process.ts') }, outdir: folder })
  await bundle({ stdin: worker, outdir: folder, ...asForWorkers })
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}

/** What stands on the other side, for this process. */
export async function loadHost() {
  const outdir = inWorkspace('platforms/node_modules/.cache')
  await bundle({ entryPoints: { host: join(source, 'host.ts') }, outdir })
  return import(pathToFileURL(join(outdir, 'host.mjs')).href)
}

async function copyPackage(folder, name) {
  const from = inWorkspace(name === 'client' ? 'clients' : name)
  const to = join(folder, 'node_modules/@wirepact', name)
  await mkdir(to, { recursive: true })
  await cp(join(from, 'package.json'), join(to, 'package.json'))
  await cp(join(from, 'dist'), join(to, 'dist'), { recursive: true })
}

const worker = {
  contents: "export { Station, worker as default } from './scenario-worker.js'",
  resolveDir: source,
  sourcefile: 'worker.ts',
  loader: 'ts',
}

/** What their own tool tells esbuild. */
const asForWorkers = {
  conditions: ['workerd', 'worker', 'browser'],
  platform: 'browser',
  packages: 'bundle',
  splitting: false,
  entryNames: 'worker',
}

async function bundle(options) {
  const { build, stop } = await import('esbuild')
  await build({
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    packages: 'external',
    splitting: true,
    outExtension: { '.js': '.mjs' },
    logLevel: 'warning',
    ...options,
  })
  await stop()
}

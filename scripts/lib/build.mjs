import { existsSync } from 'node:fs'
import { inTwoLanes, needNode, say } from './task.mjs'
import { examples, inWorkspace, packages, tools } from './workspace.mjs'

/** Compiles the packages; what is up to date stays as it is. */
export async function buildPackages() {
  say('Building the packages')
  await needNode(tools.tsc, ['-b', ...packages], { what: 'The build of the packages' })
}

/** Runs `wirepact generate` for every schema: those of the examples, unless told otherwise. */
export async function generate(folders = examples, ...options) {
  say('Generating from the schemas')
  await inTwoLanes(folders, async (folder) => {
    const what = `wirepact generate in ${folder}`
    await needNode(tools.wirepact, ['generate', ...options], { what, cwd: inWorkspace(folder) })
  })
}

/** Compiles the examples, which use what was generated, and bundles their pages. */
async function buildExamples() {
  say('Building the examples')
  await needNode(tools.tsc, ['-b', ...examples], { what: 'The build of the examples' })
  for (const example of examples) if (existsSync(inWorkspace(example, 'page'))) await bundlePage(example)
}

/** Everything that has to be there before the examples run or are tested. */
export async function buildAll() {
  await buildPackages()
  await generate()
  await buildExamples()
}

/** esbuild is loaded here and not above: this file is read before anything is installed. */
async function bundlePage(example) {
  const { build, stop } = await import('esbuild')
  const page = inWorkspace(example, 'page')
  await build({
    entryPoints: ['main.ts', 'style.css', 'index.html', 'icon.svg'],
    absWorkingDir: page,
    outdir: inWorkspace(example, 'dist/page'),
    bundle: true,
    minify: true,
    sourcemap: 'linked',
    format: 'esm',
    target: ['es2022', 'safari16'],
    loader: { '.html': 'copy', '.svg': 'copy' },
    logLevel: 'warning',
  })
  await stop()
}

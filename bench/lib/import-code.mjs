import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const here = fileURLToPath(new URL('..', import.meta.url))

/** The default export of a module's source, which may import and require packages of the benchmark. */
export async function importCode(contents) {
  const folder = await mkdtemp(join(here, 'node_modules/.code-'))
  const outfile = join(folder, 'code.mjs')
  const stdin = { contents, resolveDir: here, sourcefile: 'code.mjs' }
  try {
    await build({ stdin, outfile, bundle: true, format: 'esm', platform: 'node', logLevel: 'warning' })
    return (await import(pathToFileURL(outfile).href)).default
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

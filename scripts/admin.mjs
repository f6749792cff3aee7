import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, relative } from 'node:path'
import { main, runNode, TaskFailure } from './lib/task.mjs'
import { inWorkspace, root } from './lib/workspace.mjs'

/**
 * Writes what follows from the document of the admin API: the document as a module, which a bundler can carry, and the
 * types of its client. With `--check` nothing is written, and what would change is an error.
 */
const document = inWorkspace('runtime/admin.openapi.json')
const compiler = inWorkspace('node_modules/openapi-typescript/bin/cli.js')
const banner = '// Made from runtime/admin.openapi.json by `npm run generate`; never edited.\n'

await main(async () => {
  const files = [
    [inWorkspace('runtime/src/admin/generated/document.ts'), await emitDocument()],
    [inWorkspace('runtime/src/admin-client/generated/paths.ts'), await emitPaths()],
  ]
  const stale = []
  for (const [file, text] of files) if ((await read(file)) !== text) stale.push([file, text])
  const names = stale.map(([file]) => relative(root, file)).join(', ')
  if (stale.length > 0 && process.argv.includes('--check')) {
    throw new TaskFailure(`${names} would change: run npm run generate.`)
  }
  for (const [file, text] of stale) {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  }
})

async function emitDocument() {
  const text = JSON.stringify(JSON.parse(await readFile(document, 'utf8')))
  return `${banner}export const documentText = ${JSON.stringify(text)}\n`
}

async function emitPaths() {
  const { code, output } = await runNode(compiler, [document])
  if (code !== 0) throw new TaskFailure(output)
  return `${banner}${output}\n`
}

async function read(file) {
  try {
    return await readFile(file, 'utf8')
  } catch {
    return undefined
  }
}

import { readFile, writeFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { main, TaskFailure } from './lib/task.mjs'
import { inWorkspace } from './lib/workspace.mjs'

/**
 * Writes the table of `docs/limits.md` from the defaults block and what stands there about each limit; what follows
 * from the first heading on is written by hand. With `--check` nothing is written, and what would change is an error.
 */
const page = inWorkspace('docs/limits.md')
const source = inWorkspace('runtime/src/core/limits.ts')

const head = `# Limits

Every buffer, rate and wait of a server has a limit, and every limit a default. What differs goes to
\`createServer(handlers, { limits: { … } })\`; a name that is none, and what is no number from 0 on, throws a
\`RangeError\`. What a limit refuses is counted and nobody else notices. Limits of single messages stand in the
schema (\`rateLimit\`), those of a channel's history there, too. The table is made from the source by
\`npm run generate\`.

| limit | default | |
|---|---|---|
`

await main(async () => {
  const written = await readFile(page, 'utf8').catch(() => '')
  const text = (await emitTable()) + written.slice(findRest(written))
  if (written === text) return
  if (process.argv.includes('--check'))
    throw new TaskFailure('docs/limits.md would change: run npm run generate.')
  await writeFile(page, text)
})

function findRest(written) {
  const at = written.indexOf('\n## ')
  return at < 0 ? written.length : at
}

async function emitTable() {
  const { defaultLimits } = await import(pathToFileURL(inWorkspace('runtime/dist/index.js')).href)
  const comments = await readComments()
  const rows = Object.entries(defaultLimits).map(([name, value]) => {
    const shown = value === Number.POSITIVE_INFINITY ? 'none' : value.toLocaleString('en-US')
    if (!comments.has(name)) throw new TaskFailure(`The limit ${name} has no comment.`)
    return `| \`${name}\` | ${shown} | ${comments.get(name)} |\n`
  })
  return head + rows.join('')
}

/** What the source says about each limit, without the default, which has a column of its own. */
async function readComments() {
  const text = await readFile(source, 'utf8')
  const found = text.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*readonly (\w+): number/g)
  return new Map([...found].map(([, comment, name]) => [name, toSentence(comment)]))
}

function toSentence(comment) {
  return comment
    .replaceAll(/^\s*\* ?/gm, ' ')
    .replaceAll(/\s+/g, ' ')
    .replace(/\s*Default:? [^.;]*\.\s*$/, '')
    .replace(/\s*Default:? [^.;]*;\s*(0 [^.]*\.)\s*$/, ' $1')
    .trim()
}

import { gzipSync } from 'node:zlib'
import { installWhenNeeded } from './lib/install.mjs'
import { main } from './lib/task.mjs'
import { inWorkspace, root } from './lib/workspace.mjs'

/** A client of one route, as generated code makes it. */
function clientOf(features, route = `uses: [${features}], channels: {}`) {
  const names = ['createApiClient', ...features].join(', ')
  return `import { ${names} } from '@wirepact/client'
const route = { name: 'r', path: '/r', calls: { ask: 'request', say: 'event' }, ${route} }
export const createClient = (url) => createApiClient('', url).connect(route)`
}

const chat = `export * from ${JSON.stringify(inWorkspace('examples/chat/generated/client.ts'))}`

/** What is bundled, and whether its parts are listed. */
const bundles = [
  { name: 'the chat', source: chat, listed: true },
  { name: 'requests and events', source: clientOf([]), listed: false },
  ...['channels', 'streams', 'answers', 'acknowledged', 'binary'].map((feature) => ({
    name: `… with ${feature}`,
    source: clientOf([feature]),
    listed: false,
  })),
  { name: 'a bare route', source: clientOf(['bare'], 'wire: bare, channels: {}'), listed: false },
]

await main(async () => {
  await installWhenNeeded()
  const measured = []
  for (const bundle of bundles) measured.push({ ...bundle, ...(await measure(bundle.source)) })
  if (process.argv.includes('--json')) return console.log(JSON.stringify(measured))
  console.log('minified  gzipped  what a browser loads, in bytes')
  for (const { name, minified, gzipped } of measured) console.log(row([minified, gzipped], name))
  for (const { name, parts } of measured.filter(({ listed }) => listed)) {
    console.log(`\nminified  the parts of ${name}`)
    for (const [part, bytes] of parts) console.log(row([bytes], part))
  }
})

/** The size of a bundle of `source`, and what each file has added to it, largest first. */
async function measure(source) {
  const { build, stop } = await import('esbuild')
  const { outputFiles, metafile } = await build({
    stdin: { contents: source, resolveDir: inWorkspace('test') },
    absWorkingDir: root,
    bundle: true,
    minify: true,
    format: 'esm',
    target: ['es2022', 'safari16'],
    legalComments: 'none',
    write: false,
    metafile: true,
  })
  await stop()
  const [file] = outputFiles
  const [{ inputs }] = Object.values(metafile.outputs)
  return {
    minified: file.contents.length,
    gzipped: gzipSync(file.contents, { level: 9 }).length,
    parts: Object.entries(inputs)
      .map(([name, { bytesInOutput }]) => [name, bytesInOutput])
      .filter(([, bytes]) => bytes > 0)
      .sort(([, one], [, other]) => other - one),
  }
}

function row(numbers, text) {
  return `${numbers.map((number) => String(number).padStart(8)).join(' ')}  ${text}`
}

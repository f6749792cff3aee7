import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { gzipSync } from 'node:zlib'
import { installWhenNeeded } from './lib/install.mjs'
import { installPeer } from './lib/peer.mjs'
import { main } from './lib/task.mjs'
import { inWorkspace, root } from './lib/workspace.mjs'

/** A client of one route, as generated code makes it. */
function clientOf(features, route = `uses: [${features}], channels: {}`) {
  const names = ['createApiClient', ...features].join(', ')
  return `import { ${names} } from '@wirepact/client'
const route = { path: '/r', calls: { ask: 'request', say: 'event' }, ${route} }
export const createClient = (url) => createApiClient('', url).connect(route)`
}

const chat = `export * from ${JSON.stringify(inWorkspace('examples/chat/generated/client.ts'))}`
const peer = 'socket.io-client'

/** What is bundled, and whether its parts are listed. */
const bundles = [
  { name: 'the chat', source: chat, listed: true },
  { name: 'requests and events', source: clientOf([]), listed: true },
  ...[
    'channels',
    'subscriptions',
    'streams',
    'answers',
    'acknowledged',
    'idempotent',
    'counts',
    'refresh',
    'binary',
  ].map((feature) => ({
    name: `… with ${feature}`,
    source: clientOf([feature]),
    listed: false,
  })),
  {
    name: '… with channels and every React hook, beside React itself',
    source: `${clientOf(['channels'])}\nexport * from '@wirepact/client/react'`,
    listed: false,
  },
  { name: 'a bare route', source: clientOf(['bare']), listed: false },
]

/** What is imported only when it is needed is no part of a bundle. */
const loadedLater = {
  name: 'loaded-later',
  setup: ({ onResolve }) =>
    onResolve({ filter: /.*/ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path, external: true } : undefined,
    ),
}

await main(async () => {
  await installWhenNeeded()
  const measured = []
  for (const bundle of bundles) measured.push({ ...bundle, ...(await measure(bundle.source)) })
  measured.splice(1, 0, { name: '… split into files: those that come first', ...(await measureSplit(chat)) })
  if (process.argv.includes('--json')) return console.log(JSON.stringify(measured))
  console.log('minified  gzipped  what a browser loads, in bytes')
  for (const { name, minified, gzipped } of measured) console.log(row([minified, gzipped], name))
  console.log(await measurePeer())
  for (const { name, parts, later } of measured.filter(({ listed }) => listed)) {
    console.log(`\nminified  the parts of ${name}`)
    for (const [part, bytes] of parts) console.log(row([bytes], part))
    if (later > 0) console.log(row([later], '(loaded only for a server that was made from another schema)'))
  }
})

/**
 * The size of a bundle of `source` as a page first loads it, what each file has added to it, largest first, and how
 * many bytes are loaded only when they are needed.
 */
async function measure(source, resolveDir = inWorkspace('test')) {
  const first = await bundle({ source, resolveDir, plugins: [loadedLater] })
  const whole = await bundle({ source, resolveDir, plugins: [] })
  return { ...first, later: whole.minified - first.minified }
}

async function bundle({ source, resolveDir, plugins }) {
  const { outputFiles, metafile } = await build({ stdin: { contents: source, resolveDir }, plugins })
  const [{ inputs }] = Object.values(metafile.outputs)
  return {
    ...sizesOf(outputFiles),
    parts: Object.entries(inputs)
      .map(([name, { bytesInOutput }]) => [name, bytesInOutput])
      .filter(([, bytes]) => bytes > 0)
      .sort(([, one], [, other]) => other - one),
  }
}

/**
 * The sizes of the files that a page loads first where the bundler makes one of what is loaded later, and another of
 * what both have in common.
 */
async function measureSplit(source) {
  const stdin = { contents: source, resolveDir: inWorkspace('test') }
  const { outputFiles, metafile } = await build({ stdin, splitting: true, outdir: root })
  const { outputs } = metafile
  const isFirst = new Set(Object.keys(outputs).filter((name) => outputs[name].entryPoint === '<stdin>'))
  for (const name of isFirst) {
    for (const { path, kind } of outputs[name].imports) if (kind === 'import-statement') isFirst.add(path)
  }
  return { ...sizesOf(outputFiles.filter(({ path }) => isFirst.has(relative(root, path)))), parts: [] }
}

async function build(options) {
  const { build: bundle, stop } = await import('esbuild')
  const result = await bundle({
    absWorkingDir: root,
    bundle: true,
    external: ['react'],
    minify: true,
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
    write: false,
    metafile: true,
    ...options,
  })
  await stop()
  return result
}

/** Each file is compressed by itself. */
function sizesOf(files) {
  const sum = (sizes) => sizes.reduce((total, size) => total + size, 0)
  return {
    minified: sum(files.map(({ contents }) => contents.length)),
    gzipped: sum(files.map(({ contents }) => gzipSync(contents, { level: 9 }).length)),
  }
}

/** The other client, where somebody has asked for it: `--peer` installs it beside the workspace. */
async function measurePeer() {
  const folder = process.argv.includes('--peer') ? await installPeer(peer) : undefined
  if (!folder || !existsSync(join(folder, 'node_modules', peer)))
    return `${' '.repeat(19)}${peer}: not installed (--peer)`
  const { minified, gzipped } = await measure(`export { io } from '${peer}'`, folder)
  return row([minified, gzipped], peer)
}

function row(numbers, text) {
  return `${numbers.map((number) => String(number).padStart(8)).join(' ')}  ${text}`
}

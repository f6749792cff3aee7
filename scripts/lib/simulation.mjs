import { readFileSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { relative, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { inWorkspace, root } from './workspace.mjs'

/** The broken variants of the code: each replaces one piece of one built file. */
export function readVariants() {
  return JSON.parse(readFileSync(inWorkspace('test/sim/variants.json'), 'utf8'))
}

/**
 * Loads the simulation together with the packages that it runs, as they are built, or with one of them broken
 * as a variant says. Each load is a copy of its own.
 */
export async function loadWorld(variant) {
  const { build } = await import('esbuild')
  const folder = inWorkspace('node_modules/.cache/wirepact-sim')
  const file = `${folder}${sep}${variant?.name ?? 'world'}-${process.pid}.mjs`
  const { outputFiles } = await build({
    entryPoints: [inWorkspace('test/sim/worlds.ts')],
    absWorkingDir: root,
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['ws', '@photostructure/sqlite'],
    conditions: ['node'],
    plugins: [openCode(variant)],
    logLevel: 'error',
  })
  await mkdir(folder, { recursive: true })
  await writeFile(file, outputFiles[0].contents)
  try {
    return (await import(pathToFileURL(file).href)).World
  } finally {
    await rm(file, { force: true })
  }
}

/** A private member, where it is declared or used: nothing else in the built code has a `#` there. */
const privateName = /(^\s*(?:async |get |set |static |\*)*|[.?])#(?=[a-z])/gm

/** A collection that a function of the client makes for itself. */
const ownCollection = /^ *const (\w+) = (?:new (?:Map|Set)\(\)|\[\]);$/gm

/**
 * Opens what is private in the packages, so that the simulation sees what they keep: members by another name, and the
 * collections of a client's functions by telling `globalThis.keep` of them, where it is there. Breaks what the variant says,
 * and fails when it is not there: a variant that breaks nothing proves nothing.
 */
function openCode({ name, file, find, replace } = {}) {
  return {
    name: 'open',
    setup(build) {
      let found = 0
      build.onLoad({ filter: /[/\\](runtime|clients)[/\\]dist[/\\].*\.js$/ }, async ({ path }) => {
        let text = await readFile(path, 'utf8')
        if (relative(root, path).split(sep).join('/') === file) {
          found += text.split(find).length - 1
          text = text.replace(find, replace)
        }
        const site = relative(root, path).split(sep).at(-1)
        const contents = text
          .replace(privateName, '$1$$')
          .replace(ownCollection, (line, name) => `${line} globalThis.keep?.('${site} ${name}', ${name});`)
        return { contents, loader: 'js' }
      })
      build.onEnd(() => {
        if (find !== undefined && found !== 1)
          throw new Error(`The variant ${name} is found ${found} times in ${file}, not once.`)
      })
    },
  }
}

/** Runs worlds one after another; stops at the first that goes wrong, and answers with it. */
export async function findFailure(World, { first, count, progress = () => undefined }) {
  for (let seed = first; seed < first + count; seed++) {
    const outcome = await new World(seed).run()
    if (outcome.wrong.length > 0) return outcome
    progress(seed - first + 1)
  }
  return undefined
}

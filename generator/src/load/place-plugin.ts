import { readFileSync } from 'node:fs'
import { dirname, extname } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Loader, Plugin } from 'esbuild'

const namespace = 'wirepact-place'

/** What a file may ask about its own place, and the variables that it is told by. */
const places: Readonly<Record<string, string>> = {
  'import.meta.url': 'wirepactPlaceUrl',
  'import.meta.filename': 'wirepactPlaceFile',
  'import.meta.dirname': 'wirepactPlaceFolder',
  __filename: 'wirepactPlaceFile',
  __dirname: 'wirepactPlaceFolder',
}

const asks = /\bimport\.meta\b|\b__(?:file|dir)name\b/
/** What an import would make something else of. */
const isCommonJs = /\bmodule\.exports\b|\bexports\.\w/

/**
 * Tells every file of a bundle its own place, and not that of the bundle. The variables are imported at the end of
 * the file, so that no place in it moves.
 */
export function placePlugin(): Plugin {
  return {
    name: 'place',
    setup(build) {
      build.initialOptions.define = { ...build.initialOptions.define, ...places }
      build.onResolve({ filter: new RegExp(`^${namespace}:`) }, ({ path }) => ({
        path: path.slice(namespace.length + 1),
        namespace,
      }))
      build.onLoad({ filter: /.*/, namespace }, ({ path }) => ({ contents: describePlace(path) }))
      build.onLoad({ filter: /\.[cm]?[jt]sx?$/, namespace: 'file' }, ({ path }) => {
        const text = readFileSync(path, 'utf8')
        if (!asks.test(text) || isCommonJs.test(text)) return undefined
        return { contents: text + importPlace(path), loader: loaderOf(path) }
      })
    },
  }
}

/** Whether a name in the list of a bundle's inputs is that of a file. */
export function isFileName(input: string): boolean {
  return !input.startsWith(`${namespace}:`)
}

function importPlace(path: string): string {
  const names = [...new Set(Object.values(places))].join(', ')
  return `\nimport { ${names} } from ${JSON.stringify(`${namespace}:${path}`)}\n`
}

function describePlace(path: string): string {
  const values = {
    wirepactPlaceUrl: pathToFileURL(path).href,
    wirepactPlaceFile: path,
    wirepactPlaceFolder: dirname(path),
  }
  const lines = Object.entries(values).map(
    ([name, value]) => `export const ${name} = ${JSON.stringify(value)}`,
  )
  return lines.join('\n')
}

function loaderOf(path: string): Loader {
  return extname(path).replace(/^\.[cm]?/, '') as Loader
}

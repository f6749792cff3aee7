import { readFileSync } from 'node:fs'
import { dirname, resolve, sep } from 'node:path'
import type { Diagnostic } from '../diagnose/diagnostic.js'
import type { ApiIr } from '../ir.js'
import type { HandlersPlace } from './handler-files.js'

const imported = /^import\b[^'"]*from\s*(['"])(\.[^'"]*)\1/gm

/** Files that import the generated server of a route that there is not any more, each at its first such import. */
export function findObsoleteRoutes(
  files: readonly string[],
  api: ApiIr,
  { output }: HandlersPlace,
): readonly Diagnostic[] {
  const routes = new Set(api.routes.map(({ name }) => name))
  return files.flatMap((file) => {
    const text = readFileSync(file, 'utf8')
    for (const found of text.matchAll(imported)) {
      const path = resolve(dirname(file), found[2] ?? '')
      const [route = '', module] = path.startsWith(output + sep)
        ? path.slice(output.length + 1).split(sep)
        : []
      if (module !== 'server.js' || routes.has(route)) continue
      const line = text.slice(0, found.index).split('\n').length
      const message = `There is no route \`${route}\` any more: nothing calls the handlers in this file.`
      return [{ code: 'OBSOLETE_HANDLERS', message, path: '', site: { file, line, column: 1 } }]
    }
    return []
  })
}

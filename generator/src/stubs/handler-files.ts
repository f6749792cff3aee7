import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { sha256 } from '../lower/canonical.js'

/** How many files are looked at for handlers, at most. */
const maxFiles = 1000

/** Where the handlers of an API are. */
export interface HandlersPlace {
  /** The folder of the handlers, or the one file with all of them; absolute. */
  readonly handlers: string
  /** The folder of the generated code, absolute. */
  readonly output: string
  /** Handlers that earlier runs found to be obsolete, as `route.message`. */
  readonly retired?: readonly string[]
}

/** Whether all handlers are in one file. */
export function isOneFile({ handlers }: HandlersPlace): boolean {
  return existsSync(handlers) ? statSync(handlers).isFile() : /\.[cm]?tsx?$/.test(handlers)
}

/** The files that handlers may be in, sorted; generated code, packages and declarations are none of them. */
export function listHandlerFiles(place: HandlersPlace): readonly string[] {
  if (!existsSync(place.handlers)) return []
  if (isOneFile(place)) return [place.handlers]
  return listFolder(place.handlers, place.output).slice(0, maxFiles)
}

function listFolder(folder: string, output: string): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true })
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return isForeign(path, output) ? [] : listFolder(path, output)
      return /(?<!\.d)\.[cm]?tsx?$/.test(entry.name) ? [path] : []
    })
}

function isForeign(folder: string, output: string): boolean {
  return folder === output || basename(folder) === 'node_modules' || basename(folder).startsWith('.')
}

/** The hash of what is in files, and of which of them are there. */
export function hashFiles(files: readonly string[]): string {
  const texts = files.map((file) => [file, existsSync(file) ? sha256(readFileSync(file, 'latin1')) : null])
  return sha256(JSON.stringify(texts))
}

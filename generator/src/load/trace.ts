import { SourceMap, type SourceMapPayload } from 'node:module'
import { dirname, isAbsolute, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { CallSite } from '@wirepact/schema'
import type { Site } from '../ir.js'

/** Translates a place in code that ran into the place in the source that it was made from. */
export type Trace = (place: CallSite) => Site | undefined

/**
 * A trace for the module that ran as `ranAs`. `builtAs` is where the bundler said that it would be: the sources
 * in the map are relative to it. Places in other files are what they are.
 */
export function createTrace(map: string, ranAs: string, builtAs: string): Trace {
  const payload = JSON.parse(map) as SourceMapPayload
  const sources = new SourceMap(payload)
  return (place) => {
    const file = toPath(place.file)
    if (file === undefined) return undefined
    if (file !== ranAs) return { file, line: place.line, column: place.column }
    const entry = sources.findEntry(place.line - 1, place.column - 1)
    if (!('originalSource' in entry)) return undefined
    return {
      file: resolve(dirname(builtAs), entry.originalSource),
      line: entry.originalLine + 1,
      column: entry.originalColumn + 1,
    }
  }
}

/** The file's path, without the query that an import may carry; undefined when it is no file. */
function toPath(file: string): string | undefined {
  if (file.startsWith('file:')) return fileURLToPath(new URL(file))
  return isAbsolute(file) ? file : undefined
}

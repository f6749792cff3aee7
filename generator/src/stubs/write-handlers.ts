import { writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { makeFolder } from '../write/make-folder.js'
import type { HandlersPlan } from './plan-handlers.js'
import { readMark } from './read-source.js'

/**
 * Writes what was planned. A file that is there keeps its place, its mode and its byte order mark: it is written
 * to, and not replaced. A new one is never written over another.
 */
export function writeHandlers({ changes }: HandlersPlan): void {
  for (const { file, before, after } of changes) {
    makeFolder(dirname(file))
    if (before === undefined) writeFileSync(file, after, { flag: 'wx' })
    else writeFileSync(file, readMark(file) + after)
  }
}

import { existsSync } from 'node:fs'
import type { CallSite } from '@wirepact/schema'
import type { Site } from '../ir.js'
import type { Trace } from './trace.js'

/** Something that the user's code threw, for a sentence. */
export function describeThrown(thrown: unknown): string {
  return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)
}

/** The calls that an error came through, innermost first. */
export function placesIn(thrown: unknown): readonly CallSite[] {
  const stack = thrown instanceof Error ? (thrown.stack ?? '') : ''
  return stack.split('\n').flatMap((line) => {
    const place = /^\s+at (?:.* \()?(.+):(\d+):(\d+)\)?$/.exec(line)
    if (place === null || place[1]?.startsWith('node:')) return []
    return [{ file: place[1] as string, line: Number(place[2]), column: Number(place[3]) }]
  })
}

/** The innermost of these calls that stands in a file of the user's own. */
export function innermostOwn(places: readonly CallSite[], trace: Trace): Site | undefined {
  for (const place of places) {
    const site = trace(place)
    if (site !== undefined && !site.file.includes('/node_modules/') && existsSync(site.file)) return site
  }
  return undefined
}

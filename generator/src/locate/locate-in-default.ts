import type { Site } from '../ir.js'
import { defaultExport } from './resolve-expression.js'
import { Sources, siteOf } from './sources.js'
import { stepInto } from './step-into.js'

/** The place of a property of what a file exports as default; the file's start when the source does not show it. */
export function locateInDefault(file: string, property: string, at: 'name' | 'value' = 'value'): Site {
  const sources = new Sources()
  const source = sources.open(file)
  const exported = source === undefined ? undefined : defaultExport(source)
  const spot = exported === undefined ? undefined : stepInto(exported, property, sources)
  if (spot === undefined) return { file, line: 1, column: 1 }
  return siteOf(at === 'name' ? (spot.name ?? spot.value) : spot.value)
}

import type { Change } from '../change.js'
import { countChanges, type Shown, showFile } from './shown.js'

/** Changes for programs, as JSON text. */
export function showJson({ changes, against, contract, cwd }: Shown): string {
  const shown = changes.map((change) => toJson(change, cwd))
  return `${JSON.stringify({ against, contract, counts: countChanges(changes), changes: shown }, null, 2)}\n`
}

function toJson({ site, path: _, ...change }: Change, cwd: string): object {
  if (site === undefined) return change
  return { ...change, file: showFile(site.file, cwd), line: site.line, column: site.column }
}

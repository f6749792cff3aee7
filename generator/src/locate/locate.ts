import type { CallSite } from '@wirepact/schema'
import type { Diagnostic, Finding } from '../diagnose/diagnostic.js'
import type { Site } from '../ir.js'
import type { Trace } from '../load/trace.js'
import { describeDuplicateKey } from './duplicate-key.js'
import { locateFinding } from './locate-finding.js'
import { Sources } from './sources.js'

/** What was found in a file that has run. */
export interface Found {
  readonly findings: readonly Finding[]
  readonly sites: ReadonlyMap<string, CallSite>
  readonly trace: Trace
  readonly duplicateKeys: readonly Diagnostic[]
}

/** Findings with their places in the source. Reads the syntax of the files that they are in. */
export function locate({ findings, sites, trace, duplicateKeys }: Found): readonly Diagnostic[] {
  const sources = new Sources()
  const traced = new Map<string, Site>()
  for (const [path, place] of sites) {
    const site = trace(place)
    if (site !== undefined) traced.set(path, site)
  }
  const located = findings.map((finding) => toDiagnostic(finding, locateFinding(finding, traced, sources)))
  return [...duplicateKeys.map((one) => describeDuplicateKey(one, sources)), ...located]
}

function toDiagnostic({ code, message, path, suggestion }: Finding, site: Site | undefined): Diagnostic {
  return {
    code,
    message,
    path: path.join('.'),
    ...(site !== undefined && { site }),
    ...(suggestion !== undefined && { suggestion }),
  }
}

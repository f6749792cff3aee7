import type { Diagnostic } from './diagnostic.js'

/** By file, line and column, and each only once: a schema used in two places is wrong in one. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const once = new Map(diagnostics.toReversed().map((diagnostic) => [identity(diagnostic), diagnostic]))
  return [...once.values()].sort(compare)
}

function identity({ code, message, site, path }: Diagnostic): string {
  return JSON.stringify([code, message, site ?? path])
}

function compare(a: Diagnostic, b: Diagnostic): number {
  return (
    compareText(a.site?.file ?? '', b.site?.file ?? '') ||
    (a.site?.line ?? 0) - (b.site?.line ?? 0) ||
    (a.site?.column ?? 0) - (b.site?.column ?? 0) ||
    compareText(a.code, b.code) ||
    compareText(a.path, b.path) ||
    compareText(a.message, b.message)
  )
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

import { relative } from 'node:path'
import type { Change } from '../change.js'
import { type ChangeClass, changeClasses } from '../verdict.js'

/** What is to be shown, and where. */
export interface Shown {
  readonly changes: readonly Change[]
  /** What the current version was compared with, as it was named. */
  readonly against: string
  readonly contract: { readonly before: string; readonly after: string }
  /** The folder that paths are shown relative to. */
  readonly cwd: string
  readonly colour: boolean
}

/** How many changes there are of each class. */
export function countChanges(changes: readonly Change[]): Readonly<Record<ChangeClass, number>> {
  const counts = changeClasses.map((name) => [name, changes.filter((one) => one.class === name).length])
  return Object.fromEntries(counts) as Record<ChangeClass, number>
}

/** A path for people and for GitHub: relative, with forward slashes. */
export function showFile(file: string, cwd: string): string {
  return (relative(cwd, file) || file).replaceAll('\\', '/')
}

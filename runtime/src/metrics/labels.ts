import { closeCodes } from '@wirepact/protocol'

const known: ReadonlySet<number> = new Set([...Object.values(closeCodes), 1005, 1006, 1010, 1014, 1015])

/** What stands for a name that the schema does not have. */
const unknown = '(unknown)'

/** A message's label. */
export function toMessageLabel(name: string | undefined): string {
  return name ?? unknown
}

/** A close code's label: clients choose theirs freely, so those of no table are counted by their range. */
export function toCloseLabel(code: number): string {
  return known.has(code) ? String(code) : `${Math.floor(code / 1000)}xxx`
}

const gaps: ReadonlySet<string> = new Set(['no-history', 'epoch-changed', 'trimmed', 'too-many', 'ahead'])

/** The outcome of a start: one of a table, so that the set stays small whatever comes later. */
export function toOutcomeLabel(start: string): string {
  return start === 'fresh' || start === 'recovered' || gaps.has(start) ? start : 'other'
}

import { WirepactError } from '@wirepact/protocol'

/** SQLite's primary result codes that mean something to a person (sqlite.org/rescode.html). */
const reasons: Readonly<Record<number, string>> = {
  5: 'another process has kept the file locked for too long',
  6: 'another process has kept the file locked for too long',
  8: 'the file is read-only',
  10: 'the disk failed',
  11: 'the file is damaged',
  13: 'the disk is full',
  14: 'the file cannot be opened',
  26: 'the file is not a database',
}

/** Those of them that no single write is to blame for: every other write would fail as well. */
const ofTheFile: ReadonlySet<number> = new Set(Object.keys(reasons).map(Number))

/** SQLite's primary result code; 0 for an error that is not SQLite's. */
function resultCode(cause: unknown): number {
  const code: unknown = cause instanceof Error && 'errcode' in cause ? cause.errcode : 0
  return typeof code === 'number' ? code & 0xff : 0
}

export function isBusy(cause: unknown): boolean {
  return resultCode(cause) === 5
}

export function isOfTheFile(cause: unknown): boolean {
  return ofTheFile.has(resultCode(cause))
}

/** What SQLite threw, as `ENGINE_FAILED`. `what` is the beginning of the sentence. */
export function toEngineError(cause: unknown, what: string): WirepactError {
  if (cause instanceof WirepactError) return cause
  const reason = reasons[resultCode(cause)] ?? 'SQLite refused'
  return new WirepactError('ENGINE_FAILED', `${what}: ${reason}.`, { cause })
}

/** The answer of `work`, or `ENGINE_FAILED`. */
export function guard<Result>(what: string, work: () => Result): Result {
  try {
    return work()
  } catch (cause) {
    throw toEngineError(cause, what)
  }
}

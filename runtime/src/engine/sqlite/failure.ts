import { WirepactError } from '@wirepact/protocol'

interface Result {
  /** SQLite's primary result code (sqlite.org/rescode.html). */
  readonly code: number
  /** SQLite's own words; some drivers give no code with some errors. */
  readonly words: string
  /** What it means to a person. */
  readonly reason: string
}

/** The results that no single write is to blame for: every other one would fail as well. */
const ofTheFile: readonly Result[] = [
  { code: 5, words: 'database is locked', reason: 'another process has kept the file locked for too long' },
  { code: 8, words: 'attempt to write a readonly database', reason: 'the file is read-only' },
  { code: 10, words: 'disk I/O error', reason: 'the disk failed' },
  { code: 11, words: 'database disk image is malformed', reason: 'the file is damaged' },
  { code: 13, words: 'database or disk is full', reason: 'the disk is full' },
  { code: 14, words: 'unable to open database file', reason: 'the file cannot be opened' },
  { code: 26, words: 'file is not a database', reason: 'the file is not a database' },
]

function resultOf(cause: unknown): Result | undefined {
  if (!(cause instanceof Error)) return undefined
  const code = 'errcode' in cause && typeof cause.errcode === 'number' ? cause.errcode & 0xff : 0
  return ofTheFile.find(
    (result) => result.code === code || (code === 0 && cause.message.includes(result.words)),
  )
}

export function isBusy(cause: unknown): boolean {
  return resultOf(cause)?.code === 5
}

export function isOfTheFile(cause: unknown): boolean {
  return resultOf(cause) !== undefined
}

/** What SQLite threw, as `ENGINE_FAILED`. `what` is the beginning of the sentence. */
export function toEngineError(cause: unknown, what: string): WirepactError {
  if (cause instanceof WirepactError) return cause
  const reason = resultOf(cause)?.reason ?? 'SQLite refused'
  return new WirepactError('ENGINE_FAILED', `${what}: ${reason}.`, { cause })
}

/** Why a file cannot be used, with its path: nobody is connected yet who should not see it. */
export function toOpenError(cause: unknown, file: string): WirepactError {
  if (!(cause instanceof WirepactError)) return toEngineError(cause, `The engine cannot use ${file}`)
  if (cause.cause !== undefined) return toOpenError(cause.cause, file)
  return new WirepactError('ENGINE_FAILED', `The engine cannot use ${file}: ${cause.message}`)
}

/** The answer of `work`, or `ENGINE_FAILED`. */
export function guard<Result>(what: string, work: () => Result): Result {
  try {
    return work()
  } catch (cause) {
    throw toEngineError(cause, what)
  }
}

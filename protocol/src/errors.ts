import type { ErrorBody } from './frames.js'
import type { Problem } from './validator.js'

/** What an error carries beside its code and message. */
export interface ErrorDetails {
  readonly cause?: unknown
  readonly data?: unknown
  readonly declared?: boolean
  readonly name?: string | undefined
  readonly problems?: readonly Problem[] | undefined
}

/** The one error class of Wirepact. `code` is stable; `message` is for people and may change. */
export class WirepactError<Code extends string = string, Data = unknown> extends Error {
  declare readonly name: 'WirepactError'
  declare readonly code: Code
  /** The data of an error that the schema declares. */
  declare readonly data: Data
  /** Whether `code` is one that the schema declares for the request. */
  declare readonly declared: boolean
  /** The message that was refused, where that is not clear from the call. */
  declare readonly subject: string | undefined
  /** Why a payload does not fit its schema; empty for every other error. */
  declare readonly problems: readonly Problem[]

  /** Without a message the code is the message: `docs/protocol.md`, section 10, says what each one means. */
  constructor(
    code: Code,
    message: string = code,
    { data, declared = false, name: subject, problems = [], ...options }: ErrorDetails = {},
  ) {
    super(message, options)
    Object.assign(this, { name: 'WirepactError', code, data, declared, subject, problems })
  }
}

/** Any thrown value as a {@link WirepactError}; one that is not yet becomes `INTERNAL` with the value as `cause`. */
export function toWirepactError(thrown: unknown): WirepactError {
  return thrown instanceof WirepactError
    ? thrown
    : new WirepactError('INTERNAL', undefined, { cause: thrown })
}

/** The error that the other side sent. A cause is this side's own, whatever else the body holds. */
export function fromErrorBody(body: ErrorBody): WirepactError {
  const { cause, ...details } = body as ErrorBody & ErrorDetails
  return new WirepactError(body.code, body.message, details)
}

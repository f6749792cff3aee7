import { isPromise } from './is-promise.js'
import type { Span } from './observer.js'

/** Runs something within its span, and ends the span when it is done; a promise is done when it settles. */
export function observe<Result>(span: Span | undefined, run: () => Result): Result {
  if (span === undefined) return run()
  let result: Result
  try {
    result = span.within === undefined ? run() : span.within(run)
  } catch (error) {
    span.ended(error)
    throw error
  }
  if (isPromise(result)) {
    result.then(
      () => span.ended(),
      (error: unknown) => span.ended(error),
    )
  } else span.ended()
  return result
}

import { type Context, context, type Span, SpanStatusCode } from '@opentelemetry/api'
import { WirepactError } from '@wirepact/protocol'
import { toLoggedError } from '../core/logged-error.js'
import type { Span as Observed } from '../core/observer.js'

/** A span around something: what it calls sees the span as the active one. */
export function toObserved(span: Span, within: Context): Observed {
  return {
    within: (run) => context.with(within, run),
    ended: (error) => {
      if (error !== undefined) noteError(span, error)
      span.end()
    },
  }
}

/**
 * An error that the schema declares is an answer like any other; every other one is a failure. What is no error, or
 * quotes what it could not read, may be a payload, as in logs.
 */
function noteError(span: Span, error: unknown): void {
  span.setAttribute('error.type', toType(error))
  if (error instanceof WirepactError && error.declared) return
  const { type, message, stack } = toLoggedError(error)
  span.recordException({ name: type, message, stack })
  span.setStatus({ code: SpanStatusCode.ERROR })
}

function toType(error: unknown): string {
  if (error instanceof WirepactError) return error.code
  return error instanceof Error ? error.name : typeof error
}

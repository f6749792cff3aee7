import type { Logger } from './environment.js'
import type { Observer, Span } from './observer.js'

type Method = keyof Observer
type Call = (...values: readonly unknown[]) => unknown

const methods: readonly Method[] = [
  'watch',
  'accepted',
  'opened',
  'closed',
  'refused',
  'received',
  'handling',
  'sent',
  'failed',
  'dropped',
  'publishing',
  'delivered',
  'started',
  'asking',
]

/** Those whose answer is a span. */
const spanning: ReadonlySet<Method> = new Set<Method>(['handling', 'publishing', 'asking'])

/**
 * Several observers as one, which never throws. It has only the methods that somebody wants; undefined when nobody
 * wants any.
 */
export function joinObservers(observers: readonly Observer[], logger: Logger): Observer | undefined {
  const report = createReport(logger)
  const joined: Partial<Record<Method, Call>> = {}
  for (const method of methods) {
    const calls = observers
      .filter((observer) => observer[method] !== undefined)
      .map((observer) =>
        guard((...values) => (observer[method] as Call).apply(observer, [...values]), report),
      )
    if (calls.length > 0)
      joined[method] = spanning.has(method) ? joinSpanning(calls, report) : joinCalls(calls)
  }
  return Object.keys(joined).length === 0 ? undefined : (joined as Observer)
}

type Report = (error: unknown) => void

/** An observer that fails, fails with every message: once is enough to say. */
function createReport(logger: Logger): Report {
  let isReported = false
  return (error) => {
    if (!isReported) logger.error({ error }, 'An observer failed; it is not reported again.')
    isReported = true
  }
}

function guard(call: Call, report: Report): Call {
  return (...values) => {
    try {
      return call(...values)
    } catch (error) {
      report(error)
      return undefined
    }
  }
}

function joinCalls(calls: readonly Call[]): Call {
  if (calls.length === 1) return calls[0] as Call
  return (...values) => {
    for (const call of calls) call(...values)
  }
}

function joinSpanning(calls: readonly Call[], report: Report): Call {
  return (...values) => {
    const spans = calls
      .map((call) => call(...values) as Span | undefined)
      .filter((span) => span !== undefined)
    return spans.length === 0 ? undefined : joinSpans(spans, report)
  }
}

function joinSpans(spans: readonly Span[], report: Report): Span {
  return {
    within: <Result>(run: () => Result) =>
      spans.reduceRight((inner, span) => nest(span, inner, report), run)(),
    ended: (error) => {
      for (const span of spans) guard(() => span.ended(error), report)()
    },
  }
}

/** What is observed happens once, whatever becomes of the span around it. */
function nest<Result>(span: Span, run: () => Result, report: Report): () => Result {
  if (span.within === undefined) return run
  return () => {
    let outcome: { readonly result: Result } | { readonly thrown: unknown } | undefined
    const once = () => {
      outcome = attempt(run)
    }
    guard(() => span.within?.(once), report)()
    outcome ??= attempt(run)
    if ('thrown' in outcome) throw outcome.thrown
    return outcome.result
  }
}

function attempt<Result>(run: () => Result): { readonly result: Result } | { readonly thrown: unknown } {
  try {
    return { result: run() }
  } catch (thrown) {
    return { thrown }
  }
}

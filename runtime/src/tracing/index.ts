import { type TracerProvider, trace } from '@opentelemetry/api'
import type { Observer } from '../core/observer.js'
import { type MessageTraces, TracingObserver } from './tracing-observer.js'

export type { MessageTraces }

export interface TracingOptions {
  /** Default: the one that is registered with the API when something is traced. */
  readonly tracerProvider?: TracerProvider
  /**
   * `children`: messages belong to the trace of their connection. `linked`: each begins a trace of its own that
   * links to the connection, for connections that live long. Default `children`.
   */
  readonly messages?: MessageTraces
}

/**
 * Traces connections, handlers and publications through the API of OpenTelemetry:
 * `createServer(handlers, { observers: [createTracing()] })`. A connection goes on with the trace that the upgrade
 * request names (`traceparent`), and handlers run in the context of their span. Never a payload is recorded.
 */
export function createTracing({ tracerProvider, messages = 'children' }: TracingOptions = {}): Observer {
  const name = '@wirepact/runtime'
  const getTracer = () => tracerProvider?.getTracer(name) ?? trace.getTracer(name)
  return new TracingObserver(getTracer, messages)
}

import {
  type Context,
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  type Tracer,
  trace,
} from '@opentelemetry/api'
import type {
  ObservedConnection,
  ObservedMessage,
  ObservedPublication,
  Observer,
  Span,
} from '../core/observer.js'
import type { Disconnect } from '../types.js'
import { toConnectionAttributes, toMessageAttributes, toPublicationAttributes } from './attributes.js'
import { toObserved } from './traced.js'

/** How messages stand to the connection that they came over: its children, or traces of their own. */
export type MessageTraces = 'children' | 'linked'

const kinds = {
  connect: SpanKind.SERVER,
  refresh: SpanKind.SERVER,
  disconnect: SpanKind.INTERNAL,
  event: SpanKind.CONSUMER,
  request: SpanKind.SERVER,
  stream: SpanKind.SERVER,
} as const

/** Traces what a server does. It knows spans; it does not know where they go. */
export class TracingObserver implements Observer {
  readonly #getTracer: () => Tracer
  readonly #messages: MessageTraces
  /** What is traced for a connection happens in its context. */
  readonly #contexts = new WeakMap<ObservedConnection, Context>()

  constructor(getTracer: () => Tracer, messages: MessageTraces) {
    this.#getTracer = getTracer
    this.#messages = messages
  }

  /** Goes on with the trace of whoever asked for the connection. */
  accepted(connection: ObservedConnection): void {
    const parent = propagation.extract(ROOT_CONTEXT, connection.request.headers)
    const attributes = toConnectionAttributes(connection)
    const options = { kind: SpanKind.SERVER, attributes }
    const span = this.#getTracer().startSpan(`connection ${connection.route}`, options, parent)
    this.#contexts.set(connection, trace.setSpan(parent, span))
  }

  opened(connection: ObservedConnection): void {
    const span = trace.getSpan(this.#contextOf(connection))
    span?.setAttribute('messaging.client.id', connection.id)
    span?.addEvent('open')
  }

  closed(connection: ObservedConnection, { code, wasClean }: Disconnect): void {
    const span = trace.getSpan(this.#contextOf(connection))
    span?.setAttributes({ 'wirepact.close.code': code, 'wirepact.close.clean': wasClean })
    span?.end()
  }

  handling(message: ObservedMessage): Span {
    const parent = this.#contextOf(message.connection)
    const link = trace.getSpanContext(parent)
    const isLinked = this.#messages === 'linked' && link !== undefined
    const options = {
      kind: kinds[message.kind],
      attributes: toMessageAttributes(message),
      ...(isLinked && { root: true, links: [{ context: link }] }),
    }
    const span = this.#getTracer().startSpan(
      `process ${message.connection.route}.${message.name}`,
      options,
      parent,
    )
    return toObserved(span, trace.setSpan(parent, span))
  }

  /** A part of whatever publishes. */
  publishing(publication: ObservedPublication): Span {
    const options = { kind: SpanKind.PRODUCER, attributes: toPublicationAttributes(publication) }
    const span = this.#getTracer().startSpan(`publish ${publication.channel.template}`, options)
    return toObserved(span, trace.setSpan(context.active(), span))
  }

  #contextOf(connection: ObservedConnection): Context {
    return this.#contexts.get(connection) ?? ROOT_CONTEXT
  }
}

import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  type TextMapPropagator,
  trace,
} from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { createTracing, type TracingOptions } from '@wirepact/runtime/tracing'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { startLab, stopLabs } from '../runtime/lab.js'
import { RawClient } from '../support/raw-client.js'

const exporter = new InMemorySpanExporter()
const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
const manager = new AsyncLocalStorageContextManager()

/** The header of W3C Trace Context, read as its specification says. */
const traceparent: TextMapPropagator<Record<string, string>> = {
  inject: () => undefined,
  fields: () => ['traceparent'],
  extract(parent, carrier) {
    const [, traceId, spanId, flags] =
      /^00-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})$/.exec(carrier.traceparent ?? '') ?? []
    if (traceId === undefined || spanId === undefined) return parent
    return trace.setSpanContext(parent, { traceId, spanId, traceFlags: Number(flags), isRemote: true })
  },
}

beforeAll(() => {
  context.setGlobalContextManager(manager.enable())
  propagation.setGlobalPropagator(traceparent)
})
afterEach(async () => {
  await stopLabs()
  exporter.reset()
})
afterAll(() => {
  context.disable()
  propagation.disable()
})

const find = (name: string) => exporter.getFinishedSpans().filter((span) => span.name === name)

function startTraced(replaced: Parameters<typeof startLab>[0] = {}, options: TracingOptions = {}) {
  return startLab(replaced, { observers: [createTracing({ tracerProvider, ...options })] })
}

test('a connection goes on with the trace of its upgrade request, and its messages belong to it', async () => {
  const lab = await startTraced()
  const traceId = '0af7651916cd43dd8448eb211c80319c'
  const client = await RawClient.open(lab.url(), {
    headers: { traceparent: `00-${traceId}-b7ad6b7169203331-01` },
  })
  await client.ask(1, 'add', { a: 1, b: 2 })
  await client.close(4321)
  await vi.waitFor(() => expect(find('connection lab')).toHaveLength(1))
  const [connection] = find('connection lab')
  expect(connection?.kind).toBe(SpanKind.SERVER)
  expect(connection?.spanContext().traceId).toBe(traceId)
  expect(connection?.parentSpanContext?.spanId).toBe('b7ad6b7169203331')
  expect(connection?.attributes).toMatchObject({ 'url.path': '/lab/lobby', 'wirepact.close.code': 4321 })
  expect(connection?.events.map(({ name }) => name)).toEqual(['open'])
  const [message] = find('process lab.add')
  expect(message?.kind).toBe(SpanKind.SERVER)
  expect(message?.parentSpanContext?.spanId).toBe(connection?.spanContext().spanId)
  expect(message?.attributes).toMatchObject({
    'messaging.system': 'wirepact',
    'messaging.operation.type': 'process',
    'messaging.operation.name': 'request',
    'messaging.destination.name': 'lab',
    'wirepact.message': 'add',
  })
})

test('a handler runs in the context of its span, also behind an await, and what it publishes is a part of it', async () => {
  const seen: (string | undefined)[] = []
  const lab = await startTraced({
    async say(ctx, { text }) {
      seen.push(trace.getActiveSpan()?.spanContext().spanId)
      await new Promise((resolve) => setImmediate(resolve))
      seen.push(trace.getActiveSpan()?.spanContext().spanId)
      await ctx.channels.room().publish('said', { text })
    },
  })
  const client = await RawClient.open(lab.url())
  client.send(['event', 'say', { text: 'hi' }])
  await client.next('publication')
  await vi.waitFor(() => expect(find('process lab.say')).toHaveLength(1))
  const [message] = find('process lab.say')
  const [publication] = find('publish room/{roomId}')
  expect(message?.kind).toBe(SpanKind.CONSUMER)
  expect(seen).toEqual([message?.spanContext().spanId, message?.spanContext().spanId])
  expect(publication?.kind).toBe(SpanKind.PRODUCER)
  expect(publication?.parentSpanContext?.spanId).toBe(message?.spanContext().spanId)
  expect(publication?.attributes).toMatchObject({
    'messaging.operation.type': 'send',
    'messaging.destination.name': 'room/lobby',
    'messaging.destination.template': 'room/{roomId}',
  })
})

test('what a handler throws fails its span, and an error that the schema declares does not', async () => {
  const lab = await startTraced()
  const client = await RawClient.open(lab.url())
  client.send(['event', 'fail', null])
  await client.ask(1, 'add', { a: 100, b: 2 })
  const [failed] = find('process lab.fail')
  expect(failed?.status.code).toBe(SpanStatusCode.ERROR)
  expect(failed?.attributes['error.type']).toBe('Error')
  expect(failed?.events.map(({ name }) => name)).toEqual(['exception'])
  const [declared] = find('process lab.add')
  expect(declared?.status.code).toBe(SpanStatusCode.UNSET)
  expect(declared?.attributes['error.type']).toBe('TOO_LARGE')
})

test('messages can be traces of their own that link to their connection', async () => {
  const lab = await startTraced({}, { messages: 'linked' })
  const client = await RawClient.open(lab.url())
  await client.ask(1, 'add', { a: 1, b: 2 })
  await client.ask(2, 'add', { a: 1, b: 2 })
  await client.close()
  await vi.waitFor(() => expect(find('connection lab')).toHaveLength(1))
  const connection = find('connection lab')[0]?.spanContext()
  const messages = find('process lab.add')
  expect(
    new Set([connection, ...messages.map((one) => one.spanContext())].map((one) => one?.traceId)).size,
  ).toBe(3)
  expect(messages.map((one) => one.links[0]?.context.spanId)).toEqual([
    connection?.spanId,
    connection?.spanId,
  ])
})

test('without a registered provider nothing is traced and everything works', async () => {
  const lab = await startLab({}, { observers: [createTracing()] })
  const client = await RawClient.open(lab.url())
  expect(await client.ask(1, 'add', { a: 1, b: 2 })).toEqual({ sum: 3 })
  expect(exporter.getFinishedSpans()).toEqual([])
  expect(trace.getSpan(ROOT_CONTEXT)).toBe(undefined)
})

test('no span holds a payload, nor the query of the upgrade request', async () => {
  const lab = await startTraced()
  const client = await RawClient.open(lab.url('lobby', 'name=marker'))
  client.send(['event', 'say', { text: 'marker' }])
  await client.next('publication')
  await client.ask(1, 'run', { what: 'marker' })
  await client.ask(2, 'run', { what: 1, marker: 'marker' })
  await client.close(1000, 'marker')
  await vi.waitFor(() => expect(find('connection lab')).toHaveLength(1))
  const told = exporter
    .getFinishedSpans()
    .map(({ name, attributes, events }) => ({ name, attributes, events }))
  expect(told.length).toBeGreaterThan(4)
  expect(JSON.stringify(told)).not.toContain('marker')
})

test.each<[string, () => Promise<never>]>([
  ['a text', () => Promise.reject('marker')],
  ['an object that is no text', () => Promise.reject(Object.create(null))],
  ['what quotes what it could not read', async () => JSON.parse('marker') as never],
])('no span holds what was thrown where that is %s, and it ends', async (_what, fail) => {
  const lab = await startTraced({ fail })
  const client = await RawClient.open(lab.url())
  client.send(['event', 'fail', null])
  await client.next('error')
  const [failed] = find('process lab.fail')
  expect(failed?.events.map(({ name }) => name)).toEqual(['exception'])
  expect(JSON.stringify(failed?.events)).not.toContain('marker')
})

import {
  binary,
  channel,
  defineApi,
  event,
  param,
  request,
  route,
  router,
  stream,
  Type,
  text,
} from '@wirepact/schema'
import { expect, test } from 'vitest'
import { compile } from 'wirepact/compiler'

const circular: Record<string, unknown> = { type: 'object' }
circular.properties = { again: circular }

/** What somebody might write where something else is due. */
const strange: readonly unknown[] = [
  ...[null, 0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '', 'x', '/{x*}', true, false, 5n, Symbol('s')],
  ...[[], [null], ['x', 'x'], {}, { a: null }, { a: {} }, { kind: 'event' }, { kind: 'nothing' }, circular],
  ...[
    () => 1,
    class {},
    new Date(0),
    new Map(),
    /x/g,
    Object.create(null),
    Promise.resolve(),
    new Error('e'),
  ],
  ...[event(), request(), binary(), text(), channel({ name: 'c', messages: {} }), route({ path: '/x' })],
  ...[router({ routes: {} }), defineApi({ title: 'T', version: '1', routes: {} }), Type.String(), Type.Any()],
  ...[{ $ref: '#' }, { $ref: 5 }, { $ref: '#/%zz' }, { $id: 5 }, { allOf: [{ $ref: '#' }] }, { $anchor: 5 }],
  ...[{ type: 5 }, { type: 'object', properties: 5 }, { type: 'object', required: 5 }, { enum: 5, items: 5 }],
]

/** An API with one part of each kind, and an option of one of them replaced. */
function build(kind: string, options: Readonly<Record<string, unknown>>): object {
  const given = (name: string, own: Record<string, unknown>) =>
    (kind === name ? { ...own, ...options } : own) as never
  const schema = Type.Object({ id: param.integer() })
  const messages = {
    say: event(given('event', { data: schema })),
    ask: request(given('request', { input: schema, output: text(), errors: { NO: schema } })),
    list: stream(given('stream', { item: binary(given('binary', {})), input: text(given('text', {})) })),
  }
  const sent = { told: event(given('sent', { data: schema })) }
  const room = channel(
    given('channel', { name: 'room/{id}', messages: { said: event(given('published', {})) } }),
  )
  const chat = route(
    given('route', {
      path: '/{id}',
      params: schema,
      clientToServer: messages,
      serverToClient: sent,
      channels: { room },
    }),
  )
  const admin = router(given('router', { prefix: '/a', routes: { chat } }))
  return defineApi(given('api', { title: 'T', version: '1', routes: { admin } }))
}

const docs = ['description', 'deprecated']
const options: Readonly<Record<string, readonly string[]>> = {
  api: ['title', 'version', 'routes', ...docs],
  router: ['prefix', 'params', 'headers', 'cookies', 'auth', 'routes'],
  route: [
    ...['path', 'name', 'params', 'query', 'headers', 'cookies', 'subprotocols', 'state', 'auth', 'wire'],
    ...['discriminator', 'clientToServer', 'serverToClient', 'channels', ...docs],
  ],
  channel: ['name', 'params', 'messages', 'history', 'presence', 'join', 'auth'],
  event: ['data', 'history', 'examples', 'auth', 'rateLimit', 'backpressure', 'key', 'delivery', 'unknown'],
  sent: ['backpressure', 'key', 'delivery'],
  published: ['data', 'history', 'backpressure'],
  request: ['input', 'output', 'errors', 'idempotent'],
  stream: ['item', 'errors', 'rateLimit'],
  binary: ['maxBytes', 'mediaType', 'description'],
  text: ['minLength', 'maxLength', 'pattern', 'description'],
}

async function outcomeOf(api: object): Promise<string> {
  const value = {
    ...{ api: { ...api }, file: '/schema.ts', exports: {}, inputs: [], duplicateKeys: [] },
    trace: () => undefined,
  }
  const compiled = await compile({ ok: true, value })
  if (!compiled.ok) return compiled.diagnostics.map(({ code }) => code).join(' ')
  expect(JSON.parse(JSON.stringify(compiled.api))).toEqual(compiled.api)
  return 'taken'
}

test.each(Object.keys(options))(
  'whatever is given to a part of the kind %s, the answer is plain data or codes',
  async (kind) => {
    expect(await outcomeOf(build(kind, {}))).toBe('taken')
    for (const option of options[kind] ?? []) {
      for (const [index, value] of strange.entries()) {
        const outcome = await outcomeOf(build(kind, { [option]: value }))
        expect(outcome, `${kind}.${option} = strange[${index}]`).toMatch(/^(taken|[A-Z_ ]+)$/)
      }
    }
  },
)

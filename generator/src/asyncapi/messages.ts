import type { ChannelIr, Docs, EventIr, MessageIr, RequestIr, RouteIr, StreamIr } from '../ir.js'
import { messageFacts } from './facts.js'
import { correlationId, declaredError, frames, payloadIn, protocolError, type Schemas } from './frames.js'
import { type Json, schemaRef, toKey } from './json.js'

/** One message of AsyncAPI and the key that it has in its channel. */
export type NamedMessage = readonly [key: string, message: Json]

/** Everything that goes over a route, once for each form that it takes on the wire. */
export function messagesOf(route: RouteIr, schemas: Schemas): readonly NamedMessage[] {
  const both = [...route.clientToServer, ...route.serverToClient]
  const ofRoute = both.flatMap((message) => toMessages(message, route, schemas))
  const ofChannels = route.channels.flatMap((channel) =>
    channel.messages.map((message) => publication(channel, message, schemas)),
  )
  const asks = both.some((message) => message.kind !== 'event')
  return [...ofRoute, ...ofChannels, ...(asks ? [refusal] : [])]
}

/** The keys of the messages that answer a question. */
export function answersOf(message: RequestIr | StreamIr): readonly string[] {
  const answers = message.kind === 'request' ? ['reply'] : ['item', 'end']
  const errors = message.errors.map(({ code }) => `error.${code}`)
  return [...[...answers, ...errors].map((suffix) => `${message.name}.${suffix}`), refusal[0]].map(toKey)
}

const refusal: NamedMessage = [
  'wirepact.error',
  {
    title: 'A refusal by Wirepact itself',
    contentType: 'application/json',
    correlationId,
    payload: frames.error(protocolError),
  },
]

function toMessages(message: MessageIr, route: RouteIr, schemas: Schemas): readonly NamedMessage[] {
  const { name } = message
  if (route.wire === 'bare') return [[toKey(name), bareMessage(message, schemas)]]
  if (message.kind === 'event') {
    const payload = frames.event(name, payloadIn(message.data, schemas))
    return [[toKey(name), asked(message, { payload, of: message.data, schemas })]]
  }
  const ask = message.kind === 'request' ? frames.request : frames.stream
  const payload = ask(name, payloadIn(message.input, schemas))
  const question = { ...asked(message, { payload, of: message.input, schemas }), correlationId }
  return [[toKey(name), question], ...answers(message, schemas)]
}

function answers(message: RequestIr | StreamIr, schemas: Schemas): readonly NamedMessage[] {
  const key = (suffix: string) => toKey(`${message.name}.${suffix}`)
  const answer = (suffix: string, payload: Json, of: string | null): NamedMessage => [
    key(suffix),
    { name: `${message.name}.${suffix}`, ...content({ payload, of, schemas }), correlationId },
  ]
  const errors = message.errors.map(({ code, data }) =>
    answer(`error.${code}`, frames.error(declaredError(code, payloadIn(data, schemas))), data),
  )
  if (message.kind === 'request') {
    return [answer('reply', frames.reply(payloadIn(message.output, schemas)), message.output), ...errors]
  }
  const item = answer('item', frames.item(payloadIn(message.item, schemas)), message.item)
  return [item, answer('end', frames.end(), null), ...errors]
}

function publication(
  channel: ChannelIr,
  message: EventIr & { readonly history: boolean },
  schemas: Schemas,
): NamedMessage {
  const name: Json = { type: 'string', description: `The channel: ${channel.name}` }
  const payload = frames.publication(name, message.name, payloadIn(message.data, schemas))
  const named = { ...message, name: `${channel.key}.${message.name}` }
  return [toKey(named.name), asked(named, { payload, of: message.data, schemas })]
}

/** What goes over the wire, and the schema of what it carries. */
interface Content {
  readonly payload: Json
  readonly of: string | null
  readonly schemas: Schemas
}

function asked(message: MessageIr | (EventIr & { readonly history: boolean }), what: Content): Json {
  return {
    name: message.name,
    ...describe(message),
    ...content(what),
    ...examples(message, what),
    ...messageFacts(message),
  }
}

function describe({ description }: Docs): Json {
  return description === undefined ? {} : { description }
}

function content({ payload, of, schemas }: Content): Json {
  const schema = of === null ? undefined : schemas.get(of)
  if (schema?.content !== 'binary') return { contentType: 'application/json', payload }
  const { mediaType = 'application/octet-stream', maxBytes } = schema
  const bytes = {
    ...(of !== null && { schema: schemaRef(of) }),
    mediaType,
    ...(maxBytes !== undefined && { maxBytes }),
    header: payload,
  }
  // A frame with bytes is binary: the length of the header, the header as JSON, and the bytes.
  return {
    contentType: 'application/octet-stream',
    payload: { type: 'string', format: 'binary' },
    'x-wirepact-binary': bytes,
  }
}

/** The declared examples, in the frame that they go in. */
function examples(message: MessageIr, { payload, of, schemas }: Content): Json {
  if (message.examples === undefined || of === null || schemas.get(of)?.content === 'binary') return {}
  const items = payload.items as readonly Json[]
  const framed = message.examples.map((example) => ({
    payload: items.map((item) => instance(item, example)),
  }))
  return { examples: framed }
}

/** A value for a place in a frame: the constant that stands there, a number for an id, or the example. */
function instance(item: Json, example: unknown): unknown {
  if ('const' in item) return item.const
  if (item.type === 'integer') return 1
  if (Array.isArray(item.type)) return null
  return item.type === 'string' ? 'channel' : example
}

/** On a bare route a message is its payload. */
function bareMessage(message: MessageIr, schemas: Schemas): Json {
  const of = message.kind === 'event' ? message.data : message.input
  const schema = of === null ? undefined : schemas.get(of)
  const types = { binary: schema?.mediaType ?? 'application/octet-stream', text: 'text/plain' }
  const payload = of === null ? { type: 'null' } : schemaRef(of)
  return {
    name: message.name,
    ...describe(message),
    contentType: schema?.content === undefined ? 'application/json' : types[schema.content],
    payload: schema?.content === 'binary' ? { type: 'string', format: 'binary' } : payload,
    ...(schema?.content === undefined &&
      message.examples !== undefined && {
        examples: message.examples.map((example) => ({ payload: example })),
      }),
    ...messageFacts(message),
  }
}

import {
  type ApiIr,
  type Change,
  type ChangeClass,
  type ChannelIr,
  diffApis,
  type EventIr,
  type JsonSchema,
  type RequestIr,
  type RouteIr,
  type SchemaIr,
  type StreamIr,
} from 'wirepact/compiler'

export const wire: ChangeClass = 'wire-breaking'
export const source: ChangeClass = 'source-breaking'
export const fine: ChangeClass = 'compatible'

export function object(
  properties: Record<string, JsonSchema>,
  rest: Record<string, unknown> = {},
): Exclude<JsonSchema, boolean> {
  return { type: 'object', required: Object.keys(properties), properties, ...rest }
}

export function event(more: Partial<EventIr> = {}): EventIr {
  return { kind: 'event', name: 'say', typeName: 'ChatSay', data: null, ...more }
}

export function request(more: Partial<RequestIr> = {}): RequestIr {
  return { kind: 'request', name: 'ask', typeName: 'ChatAsk', input: null, output: null, errors: [], ...more }
}

export function stream(more: Partial<StreamIr> = {}): StreamIr {
  const types = { input: null, item: 'ChatText' }
  return { kind: 'stream', name: 'watch', typeName: 'ChatWatch', ...types, errors: [], ...more }
}

export function room(more: Partial<ChannelIr> = {}): ChannelIr {
  return {
    key: 'room',
    typeName: 'ChatRoom',
    name: 'room/{roomId}',
    params: [{ name: 'roomId', fromRoute: true }],
    join: 'handler',
    messages: [],
    history: null,
    presence: null,
    ...more,
  }
}

export function chat(more: Partial<RouteIr> = {}): RouteIr {
  return {
    name: 'chat',
    typeName: 'Chat',
    path: '/chat/{roomId}',
    params: { schema: 'ChatParams', convert: [{ name: 'roomId', to: 'string', repeated: false }] },
    query: null,
    clientToServer: [],
    serverToClient: [],
    channels: [],
    ...more,
  }
}

const defaults: Readonly<Record<string, JsonSchema>> = {
  ChatParams: object({ roomId: { type: 'string' } }),
  ChatText: object({ text: { type: 'string' } }),
  ChatCount: object({ count: { type: 'integer' } }),
}

/** An API of some routes. Schemas are added to the usual ones, or take their place. */
export function api(
  routes: readonly RouteIr[],
  schemas: Readonly<Record<string, JsonSchema | Omit<SchemaIr, 'name' | 'route'>>> = {},
  more: Partial<ApiIr> = {},
): ApiIr {
  const all = Object.entries({ ...defaults, ...schemas }).map(([name, schema]) => ({
    name,
    route: null,
    ...(typeof schema === 'object' && 'schema' in schema
      ? (schema as Omit<SchemaIr, 'name' | 'route'>)
      : { schema: schema as JsonSchema }),
  }))
  const sorted = all.sort((a, b) => (a.name < b.name ? -1 : 1))
  return { title: 'Chat', version: '1.0.0', contract: '0123456789abcdef', routes, schemas: sorted, ...more }
}

/** The changes of one payload that the clients send (`toServer`) or the server sends (`toClient`). */
export function diffPayload(
  before: JsonSchema,
  after: JsonSchema,
  direction: 'toServer' | 'toClient',
): readonly Change[] {
  const message = event({ data: 'ChatSay' })
  const route = chat(direction === 'toServer' ? { clientToServer: [message] } : { serverToClient: [message] })
  const version = (ChatSay: JsonSchema) => api([route], { ChatSay })
  return diffApis(version(before), version(after))
}

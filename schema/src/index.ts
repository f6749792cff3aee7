// What a schema file is written with.
export { Type } from 'typebox'
export { type ApiDefinition, type ApiOptions, defineApi } from './api.js'
// What tools that read the built values need.
export { type CallSite, SITE } from './call-site.js'
export {
  type ChannelDefinition,
  type ChannelOptions,
  channel,
  type HistoryOptions,
  type LatestOptions,
} from './channel.js'
export type { DocsOptions } from './docs.js'
export { type EventDefinition, type EventOptions, event } from './event.js'
export type { JsonSchemaObject, Schema, Schemas, TypeBoxSchema } from './json-schema.js'
export { type NumberParamOptions, type ParamOptions, param, type TextParamOptions } from './param.js'
export {
  type BinaryDefinition,
  type BinaryOptions,
  binary,
  type Payload,
  type TextDefinition,
  type TextOptions,
  text,
} from './payload.js'
export type { Auth, Backpressure, MessageOptions, QuestionOptions, RateLimit } from './policies.js'
export { type PresenceDefinition, type PresenceOptions, presence } from './presence.js'
export { type RequestDefinition, type RequestOptions, request } from './request.js'
export { type MessageDefinition, type RouteDefinition, type RouteOptions, route } from './route.js'
export { type RouterDefinition, type RouterOptions, type Routes, router } from './router.js'
export { type StreamDefinition, type StreamOptions, stream } from './stream.js'

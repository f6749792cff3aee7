/** What both platforms export beside `createApiClient`. */

// For end users, through what is generated.
export { WirepactError } from '@wirepact/protocol/client'
// For generated code.
export { answers } from './core/answers/answers.js'
export { channels } from './core/channels/channels.js'
export { counts } from './core/channels/counts.js'
export { subscriptions } from './core/channels/subscriptions.js'
export { bare } from './core/codec/bare.js'
export { binary } from './core/codec/binary.js'
// For those who bring their own surroundings.
export type { Signals } from './core/connection/signals.js'
export { acknowledged } from './core/delivery/acknowledged.js'
export { idempotent } from './core/delivery/idempotent.js'
export { refresh } from './core/refresh/refresh.js'
export { streams } from './core/streams/streams.js'
export type { WebSocketConstructor, WebSocketLike } from './core/web-socket.js'
export type { ApiClient } from './create-client.js'
export type * from './definition.js'
export type { ClientOptions, Debug, Environment, ReconnectOptions } from './options.js'
export type * from './types.js'

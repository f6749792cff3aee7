export { WirepactError } from '@wirepact/protocol'
export type { Counters } from './core/counters.js'
export type { Environment, Logger } from './core/environment.js'
export { defaultLimits, type Limits } from './core/limits.js'
export { createLogObserver } from './core/log-observer.js'
export type * from './core/observer.js'
export type { Explanation, Mount } from './core/router.js'
export type * from './definition.js'
export type * from './engine/engine.js'
export { memoryEngine } from './engine/memory.js'
export type { Health, HealthOptions } from './health/health.js'
export type { HealthListener, HealthListenerOptions } from './health/listener.js'
export type { CompressionOptions } from './host/compression.js'
export type { TrustedProxies, TrustProxy } from './host/forwarded.js'
export type { Origins } from './host/handshake.js'
export type { RequestListener, UpgradeListener, UpgradeSource } from './host/ws-host.js'
export type * from './middleware/middleware.js'
export { type CloseRefusal, refuse, type StatusRefusal } from './middleware/refuse.js'
export {
  type ApiServer,
  createApiServer,
  type ListenOptions,
  type ServerArguments,
  type ServerOptions,
} from './server.js'
export type { CloseAllOptions, CloseOptions } from './stopping.js'
export type * from './types.js'

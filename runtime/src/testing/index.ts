export { FakeClock } from './fake-clock.js'
export { type MemoryDirection, MemoryNetwork, type MemoryNetworkOptions } from './memory-network.js'
export type { MemorySocket } from './memory-socket.js'
export {
  type KickOptions,
  TestWorld,
  type WaitOptions,
  type WorldClientOptions,
  type WorldServerOptions,
} from './test-world.js'

export { FakeClock } from './fake-clock.js'
export { type MemoryDirection, MemoryNetwork, type MemoryNetworkOptions } from './memory-network.js'
export type { MemorySocket } from './memory-socket.js'

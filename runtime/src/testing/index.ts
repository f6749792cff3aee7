export { FakeClock } from './fake-clock.js'
export { MemoryNetwork, type MemoryRequest } from './memory-network.js'
export type { MemorySocket } from './memory-socket.js'

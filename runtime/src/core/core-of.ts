import type { Core } from './core.js'

const cores = new WeakMap<object, Core>()

/** Remembers the core of a server, for the test helpers, which stand where the network does. */
export function noteCore(server: object, core: Core): void {
  cores.set(server, core)
}

/** The core of a server. Throws a `TypeError` for anything else. */
export function coreOf(server: object): Core {
  const core = cores.get(server)
  if (core === undefined) throw new TypeError('This is no server that createServer has made.')
  return core
}

import type { ClientOptions } from '@wirepact/client'
import { DeadSocket } from './dead-socket.js'

/** As much of a socket as says whether it is alive. */
interface Alive {
  readonly readyState: number
}

/** A WebSocket whose sockets come from `open`. A client that makes one while it has another is told of. */
export function oneSocket(
  open: (url: string, protocol: string) => Alive,
  wrong: (what: string) => void,
): NonNullable<ClientOptions['WebSocket']> {
  let last: Alive | undefined
  const construct = (_class: unknown, [url, protocol]: [string, string]) => {
    // 2 and 3: it is closing, or closed.
    if (last !== undefined && last.readyState < 2) wrong('has two sockets')
    last = open(url, protocol)
    return last
  }
  return new Proxy(DeadSocket, { construct }) as unknown as NonNullable<ClientOptions['WebSocket']>
}

import { WirepactError } from '@wirepact/protocol'
import type { WebSocketConstructor } from './core/web-socket.js'
import { type ApiClient, createClient } from './create-client.js'
import { toHeaders } from './environment/to-headers.js'
import type { ClientOptions } from './options.js'

export * from './public.js'

/**
 * A client of the API whose schema has the hash `contract`, served at `url`: `http`, `https`, `ws` or `wss`.
 * Generated code calls this. Uses Node's own WebSocket, from Node 22 on, or the package `ws`.
 */
export function createApiClient(contract: string, url: string | URL, options: ClientOptions = {}): ApiClient {
  return createClient(contract, new URL(url), { ...options, platform: { findWebSocket, toHeaders } })
}

async function findWebSocket(): Promise<WebSocketConstructor> {
  if (typeof WebSocket !== 'undefined') return withHeaders(WebSocket)
  try {
    return (await import('ws')).WebSocket
  } catch (cause) {
    const message = 'This Node has no WebSocket of its own: npm install ws'
    throw new WirepactError('UNSUPPORTED_PLATFORM', message, { cause })
  }
}

/** Node's own WebSocket takes headers together with the subprotocols. */
function withHeaders(Native: typeof WebSocket): WebSocketConstructor {
  return class extends Native {
    constructor(url: string, protocols: string[], options?: object) {
      super(url, (options ? { protocols, ...options } : protocols) as string[])
    }
  }
}

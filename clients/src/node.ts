import { WirepactError } from '@wirepact/protocol/client'
import type { WebSocketConstructor } from './core/web-socket.js'
import { type ApiClient, createClient } from './create-client.js'
import { toHeaders } from './environment/to-headers.js'
import type { ClientOptions } from './options.js'
import type { ConnectArguments } from './types.js'

export * from './public.js'

/**
 * A client of the API whose schema has the hash `contract`, served at `url`: `http`, `https`, `ws` or `wss`.
 * Generated code calls this. Uses Node's own WebSocket, from Node 22 on, or the package `ws`.
 */
export function createApiClient(contract: string, url: string | URL, options: ClientOptions = {}): ApiClient {
  const findWebSocket = (args: ConnectArguments) => {
    const headers = toHeaders(args)
    return options.WebSocket ? withHeaders(options.WebSocket, headers) : findOwn(headers)
  }
  return createClient({ contract, base: new URL(url), findWebSocket }, options)
}

type Headers = ReturnType<typeof toHeaders>

async function findOwn(headers: Headers): Promise<WebSocketConstructor> {
  if (typeof WebSocket !== 'undefined') return nativeWithHeaders(WebSocket, headers)
  try {
    return withHeaders((await import('ws')).WebSocket, headers)
  } catch (cause) {
    return class {
      constructor() {
        const message = 'This Node has no WebSocket of its own: npm install ws'
        throw new WirepactError('UNSUPPORTED_PLATFORM', message, { cause })
      }
    } as unknown as WebSocketConstructor
  }
}

/** A class that takes options last, as that of `ws` does. */
function withHeaders(Given: WebSocketConstructor, headers: Headers): WebSocketConstructor {
  if (!headers) return Given
  return class extends Given {
    constructor(url: string, protocols: string[]) {
      super(url, protocols as never, { headers } as never)
    }
  }
}

/** Node's own WebSocket takes headers together with the subprotocols. */
function nativeWithHeaders(Native: typeof WebSocket, headers: Headers): WebSocketConstructor {
  if (!headers) return Native
  return class extends Native {
    constructor(url: string, protocols: string[]) {
      super(url, { protocols, headers } as unknown as string[])
    }
  }
}

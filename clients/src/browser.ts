import { type ApiClient, createClient } from './create-client.js'
import { windowSignals } from './environment/window-signals.js'
import type { ClientOptions } from './options.js'

export * from './public.js'

/**
 * A client of the API whose schema has the hash `contract`, served at `url`: `http`, `https`, `ws` or `wss`, or
 * an address relative to the page. Generated code calls this.
 */
export function createApiClient(contract: string, url: string | URL, options: ClientOptions = {}): ApiClient {
  return createClient(
    {
      contract,
      base: new URL(url, globalThis.location?.href),
      signals: windowSignals(),
      findWebSocket: () => options.WebSocket ?? WebSocket,
    },
    options,
  )
}

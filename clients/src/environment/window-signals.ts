import type { Signals } from '../core/connection/signals.js'

/**
 * What a browser knows: the network is back (`online`), a page is seen again (`visibilitychange`) or comes out of
 * the back-forward cache (`pageshow`). `offline` is nothing to act on: the socket tells by itself what it lost.
 * Undefined where there is no page, as in a worker.
 */
export function windowSignals(): Signals | undefined {
  if (typeof document === 'undefined') return undefined
  return {
    isOffline: () => globalThis.navigator?.onLine === false,
    listen(wake) {
      const stop = new AbortController()
      const listening = { signal: stop.signal }
      const seen = () => document.visibilityState === 'visible' && wake()
      window.addEventListener('online', wake, listening)
      window.addEventListener('pageshow', wake, listening)
      document.addEventListener('visibilitychange', seen, listening)
      return () => stop.abort()
    },
  }
}

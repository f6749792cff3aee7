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
      // Its signal is what makes it the options of a listener, too.
      const stop = new AbortController()
      const seen = () => document.visibilityState === 'visible' && wake()
      window.addEventListener('online', wake, stop)
      window.addEventListener('pageshow', wake, stop)
      document.addEventListener('visibilitychange', seen, stop)
      return () => stop.abort()
    },
  }
}

import type { Signals } from '../core/connection/signals.js'

/**
 * What a browser knows: the network is back (`online`), a page is seen again (`visibilitychange`) or comes out of
 * the back-forward cache (`pageshow`). `offline` says nothing to act on: the socket tells by itself what it lost.
 * Undefined where there is no page, as in a worker.
 */
export function windowSignals(): Signals | undefined {
  if (typeof document === 'undefined') return undefined
  return {
    listen(wake) {
      const seen = () => document.visibilityState === 'visible' && wake()
      const stop = new AbortController()
      const options = { signal: stop.signal }
      window.addEventListener('online', wake, options)
      window.addEventListener('pageshow', wake, options)
      document.addEventListener('visibilitychange', seen, options)
      return () => stop.abort()
    },
  }
}

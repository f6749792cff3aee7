import type { Signals } from '../core/connection/signals.js'

/**
 * What a browser knows: the network is back (`online`), a page is seen again (`visibilitychange`) or comes out of
 * the back-forward cache (`pageshow`). `offline` is nothing to act on: the socket tells by itself what it lost.
 * Undefined where there is no page, as in a worker.
 */
export function windowSignals(): Signals | undefined {
  return (
    globalThis.document && {
      isOffline: () => navigator.onLine === false,
      listen(wake) {
        // Its signal is what makes it the options of a listener, too.
        const stop = new AbortController()
        const look = ({ type }: Event) => (type > 'v' && document.hidden) || wake()
        for (const name of ['online', 'pageshow', 'visibilitychange']) addEventListener(name, look, stop)
        return () => stop.abort()
      },
    }
  )
}
